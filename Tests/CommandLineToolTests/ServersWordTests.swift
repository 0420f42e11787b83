import CommandLineTool
import JSON
import MockControlPlane
import Testing

/// What a run makes of the Workload that the server says it has.
@Suite struct TheServersWord {
    private static let withResource =
        Bench.descriptor + """

            dependencies:
              resources:
                - ref: queue
                  envBindings: {url: QUEUE_URL}
            """

    private static let owner: JSONValue = ["projectName": "shop", "componentName": "api"]

    private func bench(
        live spec: JSONObject, descriptor: String? = "apiVersion: openchoreo.dev/v1alpha1\n"
    ) throws -> Bench {
        let bench = try Bench(descriptor: descriptor)
        var spec = spec
        spec["owner"] = Self.owner
        bench.controlPlane.workloads["default", "api-workload"] = ["spec": .object(spec)]
        return bench
    }

    @Test func `publish names by their paths what a server of an older version leaves out with a 201`() throws {
        let bench = try Bench(descriptor: Self.withResource) { $0.droppedMembers = ["dependencies.resources"] }
        let warning =
            "warning: workload/api-workload: the server did not keep as it was sent: spec.dependencies.resources; check "
            + "that its version knows them\n"
        let created = bench.publish()
        #expect(created.code == .success)
        #expect(created.output == "workload/api-workload created\n")
        #expect(created.errors.contains(warning), "\(created.errors)")
        let updated = bench.publish("--image=registry.example.com/shop/api:2.0.0")
        #expect(updated.output == "workload/api-workload updated\n")
        #expect(updated.errors.contains(warning), "\(updated.errors)")
    }

    @Test func `publish names an image that the server changed`() throws {
        let bench = try Bench()
        bench.controlPlane.beforeResponding { request, response in
            guard request.route == .createWorkload else { return }
            response.body = Array(
                String(decoding: response.body, as: UTF8.self).replacing("/shop/api:1.0.0", with: "/mirror/api:1.0.0")
                    .utf8)
        }
        let run = bench.publish()
        #expect(run.code == .success)
        #expect(run.errors.contains("the server did not keep as it was sent: spec.container.image;"), "\(run.errors)")
    }

    @Test func `publish ends a strict run with 65 where something was not kept, after outputs that say what was done`()
        throws
    {
        let bench = try Bench(descriptor: Self.withResource) { $0.droppedMembers = ["dependencies.resources"] }
        bench.controlPlane.workflowRuns["default", "run-7"] = ["spec": ["workflow": ["name": "docker"]]]
        let run = bench.publish("--strict", "--outputs-dir=\(bench.checkout.path)/out", "--run-name=run-7")
        #expect(run.code == .invalidData)
        #expect(run.output == "")
        #expect(
            run.lastLine
                == "error: workload/api-workload: the server did not keep everything as it was sent, and --strict (STRICT) "
                + "forbids that; leave out what its version does not know, or leave the flag out (the Workload was "
                + "written)")
        #expect(bench.checkout.read("out/action") == "created")
        #expect(bench.routes == [.token, .createWorkload])
        #expect(bench.workload != nil)
    }

    @Test func `publish says nothing of what a server adds`() throws {
        let bench = try Bench { $0.setsOwnerLabels = true }
        #expect(bench.publish("--strict", "--quiet").errors == "")
        #expect(bench.publish("--strict").output == "workload/api-workload unchanged\n")
    }

    @Test(arguments: ["merge", "image"])
    func `publish ends at the read where the Workload has another owner`(update: String) throws {
        let bench = try Bench()
        bench.controlPlane.workloads["default", "api-workload"] = [
            "spec": [
                "owner": ["projectName": "shop", "componentName": "cart"],
                "container": ["image": "registry.example.com/shop/api:1.0.0"],
            ]
        ]
        for arguments in [[], ["--dry-run=server"]] {
            let run = ToolRun(
                ["publish", "--update", update] + arguments, environment: bench.environment,
                workingDirectory: bench.checkout.path)
            #expect(run.code == .invalidData)
            #expect(run.output == "")
            #expect(
                run.lastLine
                    == "error: workload/api-workload: belongs to shop/cart, not to shop/api; an owner cannot change, so "
                    + "check --project (PROJECT_NAME) and --component (COMPONENT_NAME), choose another --workload-name "
                    + "(WORKLOAD_NAME), or have it deleted by a client that has the right workload:delete (nothing was "
                    + "written)")
        }
        #expect(bench.controlPlane.requests(.updateWorkload).isEmpty)
    }

    @Test func `publish warns by name of what an update leaves none of, in a dry run as well`() throws {
        let live: JSONObject = [
            "container": [
                "image": "x", "env": [["key": "LOG_LEVEL", "value": "info"]],
                "files": [["key": "app.json", "mountPath": "/etc/app", "value": "{}"]],
            ],
            "endpoints": ["http": ["port": 80, "type": "HTTP"], "admin": ["port": 81, "type": "HTTP"]],
            "dependencies": [
                "endpoints": [["component": "db", "name": "tcp", "visibility": "project", "envBindings": [:]]],
                "resources": [["ref": "queue"]],
            ],
        ]
        let text =
            "workload/api-workload: the update removes all endpoints (admin, http) and all dependencies (db/tcp, queue) "
            + "and all variables (LOG_LEVEL) and all files (app.json), for the descriptor has none; write them there if "
            + "that is not meant\n"
        let bench = try bench(live: live)
        let preview = bench.publish("--dry-run=server")
        #expect(preview.code == .success)
        #expect(preview.errors == "warning: \(text)")
        let run = bench.publish()
        #expect(run.output == "workload/api-workload updated\n")
        #expect(run.errors.contains("warning: \(text)"))
        #expect(bench.publish("--strict").code == .success)
    }

    @Test func `publish removes nothing where a run is strict, and says so in a dry run as well`() throws {
        let bench = try bench(live: ["container": ["image": "x"], "endpoints": ["http": ["port": 80, "type": "HTTP"]]])
        let before = bench.workload
        for arguments in [["--strict"], ["--strict", "--dry-run=server"]] {
            let run = ToolRun(
                ["publish"] + arguments, environment: bench.environment, workingDirectory: bench.checkout.path)
            #expect(run.code == .invalidData)
            #expect(run.output == "")
            #expect(
                run.lastLine
                    == "error: workload/api-workload: the update would remove all endpoints (http); --strict (STRICT) "
                    + "forbids that, so write them in the descriptor, or leave the flag out (nothing was written)")
        }
        #expect(bench.workload == before)
    }

    @Test func `publish warns of nothing where one of several goes, nothing was read, or the image alone changes`()
        throws
    {
        let live: JSONObject = [
            "container": ["image": "x"],
            "endpoints": ["api": ["port": 80, "type": "HTTP"], "admin": ["port": 81, "type": "HTTP"]],
        ]
        let one = try bench(live: live, descriptor: Bench.descriptor)
        #expect(one.publish("--quiet").errors == "")
        let unread = try bench(live: live)
        #expect(unread.publish("--update=replace", "--quiet").errors == "")
        let image = try bench(live: live)
        #expect(image.publish("--update=image", "--quiet").errors == "")
        #expect(image.workload?["spec"]?["endpoints"] == live["endpoints"])
    }

    @Test func `publish keeps what a descriptor cannot say, but not where an image came from`() throws {
        let bench = try bench(
            live: [
                "container": ["image": "x", "command": ["run"], "args": ["--fast"], "novelty": ["a": 1]],
                "source": ["commit": "abc"], "schedule": ["cron": "* * * * *"],
            ], descriptor: Bench.descriptor)
        let sent = try JSONValue(
            parsing: {
                _ = bench.publish()
                return bench.controlPlane.requests(.updateWorkload).last?.text ?? ""
            }())
        #expect(sent["spec"]?["container"]?["command"] == ["run"])
        #expect(sent["spec"]?["container"]?["args"] == ["--fast"])
        #expect(sent["spec"]?["container"]?["novelty"] == ["a": 1])
        #expect(sent["spec"]?["schedule"] == ["cron": "* * * * *"])
        #expect(sent["spec"]?["source"] == nil)
        #expect(sent["spec"]?["container"]?["image"] == "registry.example.com/shop/api:1.0.0")
    }

    @Test func `publish writes nothing where a strict merge may not read`() throws {
        let bench = try bench(live: ["container": ["image": "x"]])
        bench.controlPlane.always(.getWorkload, .error(403))
        let run = bench.publish("--strict")
        #expect(run.code == .noPermission)
        #expect(
            run.lastLine.contains("grant the client workload:view in the namespace default, the project shop and the"))
        #expect(bench.controlPlane.requests(.updateWorkload).isEmpty)
    }

    @Test func `publish calls a creation whose response was lost a creation`() throws {
        let bench = try Bench()
        bench.controlPlane.script(.createWorkload, [.resetAfterWork])
        let run = bench.publish()
        #expect(run.output == "workload/api-workload created\n")
        #expect(
            bench.routes == [.token, .createWorkload, .createWorkload, .getWorkload, .listWorkloads, .getComponent])
    }

    @Test func `publish waits for a Workload that is being deleted, and creates it then`() throws {
        let bench = try bench(live: ["container": ["image": "x"]])
        bench.controlPlane.deleteWorkload("default", "api-workload", afterRequests: 3)
        let run = bench.publish()
        #expect(run.output == "workload/api-workload created\n", "\(run.errors)")
        #expect(run.sleeps.allSatisfy { $0 == .seconds(1) })
        #expect(!run.sleeps.isEmpty)
        #expect(bench.controlPlane.requests(.updateWorkload).isEmpty)
    }

    @Test func `publish ends with 75 where a Workload that is being deleted stays`() throws {
        let bench = try bench(live: ["container": ["image": "x"]])
        bench.controlPlane.deleteWorkload("default", "api-workload", afterRequests: 1000)
        let run = bench.publish("--timeout=5s")
        #expect(run.code == .temporaryFailure)
        #expect(
            run.lastLine
                == "error: workload/api-workload: it is being deleted, and is still there; find out which of its finalizers "
                + "hold it, or allow a longer --timeout (TIMEOUT) (nothing was written)")
    }

    @Test func `publish takes a 404 that is not the API's own for a wrong place, in a dry run as well`() throws {
        let notFound = MockControlPlane.Response.text(404, "404 page not found")
        let kong = MockControlPlane.Response.json(404, ["message": "no Route matched with those values"])
        for response in [notFound, kong, .init(status: 404)] {
            let bench = try Bench()
            for route in [MockControlPlane.Route.createWorkload, .getWorkload] {
                bench.controlPlane.always(route, .response(response))
            }
            for arguments in [["publish"], ["publish", "--dry-run=server"]] {
                let run = ToolRun(arguments, environment: bench.environment, workingDirectory: bench.checkout.path)
                #expect(run.code == .protocolError)
                #expect(run.output == "")
                #expect(
                    run.lastLine.hasSuffix(
                        "; check that --api-server-url (API_URL) is the control plane's, or name its host with "
                            + "--api-server-host-header (API_HOST) where a gateway goes by it"), "\(run.lastLine)")
            }
        }
    }
}
