import CommandLineTool
import JSON
import MockControlPlane
import Testing

/// `check`: what is wrong before the first publish.
@Suite struct Checking {
    private func check(_ bench: Bench, _ arguments: String..., variables: [String: String] = [:]) -> ToolRun {
        ToolRun(
            ["check"] + arguments, environment: bench.environment.merging(variables) { _, new in new },
            workingDirectory: bench.checkout.path)
    }

    private func statuses(_ run: ToolRun) -> [String] {
        run.output.split(separator: "\n").map { $0.split(separator: ":").prefix(2).joined(separator: ":") }
    }

    @Test func `says a line each where everything is in order, and writes nothing`() throws {
        let bench = try Bench { $0.now = { 1_764_244_800 } }
        let run = check(bench)
        #expect(run.code == .success, "\(run.errors)")
        #expect(
            run.output == """
                ok: parameters: they are complete and well formed
                ok: descriptor: it is valid
                ok: connection: GET \(bench.controlPlane.baseURL)/health: 200 OK
                ok: token: issuer http://thunder.openchoreo.localhost:8080, subject openchoreo-workload-publisher-client, \
                audience openchoreo-workload-publisher-client, lifetime 3600 s
                ok: rights: workload:create, workload:update, workload:view
                ok: workload: workload/api-workload would be created
                ok: component: component/api is there, and may not be read

                """)
        #expect(bench.controlPlane.requests.allSatisfy { $0.method == "GET" || $0.route == .token })
        #expect(!run.output.contains(try #require(bench.controlPlane.issuedTokens.first)))
    }

    @Test func `looks at the Workload whose name is looked up`() throws {
        let bench = try Bench()
        bench.controlPlane.workloads["default", "main"] = [
            "spec": [
                "owner": ["projectName": "shop", "componentName": "api"],
                "container": ["image": "registry.example.com/shop/api:0.9.0"],
            ]
        ]
        let run = check(bench, "--workload-name=auto")
        #expect(run.code == .success, "\(run.output)")
        #expect(run.output.contains("\nok: workload: workload/main would be updated\n"))
        #expect(check(bench).output.contains("\nerror: workload: component/api: it has 2 Workloads, "))
    }

    @Test func `asks a cluster for the rights that its API takes, and writes nothing`() throws {
        let bench = try Bench()
        let run = check(bench, "--to", "kubernetes", "--run-name", "run-7")
        #expect(run.code == .success, "\(run.output)")
        let lines = run.output.split(separator: "\n")
        #expect(lines[2] == "ok: connection: GET \(bench.controlPlane.baseURL)/version: 200 OK")
        #expect(
            lines[4] == "ok: rights: get workloads.openchoreo.dev, create workloads.openchoreo.dev, "
                + "update workloads.openchoreo.dev, get workflowruns.openchoreo.dev, patch workflowruns.openchoreo.dev")
        #expect(lines[5] == "ok: workload: workload/api-workload would be created")
        #expect(statuses(run).last == "skipped: component")
        #expect(Set(bench.routes) == [.token, .publicPage, .kubernetesReview, .kubernetesGet])

        let lacking = try Bench { $0.kubernetes.denied = ["update workloads", "get workloads"] }
        let refused = check(lacking, variables: ["PUBLISH_TO": "kubernetes"])
        #expect(refused.code == .noPermission)
        #expect(
            refused.output.contains(
                "\nerror: rights: the credential lacks get workloads.openchoreo.dev, update workloads.openchoreo.dev; bind a "
                    + "Role to it that has these, in the namespace default\n"), "\(refused.output)")
    }

    @Test func `refuses a name that is looked up in a cluster, as publish does`() throws {
        let bench = try Bench()
        let arguments = ["--to=kubernetes", "--workload-name=auto"]
        let problem = "--workload-name (WORKLOAD_NAME): auto is for the OpenChoreo API; give the name; see "
        for (command, text) in [("check", "error: parameters: \(problem)"), ("publish", "error: \(problem)")] {
            let run = ToolRun(
                [command] + arguments, environment: bench.environment, workingDirectory: bench.checkout.path)
            #expect(run.code == .usage)
            #expect((run.output + run.errors).contains(text), "\(run.output)\(run.errors)")
        }
        #expect(bench.routes == [])
    }

    @Test func `goes by a kubeconfig as publish does, and says what is wrong with it`() throws {
        let bench = try Bench()
        let run = check(bench, "--to=kubernetes", "--kubeconfig=\(bench.checkout.path)/none")
        #expect(run.code == .noInput)
        #expect(statuses(run) == ["error: parameters"] + statuses(run).dropFirst())
        #expect(statuses(run).dropFirst().allSatisfy { $0.hasPrefix("skipped: ") })
        #expect(bench.routes == [])
    }

    @Test func `sends nothing where a Git tree is written`() throws {
        let bench = try Bench()
        let run = check(bench, "--to=git", "--tree", bench.checkout.path)
        #expect(run.code == .success, "\(run.output)")
        #expect(
            statuses(run) == [
                "ok: parameters", "ok: descriptor", "skipped: connection", "skipped: token", "skipped: rights",
                "ok: workload", "skipped: component",
            ])
        #expect(
            run.output.contains(
                "ok: workload: namespaces/default/projects/shop/components/api/workload.yaml would be created\n"))
        #expect(bench.checkout.names == ["workload.yaml"])
        #expect(bench.routes == [])
    }

    @Test func `refuses what publish refuses beside a tree`() throws {
        let bench = try Bench()
        for (arguments, message) in [
            (["--to=git"], "missing: --tree (PUBLISH_TREE)"),
            (
                ["--to=git", "--tree=/", "--wait"],
                "--wait (WAIT): only the OpenChoreo API says what becomes of a Workload"
            ),
            (
                ["--components=list.yaml"],
                "--components (PUBLISH_COMPONENTS): one component is looked at; name it by --component"
            ),
        ] {
            let run = ToolRun(
                ["check"] + arguments, environment: bench.environment, workingDirectory: bench.checkout.path)
            #expect(run.code == .usage)
            #expect(run.output.contains("error: parameters: ") && run.output.contains(message), "\(run.output)")
        }
        let missing = check(bench, "--to=git", "--tree=\(bench.checkout.path)/none")
        #expect(missing.code == .noInput)
        #expect(statuses(missing)[5] == "error: workload")
        #expect(bench.routes == [])
    }

    @Test func `says that a descriptor has warnings`() throws {
        let bench = try Bench(descriptor: "kind: Workload\n" + Bench.descriptor)
        let run = check(bench)
        #expect(run.code == .success)
        #expect(
            run.output.contains("warning: descriptor: it is valid, with 1 warning; look at what standard error says\n"))
    }

    @Test func `says as JSON what it found`() throws {
        let bench = try Bench { $0.permissions.remove(.workloadUpdate) }
        let run = check(bench, "--output", "json")
        let report = try JSONValue(parsing: run.output)
        #expect(run.code == .noPermission)
        #expect(report["errors"] == 1)
        #expect(report["warnings"] == 0)
        #expect(
            report["checks"]?.array?.map { $0["check"] } == [
                "parameters", "descriptor", "connection", "token", "rights", "workload", "component",
            ])
        let rights = report["checks"]?.array?[4]
        #expect(rights?["status"] == "error")
        #expect(rights?["message"] == "the client lacks workload:update")
        #expect(
            rights?["hint"]?.string
                == "grant the client a ClusterAuthzRole with actions: [workload:update] by a ClusterAuthzRoleBinding with "
                + "entitlement: {claim: sub, value: openchoreo-workload-publisher-client}, roleMappings: [{roleRef: {kind: "
                + "ClusterAuthzRole, name: NAME}, scope: {namespace: default, project: shop}}], effect: allow")
    }

    @Test func `looks up the rights that this very command line needs`() throws {
        let bench = try Bench()
        let run = check(bench, "--run-name", "run-7", "--wait")
        #expect(run.code == .noPermission)
        #expect(
            run.output.contains(
                "error: rights: the client lacks component:view, componentrelease:view, releasebinding:view; grant "))
        let replacing = try Bench { $0.permissions = [.workloadCreate, .workloadUpdate] }
        let unread = check(replacing, "--update", "replace")
        #expect(unread.code == .success)
        #expect(unread.output.contains("\nwarning: workload: workload/api-workload may not be read\n"))
        #expect(
            check(bench, "--update", "replace").output.contains(
                "\nok: workload: workload/api-workload would be created\n"))
    }

    @Test func `warns where an update could not read what it merges with`() throws {
        let bench = try Bench { $0.permissions.remove(.workloadView) }
        let run = check(bench)
        #expect(run.code == .success)
        #expect(run.output.contains("warning: rights: the client lacks workload:view, so that an update replaces"))
        #expect(check(bench, "--strict").code == .noPermission)
    }

    @Test func `skips what hangs on the parameters`() throws {
        let bench = try Bench()
        let run = check(bench, variables: ["API_URL": "", "NAMESPACE_NAME": "Default"])
        #expect(run.code == .usage)
        #expect(run.output.hasPrefix("error: parameters: --namespace (NAMESPACE_NAME): "))
        #expect(run.output.contains("missing: --api-server-url (API_URL)"))
        #expect(
            statuses(run).dropFirst() == [
                "skipped: descriptor", "skipped: connection", "skipped: token", "skipped: rights", "skipped: workload",
                "skipped: component",
            ])
        #expect(bench.controlPlane.requests.isEmpty)
    }

    @Test func `goes on behind an invalid descriptor`() throws {
        let bench = try Bench(descriptor: "apiVersion: openchoreo.dev/v1alpha1\nmetadata: {name: shop}\nendpoints: 7\n")
        let run = check(bench)
        #expect(run.code == .invalidData)
        #expect(
            statuses(run) == [
                "ok: parameters", "error: descriptor", "ok: connection", "ok: token", "ok: rights", "skipped: workload",
                "ok: component",
            ])
    }

    @Test func `says that a server is not there, and asks for a token all the same`() throws {
        let bench = try Bench()
        let gone = try MockControlPlane.started()
        gone.stop()
        let run = check(bench, variables: ["API_URL": gone.baseURL])
        #expect(run.code == .temporaryFailure)
        #expect(
            statuses(run) == [
                "ok: parameters", "ok: descriptor", "error: connection", "ok: token", "skipped: rights",
                "skipped: workload", "skipped: component",
            ])
    }

    @Test func `says that the OAuth server refuses the client`() throws {
        let bench = try Bench()
        let run = check(bench, variables: ["CLIENT_SECRET": "wrong-secret"])
        #expect(run.code == .noPermission)
        #expect(
            run.output.contains(
                "error: token: POST \(bench.controlPlane.tokenURL): 401 Unauthorized: invalid_client: Invalid client "
                    + "credentials; the OAuth server does not know the client or its secret is wrong, so check "))
        #expect(!run.output.contains("wrong-secret"))
    }

    @Test func `says that the API does not take the token`() throws {
        let bench = try Bench { $0.tokenUses = 0 }
        let run = check(bench)
        #expect(run.code == .noPermission)
        #expect(statuses(run).contains("error: rights"))
    }

    @Test func `names a component that is absent`() throws {
        let bench = try Bench { $0.existingComponents = ["web"] }
        let run = check(bench)
        #expect(run.code == .invalidData)
        #expect(
            run.output.contains(
                "/components/api: 404 Not Found: Component not found (NOT_FOUND); create the component "))
    }

    @Test func `names a second Workload and another project`() throws {
        let bench = try Bench { $0.permissions = Set(MockControlPlane.Permission.allCases) }
        bench.controlPlane.workloads["default", "other"] = FaultBench.oldWorkload
        bench.controlPlane.components["default", "api"] = ["spec": ["owner": ["projectName": "store"]]]
        let run = check(bench)
        #expect(run.code == .unavailable)
        #expect(run.output.contains("error: workload: component/api: it has 2 Workloads, api-workload and other, and "))
        #expect(
            run.output.contains("error: component: component/api: it belongs to the project store, not to shop; check ")
        )
    }

    @Test func `is content with an older API that says less`() throws {
        let bench = try Bench()
        for route in [MockControlPlane.Route.profile, .getComponent, .listWorkloads, .publicPage] {
            bench.controlPlane.always(route, .response(.text(404, "404 page not found\n")))
        }
        let run = check(bench)
        #expect(run.code == .success, "\(run.output)")
        #expect(
            statuses(run) == [
                "ok: parameters", "ok: descriptor", "warning: connection", "ok: token", "warning: rights",
                "ok: workload",
                "warning: component",
            ])
    }
}
