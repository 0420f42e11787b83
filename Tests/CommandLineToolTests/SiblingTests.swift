import CommandLineTool
import JSON
import MockControlPlane
import Testing

/// One Workload for a component, of the right project: what the API accepts and never releases.
@Suite struct TheWorkloadsOfAComponent {
    private static func workload(project: String = "shop", component: String = "api") -> JSONValue {
        [
            "spec": [
                "owner": ["projectName": .string(project), "componentName": .string(component)],
                "container": ["image": "registry.example.com/shop/api:0.9.0"],
            ]
        ]
    }

    private static let list = MockControlPlane.Route.listWorkloads

    @Test(arguments: [true, false])
    func `are one, or the run ends after its outputs and names both`(isUpdate: Bool) throws {
        let bench = try Bench()
        bench.controlPlane.workloads["default", "api-main"] = Self.workload()
        if isUpdate { bench.controlPlane.workloads["default", "api-workload"] = Self.workload() }
        let run = bench.publish("--outputs-dir", "\(bench.checkout.path)/out")
        let action = isUpdate ? "updated" : "created"
        #expect(run.code == .unavailable)
        #expect(run.output == "")
        #expect(
            run.lastLine
                == "error: component/api: it has 2 Workloads, api-workload and api-main, and OpenChoreo releases neither; "
                + "delete api-main with a client that has the right workload:delete; --workload-name auto (WORKLOAD_NAME) "
                + "then writes the one that is left (workload/api-workload was \(action))")
        #expect(bench.checkout.read("out/action") == action)
    }

    @Test func `are of one project`() throws {
        let bench = try Bench()
        bench.controlPlane.workloads["default", "old"] = Self.workload(project: "store")
        let run = bench.publish()
        #expect(run.code == .invalidData)
        #expect(
            run.lastLine.hasPrefix(
                "error: component/api: workload/old says that it belongs to the project store, and workload/api-workload to "
                    + "shop; check --project (PROJECT_NAME); "), "\(run.lastLine)")
        #expect(run.lastLine.hasSuffix(" (workload/api-workload was created)"))
    }

    @Test func `belong to the project of their component, where that may be read`() throws {
        let bench = try Bench { $0.permissions = Set(MockControlPlane.Permission.allCases) }
        bench.controlPlane.components["default", "api"] = [
            "spec": ["autoDeploy": true, "owner": ["projectName": "store"]]
        ]
        let run = bench.publish()
        #expect(run.code == .invalidData)
        #expect(run.lastLine.hasPrefix("error: component/api: it belongs to the project store, not to shop; "))
    }

    @Test func `of other components, and those that are being deleted, do not matter`() throws {
        let bench = try Bench()
        bench.controlPlane.workloads["default", "web-workload"] = Self.workload(component: "web")
        bench.controlPlane.workloads["default", "leaving"] = Self.workload()
        bench.controlPlane.deleteWorkload("default", "leaving", afterRequests: 9)
        #expect(bench.publish().output == "workload/api-workload created\n")
    }

    @Test func `cost an update no more round trips than a read beside the rest, and a creation one`() throws {
        let bench = try Bench()
        #expect(bench.publish().code == .success)
        #expect(bench.routes == [.token, .createWorkload, .listWorkloads, .getComponent])
        let count = bench.routes.count
        #expect(bench.publish("--image", "registry.example.com/shop/api:2").code == .success)
        #expect(
            Array(bench.routes.dropFirst(count)) == [
                .token, .createWorkload, .getWorkload, .updateWorkload, .listWorkloads,
            ])
    }

    @Test func `are not listed by an update that reads nothing`() throws {
        let bench = try Bench()
        bench.controlPlane.workloads["default", "api-workload"] = Self.workload()
        #expect(bench.publish("--update", "replace").code == .success)
        #expect(bench.routes == [.token, .createWorkload, .updateWorkload])
    }

    @Test(arguments: [403, 404, 405, 501])
    func `are not looked at where the API knows no such list`(status: Int) throws {
        let bench = try Bench()
        bench.controlPlane.always(Self.list, .error(status))
        bench.controlPlane.always(.getComponent, .response(.text(status, "no such page")))
        #expect(bench.publish().output == "workload/api-workload created\n")
    }

    @Test func `are not listed without end`() throws {
        let bench = try Bench()
        let page = MockControlPlane.Response(
            status: 200, headers: [.init("Content-Type", "application/json")],
            body: Array(#"{"items":[],"pagination":{"nextCursor":"more"}}"#.utf8))
        bench.controlPlane.always(Self.list, .response(page))
        #expect(bench.publish().output == "workload/api-workload created\n")
        #expect(bench.controlPlane.requests(Self.list).count == 20)
    }

    @Test func `that cannot be listed for now are a failure that says what was written`() throws {
        let bench = try Bench()
        bench.controlPlane.always(Self.list, .error(503))
        let run = bench.publish("--max-retries", "1")
        #expect(run.code == .temporaryFailure)
        #expect(run.output == "")
        #expect(run.lastLine.hasSuffix(" (workload/api-workload was created)"), "\(run.lastLine)")
    }
}

/// `--workload-name auto`.
@Suite struct TheNameThatIsLookedUp {
    private func bench(
        _ names: [String], _ configure: (inout MockControlPlane.Configuration) -> Void = { _ in }
    ) throws -> Bench {
        let bench = try Bench(configure)
        for name in names {
            bench.controlPlane.workloads["default", name] = [
                "spec": [
                    "owner": ["projectName": "shop", "componentName": "api"],
                    "container": ["image": "registry.example.com/shop/api:0.9.0"],
                ]
            ]
        }
        return bench
    }

    @Test func `is that of the component's Workload`() throws {
        let bench = try bench(["main"])
        #expect(bench.publish("--workload-name", "auto").output == "workload/main updated\n")
        #expect(bench.controlPlane.workloads.paths == ["default/main"])
        #expect(bench.routes.prefix(3) == [.token, .listWorkloads, .createWorkload])
        let diff = bench.publish("--workload-name=auto", "--image=registry.example.com/shop/api:3", "--dry-run=server")
        #expect(diff.output.hasSuffix("\nworkload/main updated (dry run)\n"))
    }

    @Test func `is looked up first in what a dry run shows`() throws {
        let run = try bench([]).publish("--workload-name", "auto", "--dry-run", "--output", "json")
        let requests = try #require(JSONValue(parsing: Array(run.output.utf8))["requests"]?.array)
        #expect(requests.prefix(3).map { $0["method"]?.string } == ["POST", "GET", "POST"])
        #expect(
            requests[1]["url"]?.string?.hasSuffix("/api/v1/namespaces/default/workloads?component=api&limit=100")
                == true)
        #expect(requests[2]["condition"] == "under the name of the component's one Workload, where it has one")
    }

    @Test func `is the usual one where the component has none`() throws {
        let bench = try bench([])
        #expect(bench.publish("--workload-name", "auto").output == "workload/api-workload created\n")
    }

    @Test func `is none where the component has two, and nothing is written`() throws {
        let bench = try bench(["a", "b"])
        let run = bench.publish("--workload-name", "auto")
        #expect(run.code == .unavailable)
        #expect(
            run.lastLine.hasPrefix(
                "error: component/api: it has 2 Workloads, a and b, and OpenChoreo releases neither; "))
        #expect(bench.routes == [.token, .listWorkloads])
    }

    @Test func `needs the right to see them, for an empty list proves nothing`() throws {
        let bench = try bench(["main"]) { $0.permissions.remove(.workloadView) }
        let run = bench.publish("--workload-name", "auto")
        #expect(run.code == .noPermission)
        #expect(run.lastLine.contains("the client lacks the rights workload:view; grant the client a ClusterAuthzRole"))
        #expect(bench.routes == [.token, .listWorkloads, .profile])
    }

    @Test func `is the usual one where nothing is sent`() throws {
        let bench = try bench([])
        let run = bench.publish("--workload-name", "auto", "--dry-run")
        #expect(run.output.hasSuffix("\nworkload/api-workload built (dry run)\n"))
        #expect(bench.routes.isEmpty)
    }
}

/// A dry run against the server refuses what the server would refuse.
@Suite struct DryRunsOfWhatIsRefused {
    @Test func `end with 65 where the component is absent`() throws {
        let bench = try Bench { $0.existingComponents = ["web"] }
        let run = bench.publish("--dry-run=server")
        #expect(run.code == .invalidData)
        #expect(run.output == "")
        #expect(
            run.lastLine
                == "error: GET \(bench.controlPlane.baseURL)/api/v1/namespaces/default/components/api: 404 Not Found: "
                + "Component not found (NOT_FOUND); create the component first, or check --component (COMPONENT_NAME) and "
                + "--namespace (NAMESPACE_NAME)")
    }

    @Test(arguments: [
        (MockControlPlane.Permission.workloadCreate, false), (.workloadUpdate, true),
    ])
    func `end with 77 where a right is missing`(right: MockControlPlane.Permission, exists: Bool) throws {
        let bench = try Bench { $0.permissions.remove(right) }
        if exists { bench.controlPlane.workloads["default", "api-workload"] = FaultBench.oldWorkload }
        let run = bench.publish("--dry-run=server")
        #expect(run.code == .noPermission)
        #expect(run.output == "")
        #expect(run.lastLine.hasPrefix("error: component/api: the client lacks the rights \(right.rawValue); grant "))
        #expect(bench.controlPlane.requests.allSatisfy { $0.method == "GET" || $0.route == .token })
    }

    @Test func `end with 65 where the component is of another project`() throws {
        let bench = try Bench { $0.permissions = Set(MockControlPlane.Permission.allCases) }
        bench.controlPlane.components["default", "api"] = ["spec": ["owner": ["projectName": "store"]]]
        #expect(bench.publish("--dry-run=server").code == .invalidData)
    }

    @Test func `are green where an older API says nothing of it`() throws {
        let bench = try Bench()
        bench.controlPlane.always(.getComponent, .response(.text(404, "404 page not found\n")))
        bench.controlPlane.always(.profile, .response(.text(404, "404 page not found\n")))
        #expect(bench.publish("--dry-run=server").output.hasSuffix("workload/api-workload created (dry run)\n"))
    }
}
