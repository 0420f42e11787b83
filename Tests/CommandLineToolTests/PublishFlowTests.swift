import CommandLineTool
import JSON
import MockControlPlane
import Testing

@Suite struct PublishingAWorkload {
    @Test func `publish creates a Workload, then finds nothing to change, then updates it`() throws {
        let bench = try Bench()
        let first = bench.publish()
        #expect(first.output == "workload/api-workload created\n")
        #expect(first.code == .success)
        #expect(bench.publish().output == "workload/api-workload unchanged\n")
        let third = bench.publish("--image", "registry.example.com/shop/api:1.1.0")
        #expect(third.output == "workload/api-workload updated\n")
        #expect(bench.workload?["spec"]?["container"]?["image"] == "registry.example.com/shop/api:1.1.0")
        #expect(
            bench.routes == [
                .token, .createWorkload, .listWorkloads, .getComponent,
                .token, .createWorkload, .getWorkload, .listWorkloads,
                .token, .createWorkload, .getWorkload, .updateWorkload, .listWorkloads,
            ])
    }

    @Test func `publish sends the Workload that render prints`() throws {
        let bench = try Bench()
        _ = bench.publish()
        var environment = bench.environment
        environment["API_URL"] = nil
        let rendered = ToolRun(["render", "--payload", "--output", "json"], environment: environment)
        let sent = try #require(bench.controlPlane.requests(.createWorkload).first)
        #expect(try JSONValue(parsing: rendered.output) == JSONValue(parsing: sent.body))
        let expected: JSONValue = [
            "metadata": ["name": "api-workload", "namespace": "default"],
            "spec": [
                "owner": ["projectName": "shop", "componentName": "api"],
                "container": [
                    "image": "registry.example.com/shop/api:1.0.0", "env": [["key": "LOG_LEVEL", "value": "info"]],
                ],
                "endpoints": ["api": ["port": 8080, "type": "HTTP"]],
            ],
        ]
        #expect(try JSONValue(parsing: sent.body) == expected)
    }

    @Test func `publish does the whole job with the variables of today's shell step`() throws {
        let bench = try Bench(descriptor: nil) { configuration in
            configuration.hostRouting = .init()
            configuration.requiredScope = "publish"
        }
        try bench.checkout.write(Bench.descriptor, to: "services/api/workload.yaml")
        bench.controlPlane.workflowRuns["default", "run-7"] = ["spec": ["workflow": ["name": "docker"]]]
        let run = bench.publish(variables: [
            "RUN_NAME": "run-7", "APP_PATH": "./services/api", "OAUTH_HOST": "thunder.openchoreo.localhost",
            "API_HOST": "api.openchoreo.localhost", "OAUTH_SCOPE": "publish",
        ])
        #expect(run.output == "workload/api-workload created\n")
        #expect(
            bench.routes == [
                .token, .createWorkload, .getWorkflowRun, .updateWorkflowRun, .listWorkloads, .getComponent,
            ])
        let annotations = bench.controlPlane.workflowRuns["default", "run-7"]?["metadata"]?["annotations"]
        #expect(annotations?["openchoreo.dev/workload-from-source"] == "true")
        let sent = try #require(bench.controlPlane.requests(.createWorkload).first)
        #expect(annotations?["openchoreo.dev/workload"]?.string == sent.text)
    }

    @Test func `publish uses one connection for one origin`() throws {
        let bench = try Bench()
        bench.controlPlane.workflowRuns["default", "run-7"] = ["spec": ["workflow": ["name": "docker"]]]
        _ = bench.publish()
        #expect(bench.controlPlane.connectionCount == 1)
        #expect(bench.publish("--run-name=run-7", "--image=r.example/a:2").code == .success)
        #expect(bench.controlPlane.connectionCount == 2)
    }

    @Test func `publish says as JSON what it did`() throws {
        let bench = try Bench()
        let run = bench.publish("--output", "json")
        var result = try #require(try JSONValue(parsing: run.output).object)
        #expect((result["durationMs"]?.integer ?? -1) >= 0)
        result["durationMs"] = nil
        let expected: JSONValue = [
            "action": "created", "name": "api-workload", "namespace": "default",
            "image": "registry.example.com/shop/api:1.0.0", "fromSource": true, "annotated": false, "attempts": 4,
        ]
        #expect(JSONValue.object(result) == expected)
    }

    @Test func `publish keeps a base path of the API`() throws {
        let bench = try Bench { $0.basePath = "/control/plane" }
        #expect(bench.publish().code == .success)
        let base = "/control/plane/api/v1/namespaces/default"
        #expect(
            bench.controlPlane.requests.dropFirst().map(\.target) == [
                "\(base)/workloads", "\(base)/workloads?component=api&limit=100", "\(base)/components/api",
            ])
    }

    @Test func `publish writes outputs whole, before the run is annotated`() throws {
        let bench = try Bench()
        let outputs = "\(bench.checkout.path)/out/puts"
        let run = bench.publish("--outputs-dir", outputs, "--run-name", "absent")
        #expect(run.code == .unavailable)
        #expect(bench.checkout.read("out/puts/workload-name") == "api-workload")
        #expect(bench.checkout.read("out/puts/action") == "created")
        #expect(
            bench.checkout.read("out/puts/workload.json") == bench.controlPlane.requests(.createWorkload).first?.text)
        #expect(
            bench.checkout.names == [
                "out", "out/puts", "out/puts/action", "out/puts/workload-name",
                "out/puts/workload.json", "workload.yaml",
            ])
        #expect(run.output == "")
    }

    @Test func `publish fails with 73 where outputs cannot be written, before anything is sent`() throws {
        let bench = try Bench()
        let run = bench.publish("--outputs-dir", "\(bench.checkout.path)/workload.yaml")
        #expect(run.code == .cannotCreate)
        #expect(
            run.lastLine
                == "error: --outputs-dir (OUTPUTS_DIR): cannot create the folder '\(bench.checkout.path)/workload.yaml/': "
                + "a file has this name; name another folder")
        #expect(bench.routes == [])
    }
}

@Suite struct AnnotatingTheRun {
    private static let large = """
        apiVersion: openchoreo.dev/v1alpha1
        endpoints: [{name: api, port: 8080, type: HTTP, schemaFile: openapi.yaml}]
        configurations:
          files: [{name: data, mountPath: /data, valueFrom: {path: data.txt}}]
        """

    private func bench(schema: Int, file: Int) throws -> Bench {
        let bench = try Bench(descriptor: Self.large)
        try bench.checkout.write(String(repeating: "s", count: schema), to: "openapi.yaml")
        try bench.checkout.write(String(repeating: "f", count: file), to: "data.txt")
        bench.controlPlane.workflowRuns["default", "run-7"] = ["spec": ["workflow": ["name": "docker"]]]
        return bench
    }

    private func copy(_ bench: Bench) throws -> JSONValue? {
        let run = bench.controlPlane.workflowRuns["default", "run-7"]
        let text = run?["metadata"]?["annotations"]?["openchoreo.dev/workload"]?.string
        return try text.map { try JSONValue(parsing: $0) }
    }

    @Test func `annotating the run leaves schema contents out first where the copy is too large`() throws {
        let bench = try bench(schema: 300_000, file: 1_000)
        let run = bench.publish("--run-name=run-7")
        #expect(run.code == .success)
        #expect(run.errors.contains("its annotation openchoreo.dev/workload goes without schema contents\n"))
        let spec = try copy(bench)?["spec"]
        #expect(spec?["endpoints"]?["api"]?["schema"] == ["type": "openapi"])
        #expect(spec?["container"]?["files"]?.array?.first?["value"]?.string?.count == 1_000)
    }

    @Test func `annotating the run leaves file values out as well where that is not enough`() throws {
        let bench = try bench(schema: 1_000, file: 300_000)
        let run = bench.publish("--run-name=run-7")
        #expect(run.code == .success)
        #expect(
            run.errors.contains("its annotation openchoreo.dev/workload goes without schema contents and file values\n")
        )
        #expect(try copy(bench)?["spec"]?["container"]?["files"] == [["key": "data", "mountPath": "/data"]])
    }

    @Test func `annotating the run sends a smaller copy where something on the way takes less`() throws {
        let bench = try bench(schema: 10_000, file: 1_000)
        bench.controlPlane.script(.updateWorkflowRun, [.error(413)])
        let run = bench.publish("--run-name=run-7", "--output=json")
        #expect(run.code == .success)
        #expect(run.output.contains("\"annotated\":true"))
        #expect(run.errors.contains("goes without schema contents\n"))
        #expect(bench.controlPlane.requests(.updateWorkflowRun).count == 2)
    }

    @Test func `annotating the run fails nothing where the run is full`() throws {
        let bench = try bench(schema: 10, file: 10)
        let full = String(repeating: "x", count: (256 << 10) - 1)
        bench.controlPlane.workflowRuns["default", "run-7"] = [
            "metadata": ["annotations": ["x": .string(full)]], "spec": ["workflow": ["name": "docker"]],
        ]
        let run = bench.publish("--run-name=run-7", "--output=json")
        #expect(run.code == .success)
        #expect(run.output.contains("\"annotated\":false"))
        #expect(
            run.errors.contains(
                "warning: workflowrun/run-7 was not annotated: its annotations have the 256 KiB that Kubernetes "
                    + "allows; remove some"
            ))
        #expect(bench.controlPlane.requests(.updateWorkflowRun).isEmpty)
    }
}

@Suite struct UpdatingAWorkload {
    /// A server that holds the Workload with what others have put on it.
    private func bench(
        descriptor: String? = Bench.descriptor, _ configure: (inout MockControlPlane.Configuration) -> Void = { _ in }
    ) throws -> Bench {
        let bench = try Bench(descriptor: descriptor, configure)
        bench.controlPlane.workloads["default", "api-workload"] = [
            "metadata": ["labels": ["team": "a"], "annotations": ["note": "by hand"]],
            "spec": [
                "owner": ["projectName": "shop", "componentName": "api"],
                "container": ["image": "registry.example.com/shop/api:0.9.0", "args": ["--old"]],
                "endpoints": ["old": ["port": 1, "type": "TCP"]],
            ],
        ]
        return bench
    }

    @Test func `an update by merge keeps the labels and annotations of others and takes the built spec whole`() throws {
        let bench = try bench()
        let run = bench.publish("--label", "tier=web", "--label", "team=b", "--annotation", "example.com/by=ci")
        #expect(run.output == "workload/api-workload updated\n")
        let workload = bench.workload
        #expect(workload?["metadata"]?["labels"] == ["team": "b", "tier": "web"])
        #expect(workload?["metadata"]?["annotations"] == ["note": "by hand", "example.com/by": "ci"])
        #expect(workload?["spec"]?["endpoints"] == ["api": ["port": 8080, "type": "HTTP"]])
        // A descriptor cannot say them.
        #expect(workload?["spec"]?["container"]?["args"] == ["--old"])
    }

    @Test func `an update by replace reads nothing and leaves nothing of others`() throws {
        let bench = try bench()
        #expect(bench.publish("--update", "replace").output == "workload/api-workload updated\n")
        #expect(bench.routes == [.token, .createWorkload, .updateWorkload])
        #expect(bench.workload?["metadata"]?["labels"] == nil)
    }

    @Test func `an update without a descriptor changes the image alone`() throws {
        let bench = try bench(descriptor: nil)
        var before = try #require(bench.workload?["spec"]?.object)
        #expect(bench.publish().output == "workload/api-workload updated\n")
        let after = try #require(bench.workload)
        #expect(after["metadata"]?["labels"] == ["team": "a"])
        before["container"] = ["image": "registry.example.com/shop/api:1.0.0", "args": ["--old"]]
        #expect(after["spec"] == .object(before))
        #expect(bench.publish().output == "workload/api-workload unchanged\n")
    }

    @Test(arguments: [403, 404, 405])
    func `an update by merge becomes a replace where the Workload may not be read, and says what that costs`(
        status: Int
    ) throws {
        let bench = try bench()
        bench.controlPlane.always(.getWorkload, .error(status))
        let run = bench.publish()
        #expect(run.output == "workload/api-workload updated\n")
        #expect(run.errors.contains("warning: the Workload could not be read"))
        #expect(run.errors.contains("labels and annotations that others put on it are gone"))
        #expect(bench.workload?["metadata"]?["labels"] == nil)
    }

    @Test(arguments: [403, 404, 405])
    func `an update by image ends with 77 and writes nothing where the Workload may not be read`(status: Int) throws {
        let bench = try bench(descriptor: nil)
        bench.controlPlane.always(.getWorkload, .error(status))
        let before = bench.workload
        let run = bench.publish()
        #expect(run.code == .noPermission)
        #expect(run.lastLine.contains("workload:view"))
        #expect(run.output == "")
        #expect(bench.workload == before)
    }

    @Test func `an update creates the Workload again when it was deleted in between`() throws {
        let bench = try bench()
        let controlPlane = bench.controlPlane
        controlPlane.onRequest { request in
            if request.route == .updateWorkload { controlPlane.workloads["default", "api-workload"] = nil }
        }
        let run = bench.publish()
        #expect(run.output == "workload/api-workload created\n")
        #expect(
            bench.routes == [
                .token, .createWorkload, .getWorkload, .updateWorkload, .createWorkload, .listWorkloads, .getComponent,
            ])
    }

    @Test func `an update gives up when the Workload comes and goes without end`() throws {
        let bench = try bench()
        bench.controlPlane.always(.updateWorkload, .error(404))
        let run = bench.publish()
        #expect(run.code == .unavailable)
        #expect(bench.controlPlane.requests(.updateWorkload).count == 4)
        #expect(
            run.lastLine
                == "error: PUT \(bench.controlPlane.baseURL)/api/v1/namespaces/default/workloads/api-workload: "
                + "404 Not Found: Not Found (NOT_FOUND); the object existed and was gone again, 4 times in "
                + "turn, so find out who else creates and deletes it")
    }

    @Test func `an update reads the Workload afresh after an update conflict`() throws {
        let bench = try bench()
        let controlPlane = bench.controlPlane
        controlPlane.script(.updateWorkload, [.error(500)])
        controlPlane.onRequest { request in
            guard request.route == .updateWorkload, controlPlane.requests(.updateWorkload).count == 1,
                var workload = controlPlane.workloads["default", "api-workload"]?.object
            else { return }
            workload["metadata"] = ["labels": ["team": "c"], "annotations": ["note": "changed meanwhile"]]
            controlPlane.workloads["default", "api-workload"] = .object(workload)
        }
        #expect(bench.publish().output == "workload/api-workload updated\n")
        #expect(bench.workload?["metadata"]?["labels"] == ["team": "c"])
        #expect(bench.workload?["metadata"]?["annotations"] == ["note": "changed meanwhile"])
    }

    @Test(arguments: [true, false])
    func `an update never takes over the Workload of another component`(hasDescriptor: Bool) throws {
        let bench = try bench(descriptor: hasDescriptor ? Bench.descriptor : nil)
        let before = bench.workload
        let run = bench.publish("--component", "other", "--workload-name", "api-workload")
        #expect(run.code == .invalidData)
        #expect(bench.workload == before)
    }
}
