import CommandLineTool
import JSON
import MockControlPlane
import Testing

/// What a run for many components hands on to people and programs.
@Suite struct ResultsOfManyComponents {
    @Test func `counts a component that was written and then failed as failed alone`() throws {
        let bench = try ComponentsBench { $0.droppedMembers = ["container.env"] }
        try bench.bench.checkout.write("apiVersion: openchoreo.dev/v1alpha1\n", to: "services/b/workload.yaml")
        let folder = try ScratchFolder(["output": "", "summary": ""])
        let run = bench.publish(
            "--strict", "--outputs-dir=\(folder.path)", "--output=json",
            variables: [
                "GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": "\(folder.path)/output",
                "GITHUB_STEP_SUMMARY": "\(folder.path)/summary",
            ])
        #expect(run.code == .invalidData)
        let document = try JSONValue(parsing: run.output)
        let results = document["results"]?.array ?? []
        #expect(results.map { $0["action"]?.string } == ["failed", "created", "failed"])
        #expect(results.map { $0["written"]?.string } == ["created", nil, "created"])
        #expect(results.map { $0["exitCode"]?.text() } == ["65", nil, "65"])
        #expect(["created", "updated", "unchanged", "failed"].map { document[$0] } == [1, 0, 0, 2])
        #expect(run.errors.contains("3 components: 1 created, 2 failed\n"), "\(run.errors)")
        #expect(try JSONValue(parsing: folder.read("results.json") ?? "") == document)
        #expect(folder.read("output") == "results=\(document.text())\n")
        #expect(folder.read("summary")?.contains("| `a-workload` | failed | `default` |\n") == true)
        #expect(folder.read("default/c-workload/action") == "created")
    }

    @Test func `a list of one says why it failed even where its outputs cannot be written`() throws {
        let bench = try ComponentsBench("- {app-path: services/a, image: 'r.example/a:1'}\n")
        bench.controlPlane.always(.createWorkload, .error(403))
        let missing = "\(bench.bench.checkout.path)/missing/file"
        let run = bench.publish(
            "--quiet", variables: ["GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": missing, "GITHUB_STEP_SUMMARY": ""])
        #expect(run.code == .cannotCreate)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("::error::workload/a-workload: POST ") == true, "\(run.errors)")
        #expect(run.lastLine.hasPrefix("::error::cannot write '\(missing)': "))
    }

    @Test func `results name the release and the endpoints of each component that was waited for`() throws {
        let bench = try ComponentsBench {
            $0.permissions = Set(MockControlPlane.Permission.allCases)
            $0.rollout = .healthy
        }
        let folder = try ScratchFolder(["output": ""])
        let run = bench.publish(
            "--wait", "--outputs-dir=\(folder.path)", "--output=json",
            variables: ["GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": "\(folder.path)/output"])
        #expect(run.code == .success, "\(run.errors)")
        let results = try JSONValue(parsing: run.output)["results"]?.array ?? []
        for (result, name) in zip(results, ["a", "b", "c"]) {
            let latest = bench.controlPlane.components["default", name]?["status"]?["latestRelease"]?["name"]
            #expect(latest != nil && result["release"] == latest)
            #expect(result["bindings"] == [.string("\(name)-development")])
            #expect(
                result["endpoints"] == [
                    "api": [.string("http://\(name).dp-default-shop-development.svc.cluster.local:8080")]
                ])
        }
        #expect(folder.read("results.json") == run.output.dropLast().description)
        #expect(folder.read("output") == "results=\(run.output)")
        let text = bench.publish("--wait=released", "--quiet")
        let released = zip(["a", "b", "c"], results).map { name, result in
            "workload/\(name)-workload unchanged\ncomponent/\(name) released \(result["release"]?.string ?? "")\n"
        }
        #expect(text.output == released.joined())
    }

    @Test func `a warning about an image names its component`() throws {
        let bench = try ComponentsBench(
            "- {component: a, image: r.example/a}\n- {component: b, image: 'r.example/b:1'}\n")
        let warning =
            "component a: image: the image has no tag, so it means 'latest' at any time; give it a tag or a digest"
        #expect(bench.publish("--dry-run", "--quiet").errors == "warning: \(warning)\n")
        #expect(bench.publish("--strict").errors.hasPrefix("error: \(warning)\n"))
    }

    @Test func `a dry run that sends nothing calls each component built`() throws {
        let document = try JSONValue(parsing: ComponentsBench().publish("--dry-run", "--output=json").output)
        #expect(document["results"]?.array?.map { $0["action"] } == ["built", "built", "built"])
        #expect(["created", "updated", "unchanged", "failed", "built"].map { document[$0] } == [0, 0, 0, 0, 3])
    }

    @Test func `hands a table and the results of many components to GitHub`() throws {
        let bench = try ComponentsBench()
        let folder = try ScratchFolder(["output": "", "summary": ""])
        bench.controlPlane.script(.createWorkload, [.normal, .error(422)])
        let run = bench.publish(
            "--jobs=1",
            variables: [
                "GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": "\(folder.path)/output",
                "GITHUB_STEP_SUMMARY": "\(folder.path)/summary",
            ])
        #expect(run.code == .invalidData)
        let output = folder.read("output") ?? ""
        #expect(output.hasPrefix("results={") && output.split(separator: "\n").count == 1)
        let results = try JSONValue(parsing: String(output.dropFirst("results=".count)))
        #expect(results["failed"]?.text() == "1")
        #expect(
            folder.read("summary") == """
                | Workload | action | namespace |
                | --- | --- | --- |
                | `a-workload` | created | `default` |
                | `b-workload` | failed | `default` |
                | `c-workload` | created | `default` |


                """)
    }
}
