import CommandLineTool
import JSON
import MockControlPlane
import Synchronization
import Testing

/// Waiting until what was published is live.
@Suite struct Waiting {
    private typealias Step = MockControlPlane.RolloutStep
    private typealias Route = MockControlPlane.Route

    private func bench(
        _ rollout: [MockControlPlane.RolloutStep] = .healthy,
        _ configure: (inout MockControlPlane.Configuration) -> Void = { _ in }
    ) throws -> Bench {
        try Bench { configuration in
            configuration.permissions = Set(MockControlPlane.Permission.allCases)
            configuration.rollout = rollout
            configure(&configuration)
        }
    }

    private func latest(_ bench: Bench) throws -> String {
        let component = bench.controlPlane.components["default", "api"]
        return try #require(component?["status"]?["latestRelease"]?["name"]?.string)
    }

    @Test(arguments: ["--wait", "--wait=ready", "--wait=true"])
    func `a run that waits ends when the release is ready wherever it is bound`(flag: String) throws {
        let bench = try bench()
        let run = bench.publish(flag)
        let release = try latest(bench)
        #expect(run.code == .success, "\(run.errors)")
        #expect(
            run.output == """
                workload/api-workload created
                component/api released \(release)
                releasebinding/api-development ready
                endpoint/api http://api.dp-default-shop-development.svc.cluster.local:8080

                """)
    }

    @Test(arguments: ["", "{}", "[]", #"{"metadata":{"name":"api-workload"}}"#])
    func `a run waits as well where the response to the write does not say what was written`(body: String) throws {
        let bench = try bench()
        bench.controlPlane.always(
            .createWorkload, .workThenResponse(.init(status: 201, body: Array(body.utf8))))
        let run = bench.publish("--wait=released")
        #expect(
            run.output == "workload/api-workload created\ncomponent/api released \(try latest(bench))\n",
            "\(run.errors)")
    }

    @Test func `a run that waits for the release alone reads no binding`() throws {
        let bench = try bench()
        let run = bench.publish("--wait=released")
        #expect(
            run.output == "workload/api-workload created\ncomponent/api released \(try latest(bench))\n")
        #expect(bench.controlPlane.requests(.listReleaseBindings).isEmpty)
    }

    @Test func `a run that updates is not deceived by what was ready before`() throws {
        let clock = Mutex(1_764_244_800)
        let bench = try bench { $0.now = { clock.withLock { $0 } } }
        #expect(bench.publish("--wait").code == .success)
        let first = try latest(bench)
        clock.withLock { $0 += 100 }
        let run = bench.publish("--wait", "--image", "registry.example.com/shop/api:2.0.0")
        #expect(run.code == .success, "\(run.errors)")
        let second = try latest(bench)
        #expect(first != second)
        #expect(run.output.contains("component/api released \(second)\nreleasebinding/api-development ready\n"))
        let binding = bench.controlPlane.releaseBindings["default", "api-development"]
        #expect(binding?["status"]?["observedGeneration"] == 2)
    }

    @Test func `a run that changes nothing takes what is ready`() throws {
        let bench = try bench()
        #expect(bench.publish("--wait").code == .success)
        let count = bench.controlPlane.requests.count
        let run = bench.publish("--wait")
        #expect(run.output.hasPrefix("workload/api-workload unchanged\ncomponent/api released "))
        #expect(run.sleeps.isEmpty)
        #expect(
            bench.controlPlane.requests.dropFirst(count).map(\.route) == [
                .token, .createWorkload, .getWorkload, .listWorkloads, .profile, .getComponent, .getComponentRelease,
                .listReleaseBindings,
            ])
    }

    @Test func `the pauses begin short and are a second at most`() throws {
        let bench = try bench(Array(repeating: .unseen, count: 6) + .healthy)
        let run = bench.publish("--wait=released")
        #expect(run.code == .success, "\(run.errors)")
        #expect(
            run.sleeps.prefix(5) == [
                .milliseconds(250), .milliseconds(500), .seconds(1), .seconds(1), .seconds(1),
            ])
    }

    @Test func `JSON has the release, the bindings and the endpoints' URLs`() throws {
        let bench = try bench(.healthy)
        try bench.checkout.write(
            """
            apiVersion: openchoreo.dev/v1alpha1
            metadata: {name: shop}
            endpoints: [{name: web, port: 8080, type: HTTP, visibility: [external]}]
            """, to: "workload.yaml")
        let result = try JSONValue(parsing: bench.publish("--wait", "--output", "json").output)
        #expect(result["release"] == .string(try latest(bench)))
        #expect(result["bindings"] == ["api-development"])
        #expect(
            result["endpoints"] == [
                "web": [
                    "https://api.apps.example/api-web",
                    "http://api.dp-default-shop-development.svc.cluster.local:8080",
                ]
            ])
    }

    @Test func `a reason that no waiting heals ends the run at once, and the Workload is written`() throws {
        let failure = Step.failed(condition: "ReleaseSynced", reason: "RenderingFailed", message: "no endpoint")
        let bench = try bench([.released, failure])
        let run = bench.publish("--wait")
        #expect(run.code == .unavailable)
        #expect(run.output == "")
        #expect(
            run.lastLine
                == "error: releasebinding/api-development: RenderingFailed: no endpoint; change what the condition names, "
                + "and publish again (workload/api-workload was created)")
        #expect(bench.workload != nil)
    }

    @Test func `a Component that refuses ends the run at once`() throws {
        let bench = try bench([.refused(reason: "TraitNotFound", message: "no trait x")])
        let run = bench.publish("--wait=released")
        #expect(run.code == .unavailable)
        #expect(run.lastLine.hasPrefix("error: component/api: TraitNotFound: no trait x; "))
    }

    @Test func `time that is up says what is still awaited`() throws {
        let pending = Step.pending(
            condition: "ConnectionsResolved", reason: "ConnectionsPending", message: "1 connections pending")
        let bench = try bench([.released, pending])
        let run = bench.publish("--wait", "--timeout", "20s")
        #expect(run.code == .temporaryFailure)
        #expect(run.output == "")
        #expect(
            run.lastLine
                == "error: the time is up, and this is still awaited: releasebinding/api-development: "
                + "ConnectionsPending: 1 connections pending; look at the component in OpenChoreo, or allow more time with "
                + "--timeout (TIMEOUT) (workload/api-workload was created)")
    }

    @Test func `time that is up in the middle of a read says what is still awaited as well`() throws {
        let bench = try bench([.unseen])
        bench.controlPlane.script(.getComponent, [.normal, .normal, .silence])
        let run = bench.publish("--wait", "--timeout", "2s")
        #expect(run.code == .temporaryFailure)
        #expect(
            run.lastLine.hasPrefix("error: the time is up, and this is still awaited: component/api: "),
            "\(run.lastLine)")
    }

    @Test func `what a server says of a release is shown escaped, and no secret in it`() throws {
        let bench = try bench()
        #expect(bench.publish("--wait=released").code == .success)
        let secret = MockControlPlane.OAuthClient.quickStart.secret ?? ""
        let ready = #"{"type":"Ready","status":"True","reason":"Ready","observedGeneration":1}"#
        let body = """
            {"items":[{"metadata":{"name":"a\\u001b[31m"},"spec":{"releaseName":"\(try latest(bench))"},
            "status":{"observedGeneration":1,"conditions":[\(ready)],
            "endpoints":[{"name":"\(secret)","serviceURL":{"scheme":"http","host":"\(secret)","path":"/\\u0007"}}]}}]}
            """
        let response = MockControlPlane.Response(
            status: 200, headers: [.init("Content-Type", "application/json")], body: Array(body.utf8))
        bench.controlPlane.always(.listReleaseBindings, .response(response))
        let run = bench.publish("--wait")
        #expect(
            run.output.hasSuffix(
                "\nreleasebinding/a\\u{1B}[31m ready\nendpoint/<redacted> http://<redacted>/\\u{07}\n"), "\(run.output)"
        )
        #expect(!bench.publish("--wait", "--output=json").output.contains(secret))
    }

    @Test func `a component that does not deploy by itself is said at once`() throws {
        let bench = try bench()
        bench.controlPlane.components["default", "api"] = [
            "spec": ["autoDeploy": false, "owner": ["projectName": "shop"]]
        ]
        let run = bench.publish("--wait")
        #expect(run.code == .invalidData)
        #expect(run.lastLine.hasPrefix("error: component/api: it does not deploy by itself (spec.autoDeploy); "))
        #expect(bench.workload != nil)
    }

    @Test(arguments: [
        ("released", "component:view, componentrelease:view"),
        ("ready", "component:view, componentrelease:view, releasebinding:view"),
    ])
    func `missing rights are named with the role binding that grants them, after the publish`(
        goal: String, rights: String
    ) throws {
        let bench = try bench { $0.permissions = MockControlPlane.Permission.shipped }
        let run = bench.publish("--wait=\(goal)", "--outputs-dir", "\(try ScratchFolder().path)/out")
        #expect(run.code == .noPermission)
        #expect(run.output == "")
        #expect(
            run.lastLine
                == "error: component/api: the client lacks the rights \(rights); grant the client a ClusterAuthzRole with "
                + "actions: [\(rights)] by a ClusterAuthzRoleBinding with entitlement: {claim: sub, value: "
                + "openchoreo-workload-publisher-client}, roleMappings: [{roleRef: {kind: ClusterAuthzRole, name: NAME}, "
                + "scope: {namespace: default, project: shop}}], effect: allow (workload/api-workload was created)")
        #expect(bench.workload != nil)
    }

    @Test func `rights of another project are none`() throws {
        let bench = try bench { $0.permissionPath = "ns/default/project/other" }
        #expect(bench.publish("--wait").code == .noPermission)
        let here = try self.bench { $0.permissionPath = "ns/default/project/shop" }
        #expect(here.publish("--wait").code == .success)
    }

    @Test(arguments: [Route.profile, .getComponent, .getComponentRelease, .listReleaseBindings])
    func `a fault in the middle of the wait is survived`(route: MockControlPlane.Route) throws {
        for fault in [
            MockControlPlane.Fault.error(503), .resetBeforeWork, .resetAfterWork, .truncated(), .close, .error(401),
        ] {
            let bench = try bench()
            bench.controlPlane.script(route, [fault])
            let run = bench.publish("--wait")
            #expect(run.code == .success, "\(run.errors)")
            #expect(bench.controlPlane.pendingFaultCount == 0)
        }
    }

    @Test(arguments: [Route.getComponent, .getComponentRelease, .listReleaseBindings])
    func `a fault that stays ends the wait, and the run says that the Workload is written`(
        route: MockControlPlane.Route
    ) throws {
        for (fault, code) in [
            (MockControlPlane.Fault.error(503), ExitCode.temporaryFailure), (.error(401), .noPermission),
            (.error(500), .temporaryFailure), (.hugeBody(64), .protocolError),
        ] {
            let bench = try bench()
            bench.controlPlane.always(route, fault)
            let run = bench.publish("--wait", "--max-retries", "1")
            #expect(run.code == code, "\(run.errors)")
            #expect(run.output == "")
            #expect(run.lastLine.hasSuffix("(workload/api-workload was created)"), "\(run.lastLine)")
        }
    }
}
