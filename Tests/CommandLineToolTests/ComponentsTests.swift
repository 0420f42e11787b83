import CommandLineTool
import Foundation
import JSON
import MockControlPlane
import Synchronization
import Testing

/// A control plane, and a checkout with three components and their list.
struct ComponentsBench {
    let bench: Bench
    let runs = ["run-a", "run-b", "run-c"]

    static let list = """
        - app-path: services/a
          image: r.example/a:1
        - {app-path: ./services/b/, image: "r.example/b:1", label: [team=b, tier=back]}
        - app-path: services/c
          image: r.example/c:1

        """

    init(_ list: String = ComponentsBench.list, _ configure: (inout MockControlPlane.Configuration) -> Void = { _ in })
        throws
    {
        bench = try Bench(descriptor: nil, configure)
        for name in ["a", "b", "c"] { try bench.checkout.write(Bench.descriptor, to: "services/\(name)/workload.yaml") }
        try bench.checkout.write(list, to: "list.yaml")
    }

    var controlPlane: MockControlPlane { bench.controlPlane }

    func publish(_ arguments: String..., variables: [String: String] = [:], isTerminal: Bool = false) -> ToolRun {
        var environment = bench.environment.merging(variables) { _, new in new }
        for variable in ["IMAGE", "COMPONENT_NAME"] where variables[variable] == nil { environment[variable] = nil }
        return ToolRun(
            ["publish", "--components", "\(bench.checkout.path)/list.yaml"] + arguments, environment: environment,
            workingDirectory: bench.checkout.path, isTerminal: isTerminal)
    }

    /// The image of a Workload as the server holds it.
    func image(_ name: String) -> String? {
        controlPlane.workloads["default", name]?["spec"]?["container"]?["image"]?.string
    }
}

@Suite struct PublishingManyComponents {
    @Test(arguments: ["1", "2", "8", "64"])
    func `publishes many components with one token, in the list's order`(jobs: String) throws {
        let bench = try ComponentsBench()
        let run = bench.publish("--jobs", jobs, "--outputs-dir", "\(bench.bench.checkout.path)/out", "--quiet")
        #expect((run.code, run.errors) == (.success, ""))
        #expect(run.output == "workload/a-workload created\nworkload/b-workload created\nworkload/c-workload created\n")
        #expect(bench.controlPlane.requests(.token).count == 1)
        #expect(
            ["a", "b", "c"].map { bench.image("\($0)-workload") } == [
                "r.example/a:1", "r.example/b:1", "r.example/c:1",
            ])
        let labels = bench.controlPlane.workloads["default", "b-workload"]?["metadata"]?["labels"]
        #expect(labels == ["team": "b", "tier": "back"])
        let names = bench.bench.checkout.names.filter { $0.hasPrefix("out/default/b") }
        #expect(
            names.dropFirst()
                == ["action", "workload-name", "workload.json"].map { "out/default/b-workload/\($0)" }[...])
        let results = try JSONValue(parsing: bench.bench.checkout.read("out/results.json") ?? "")
        #expect(results["results"]?.array?.map { $0["component"]?.string } == ["a", "b", "c"])
        #expect(results["created"]?.text() == "3")
        let again = bench.publish("--quiet")
        #expect(
            again.output
                == "workload/a-workload unchanged\nworkload/b-workload unchanged\nworkload/c-workload unchanged\n")
    }

    @Test func `names the component that has no descriptor`() throws {
        let bench = try ComponentsBench()
        try FileManager.default.removeItem(atPath: "\(bench.bench.checkout.path)/services/b/workload.yaml")
        let run = bench.publish("--source-dir", ".", "--dry-run")
        #expect(run.code == .success)
        #expect(
            run.errors
                == "component b: there is no 'services/b/workload.yaml': the Workload is made of the image alone\n")
    }

    @Test func `says in one document what became of each of many components`() throws {
        let bench = try ComponentsBench()
        bench.controlPlane.script(.createWorkload, [.normal, .error(403)])
        let run = bench.publish("--output=json", "--jobs=1")
        #expect(run.code == .noPermission)
        let document = try JSONValue(parsing: run.output)
        let results = document["results"]?.array ?? []
        #expect(results.map { $0["action"]?.string } == ["created", "failed", "created"])
        #expect(results.map { $0["name"]?.string } == ["a-workload", "b-workload", "c-workload"])
        #expect(results.map { $0["exitCode"]?.text() } == [nil, "77", nil])
        let error = results[1]["error"]?.string ?? ""
        #expect(error.contains(" 403 Forbidden") && error.contains("workload:create"))
        #expect(["created", "updated", "unchanged", "failed"].map { document[$0]?.text() } == ["2", "0", "0", "1"])
        // Each failure when it happens, and again in the last line.
        #expect(run.errors.contains("error: workload/b-workload: \(error)\n"))
        #expect(run.lastLine == "error: 1 of 3 components failed: workload/b-workload: \(error)")
    }

    @Test(arguments: [
        ([503, 503, 503], ExitCode.temporaryFailure), ([503, 403, 422], .noPermission),
        ([422, 503, 403], .invalidData),
    ])
    func `ends with the code of the first failure that does not pass`(statuses: [Int], code: ExitCode) throws {
        let bench = try ComponentsBench()
        bench.controlPlane.script(.createWorkload, statuses.map { .error($0) })
        let run = bench.publish("--jobs=1", "--max-retries=0")
        #expect((run.code, run.output) == (code, ""))
        #expect(
            run.lastLine.hasPrefix("error: 3 of 3 components failed: "), "\(run.lastLine)")
    }

    @Test func `says a failure of the token once for many components`() throws {
        let bench = try ComponentsBench()
        bench.controlPlane.always(.token, .error(401))
        let run = bench.publish()
        #expect((run.code, run.output) == (.noPermission, ""))
        #expect(run.errors.hasPrefix("3 components: 3 failed\nerror: 3 of 3 components failed: POST "), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 2)
        #expect(bench.controlPlane.requests.map(\.route) == [.token])
    }

    @Test func `renews the token once for all components that wait for it`() throws {
        let bench = try ComponentsBench(
            (1...20).map { "- {component: c\($0), image: 'r.example/c:1'}\n" }.joined())
        let seen = Mutex(0)
        bench.controlPlane.onRequest { [weak controlPlane = bench.controlPlane] request in
            guard request.route == .createWorkload else { return }
            if seen.withLock({ count in
                count += 1
                return count
            }) == 8 {
                controlPlane?.revokeTokens()
            }
        }
        let run = bench.publish("--jobs=8", "--quiet")
        #expect((run.code, run.errors) == (.success, ""))
        #expect(run.output.split(separator: "\n").count == 20)
        #expect(bench.controlPlane.requests(.token).count == 2)
    }

    @Test(arguments: [
        ("", "1:1: here should be a list of components; begin each with '- component: NAME'"),
        ("[]", "1:1: here should be a list of components; begin each with '- component: NAME'"),
        ("{}", "1:1: here should be a list of components; begin each with '- component: NAME'"),
        ("- a\n", "1:3: an entry is a mapping; write it like 'component: NAME'"),
        ("- {component: a, image: i, imgae: j}\n", "1:28: unknown key 'imgae'; did you mean 'image'?"),
        ("- {component: a, image: [i]}\n", "1:25: image is a text"),
        ("- {component: a, image: i, label: {a: b}}\n", "1:35: label is a text K=V or a list of them"),
        ("- component: a\n  image: 'not an image'\n", "2:3: image: "),
        (
            "- component: a\n",
            "1:3: missing: --image (IMAGE) or --image-file (IMAGE_FILE); write it here, or give it for all"
        ),
        ("- image: r.example/a\n", "1:3: missing: --component (COMPONENT_NAME); write it here, or give it for all"),
        (
            "- {component: a, image: i, update: all}\n",
            "1:36: update: unknown value 'all'; write merge, replace or image"
        ),
        (
            "- component: a\n  image: i\n- component: a\n  image: j\n",
            "3:3: workload/a-workload in default is the Workload of line 1 as well; name another one"
        ),
        (
            "- {component: a, image: i, workload-name: x}\n- {component: a, image: j, workload-name: y}\n",
            "2:3: component shop/a in default is that of line 1 as well, and a component has one Workload; leave out one"
        ),
        (
            "- {component: a, image: i, run-name: r}\n- {component: b, image: i, run-name: r}\n",
            "2:28: workflowrun/r is annotated by line 1 as well; leave out one"
        ),
        ("- {component: a, image: 'r.example/a:1', app-path: none}\n", "1:3: component a: app-path: 'none' "),
        ("- {component: a, image: i\n", "2:1: "),
    ])
    func `names what is wrong with a list of components at its line, and sends nothing`(list: String, problem: String)
        throws
    {
        let bench = try ComponentsBench(list)
        let run = bench.publish()
        #expect((run.code, run.output) == (.invalidData, ""))
        #expect(run.errors.hasPrefix("error: \(bench.bench.checkout.path)/list.yaml:\(problem)"), "\(run.errors)")
        #expect(run.lastLine.hasSuffix("fix what is named above and run this again (nothing was sent)"))
        #expect(bench.controlPlane.requests.isEmpty)
    }

    @Test func `reports every problem of all components before anything is sent`() throws {
        let bench = try ComponentsBench(ComponentsBench.list + "- {component: d, color: red, image: i}\n")
        try bench.bench.checkout.write("endpoints: 1\n", to: "services/a/workload.yaml")
        try bench.bench.checkout.write("endpoints: {\n", to: "services/b/workload.yaml")
        let run = bench.publish()
        #expect(run.code == .invalidData)
        #expect(run.errors.contains("list.yaml:6:18: unknown key 'color'"))
        #expect(run.errors.contains("list.yaml:1:3: component a: "))
        #expect(run.errors.contains("list.yaml:3:3: component b: "))
        #expect(run.lastLine.contains("list.yaml: 3 errors in 4 components; "))
        #expect(bench.controlPlane.requests.isEmpty)
    }

    @Test(arguments: [
        ["--component=x"], ["--workload-name=x"], ["--app-path=x"], ["--descriptor=x"], ["--image-file=x"],
        ["--image-digest-file=x"], ["--run-name=x"],
    ])
    func `takes no parameter of one component beside a list`(arguments: [String]) throws {
        let bench = try ComponentsBench()
        let run = ToolRun(
            ["publish", "--components=\(bench.bench.checkout.path)/list.yaml"] + arguments,
            environment: bench.bench.environment.filter { $0.key != "COMPONENT_NAME" && $0.key != "IMAGE" },
            workingDirectory: bench.bench.checkout.path)
        #expect((run.code, run.output) == (.usage, ""))
        #expect(run.lastLine.contains("; write it in the list of --components (PUBLISH_COMPONENTS)"), "\(run.errors)")
        #expect(bench.controlPlane.requests.isEmpty)
    }

    @Test func `takes what holds for all components from flags, and lets an entry win`() throws {
        let bench = try ComponentsBench(
            "- component: a\n- {component: b, image: 'r.example/own:2', project: other, label: team=b}\n")
        let run = bench.publish(
            "--image=r.example/all:1", "--label=team=all", "--label=x=y", "--dry-run", "--output=json")
        #expect(run.code == .success, "\(run.errors)")
        let results = try JSONValue(parsing: run.output)["results"]?.array ?? []
        let bodies = results.map {
            $0["requests"]?.array?.first { $0["method"]?.string == "POST" && $0["body"]?.object != nil }?["body"]
        }
        #expect(bodies.map { $0?["spec"]?["container"]?["image"]?.string } == ["r.example/all:1", "r.example/own:2"])
        #expect(bodies.map { $0?["spec"]?["owner"]?["projectName"]?.string } == ["shop", "other"])
        #expect(bodies.map { $0?["metadata"]?["labels"] } == [["team": "all", "x": "y"], ["team": "b", "x": "y"]])
        #expect(bench.controlPlane.requests.isEmpty)
    }

    @Test func `says of each of many components that it was built, where nothing is sent`() throws {
        let run = try ComponentsBench().publish("--dry-run", "--output=json", "--quiet")
        #expect(run.code == .success)
        let document = try JSONValue(parsing: Array(run.output.utf8))
        #expect(document["results"]?.array?.map { $0["action"] } == ["built", "built", "built"])
        #expect(document["failed"] == 0)
        #expect(document["results"]?.array?.allSatisfy { $0["requests"]?.array?.isEmpty == false } == true)
    }

    @Test func `shows each of many components under a heading in a dry run`() throws {
        let bench = try ComponentsBench()
        _ = bench.publish("--quiet")
        let before = bench.controlPlane.requests.count
        try bench.bench.checkout.write(ComponentsBench.list.replacing("a:1", with: "a:2"), to: "list.yaml")
        let run = bench.publish("--dry-run=server", "--jobs=1", "--quiet")
        #expect((run.code, run.errors) == (.success, ""))
        #expect(run.output.hasPrefix("# workload/a-workload in default\n--- workload/a-workload on the server\n"))
        #expect(run.output.contains("\n# workload/b-workload in default\nworkload/b-workload unchanged (dry run)\n"))
        #expect(
            bench.controlPlane.requests.dropFirst(before).map(\.route).filter { $0 != .profile } == [
                .token, .getWorkload, .getWorkload, .getWorkload,
            ])
    }

    @Test func `writes many components into one tree, also where one file holds several`() throws {
        let bench = try ComponentsBench()
        let tree = try ScratchFolder()
        func workload(_ name: String) -> String {
            """
            apiVersion: openchoreo.dev/v1alpha1
            kind: Workload
            metadata: {name: \(name)-workload, namespace: default} # \(name)'s
            spec:
              owner: {projectName: shop, componentName: \(name)}
              container: {image: "r.example/\(name):0"}

            """
        }
        try tree.write(workload("a") + "---\n" + workload("b"), to: "both.yaml")
        let arguments = [
            "publish", "--components=\(bench.bench.checkout.path)/list.yaml", "--to=git", "--tree=\(tree.path)",
        ]
        func publish(_ more: String...) -> ToolRun {
            ToolRun(
                arguments + more,
                environment: [
                    "NAMESPACE_NAME": "default", "PROJECT_NAME": "shop", "SOURCE_DIR": bench.bench.checkout.path,
                ], workingDirectory: bench.bench.checkout.path)
        }
        let preview = publish("--dry-run", "--quiet")
        #expect(preview.code == .success, "\(preview.errors)")
        #expect(
            preview.output.contains("+  container: {image: \"r.example/a:1\"")
                || preview.output.contains("r.example/a:1"))
        #expect(tree.names == ["both.yaml"])
        let run = publish("--outputs-dir=\(bench.bench.checkout.path)/out", "--quiet")
        #expect(run.code == .success, "\(run.errors)")
        let place = "namespaces/default/projects/shop/components/c/workload.yaml"
        #expect(run.output == "both.yaml updated\nboth.yaml updated\n\(place) created\n")
        let both = tree.read("both.yaml") ?? ""
        for text in ["r.example/a:1", "r.example/b:1", "# a's", "# b's"] { #expect(both.contains(text), "\(both)") }
        #expect(tree.read(place)?.contains("r.example/c:1") == true)
        #expect(bench.bench.checkout.read("out/default/c-workload/path") == place)
        let again = publish("--output=json")
        #expect(try JSONValue(parsing: again.output)["unchanged"]?.text() == "3")
        try bench.bench.checkout.write("- {component: a, image: i, run-name: r}\n", to: "list.yaml")
        let annotating = publish()
        #expect(annotating.code == .invalidData)
        #expect(
            annotating.errors.contains(
                "list.yaml:1:28: run-name: a WorkflowRun is annotated over an API, and a tree holds none; leave it out\n"
            ))
    }

    @Test(arguments: [[], ["--dry-run"], ["--dry-run=server"]])
    func `refuses two that would be one new file, in a dry run as well`(arguments: [String]) throws {
        let bench = try ComponentsBench()
        let component = "apiVersion: openchoreo.dev/v1alpha1\nkind: Component\nmetadata: {name: NAME}\n"
        let components = ["a", "b"].map { component.replacing("NAME", with: $0) }.joined(separator: "---\n")
        let tree = try ScratchFolder(["k/components.yaml": components])
        let source = bench.bench.checkout.path
        let run = ToolRun(
            ["publish", "--components=\(source)/list.yaml", "--to=git", "--tree=\(tree.path)"] + arguments,
            environment: ["NAMESPACE_NAME": "default", "PROJECT_NAME": "shop", "SOURCE_DIR": source],
            workingDirectory: source)
        #expect(run.code == .invalidData)
        #expect(
            run.lastLine == "error: 1 of 3 components failed: workload/b-workload: k/workload.yaml: something else "
                + "stands in the place for the new object; name one file or folder by --tree-path (PUBLISH_TREE_PATH)")
        #expect(run.output.contains("k/workload.yaml created"))
    }

    @Test func `shows how far it has come on a terminal alone`() throws {
        let bench = try ComponentsBench()
        let run = bench.publish("--jobs=1", isTerminal: true)
        #expect(run.errors.hasPrefix("\r\u{1B}[K0 of 3 components"))
        #expect(run.errors.contains("\r\u{1B}[K2 of 3 components"))
        #expect(run.errors.hasSuffix("\r\u{1B}[K3 components: 3 created\n"), "\(run.errors.debugDescription)")
        let other = bench.publish("--jobs=1")
        #expect(!other.errors.contains("\u{1B}"))
    }

    @Test(arguments: ["0", "65", "many", "-1"])
    func `takes 1 to 64 jobs`(jobs: String) throws {
        let run = try ComponentsBench().publish("--jobs=\(jobs)")
        #expect(run.code == .usage)
        #expect(run.lastLine.hasPrefix("error: --jobs (PUBLISH_JOBS): '\(jobs)' is not a number from 1 to 64"))
    }
}

@Suite struct FaultsAmongManyComponents {
    private static let routes: [MockControlPlane.Route] = [
        .createWorkload, .getWorkload, .updateWorkload, .getWorkflowRun, .updateWorkflowRun,
    ]

    /// A refused token is renewed where it was good before, which one alone does not see.
    private static let faults = Fault.all.filter { $0.reachesServer && $0.status != 401 }

    private func bench() throws -> ComponentsBench {
        let list = ["a", "b", "c"].map { "- {component: \($0), image: 'r.example/\($0):2', run-name: run-\($0)}\n" }
            .joined()
        let bench = try ComponentsBench(list)
        for name in ["a", "b", "c"] {
            bench.controlPlane.workflowRuns["default", "run-\(name)"] = ["spec": ["workflow": ["name": "docker"]]]
            bench.controlPlane.workloads["default", "\(name)-workload"] = [
                "metadata": ["labels": ["team": "x"]],
                "spec": [
                    "owner": ["projectName": "shop", "componentName": .string(name)],
                    "container": ["image": .string("r.example/\(name):1")],
                ],
            ]
        }
        return bench
    }

    @Test(arguments: faults, routes)
    func `a fault of one component is its own, and the next run puts it right`(
        fault: Fault, route: MockControlPlane.Route
    ) throws {
        guard case .server(let injected) = fault.injection else { return }
        let bench = try bench()
        bench.controlPlane.script(route, [.normal, injected])
        let arguments = ["--max-retries=0"] + (fault.isSlow ? ["--request-timeout=250ms"] : [])
        let run = bench.publish("--jobs=1", "--output=json", arguments[0], arguments.last ?? "")
        let results = try JSONValue(parsing: run.output)["results"]?.array ?? []
        #expect(results.map { $0["exitCode"]?.text() }.enumerated().allSatisfy { $0.offset == 1 || $0.element == nil })
        #expect(results[0]["action"]?.string == "updated" && results[2]["action"]?.string == "updated")
        #expect(bench.image("a-workload") == "r.example/a:2" && bench.image("c-workload") == "r.example/c:2")
        let code = results[1]["exitCode"]?.text() ?? "0"
        #expect("\(run.code.rawValue)" == code)
        // Alone it would have ended with the same code.
        let alone = try self.bench()
        alone.controlPlane.script(route, [injected])
        let single = ToolRun(
            ["publish", "--image=r.example/b:2", "--component=b", "--run-name=run-b"] + arguments,
            environment: alone.bench.environment, workingDirectory: "/")
        #expect("\(single.code.rawValue)" == code, "\(single.lastLine)")

        let again = bench.publish("--jobs=1", "--quiet")
        #expect((again.code, again.errors) == (.success, ""))
        #expect(bench.image("b-workload") == "r.example/b:2")
        let annotated = bench.controlPlane.workflowRuns["default", "run-b"]?["metadata"]?["annotations"]
        #expect(annotated?["openchoreo.dev/workload-from-source"]?.string == "false")
    }
}
