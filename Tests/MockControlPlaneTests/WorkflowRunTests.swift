import JSON
import MockControlPlane
import Testing

@Suite struct MockWorkflowRuns {
    private static let run: JSONValue = [
        "metadata": ["name": "api-run-1", "labels": ["a": "b"], "annotations": ["c": "d"]],
        "spec": [
            "workflow": ["name": "build", "kind": "ClusterWorkflow", "parameters": ["n": 1]],
            "ttlAfterCompletion": "1d",
        ],
        "status": ["tasks": [["name": "build", "phase": "Running"]]],
    ]

    private func server(
        _ version: MockControlPlane.APIVersion = .current
    ) throws -> MockControlPlane {
        let server = try MockControlPlane.open { $0.apiVersion = version }
        server.workflowRuns["default", "api-run-1"] = Self.run
        return server
    }

    @Test func `the mock's API of WorkflowRuns shows a run with what the server makes`() throws {
        let response = try server().call("GET", runPath)
        #expect(response.status == 200)
        #expect(response.json?["kind"] == "WorkflowRun")
        #expect(response.json?["apiVersion"] == "openchoreo.dev/v1alpha1")
        #expect(response.json?["metadata"]?["uid"] == "00000000-0000-4000-8000-000000000001")
        #expect(response.json?["spec"] == Self.run["spec"])
        #expect(response.json?["status"] == Self.run["status"])
    }

    @Test
    func
        `the mock's API of WorkflowRuns replaces labels, annotations and the rest of the spec and keeps status and uid`()
        throws
    {
        let server = try server()
        var body = try #require(Self.run.object)
        body["metadata"] = ["name": "api-run-1", "annotations": ["openchoreo.dev/workload": "{}"], "uid": "other"]
        body["spec"] = ["workflow": Self.run["spec"]?["workflow"] ?? .null]
        body["status"] = nil
        let response = try server.call("PUT", runPath, .object(body))
        #expect(response.status == 200)
        #expect(
            response.json?["metadata"] == [
                "name": "api-run-1", "namespace": "default", "uid": "00000000-0000-4000-8000-000000000001",
                "creationTimestamp": "2025-01-06T10:00:00Z", "annotations": ["openchoreo.dev/workload": "{}"],
            ])
        #expect(response.json?["spec"] == body["spec"])
        #expect(response.json?["status"] == Self.run["status"])
        #expect(server.workflowRuns["default", "api-run-1"] == response.json)
    }

    @Test(
        arguments: [
            (["spec": ["ttlAfterCompletion": "1d"]], "spec.workflow", "spec.workflow is immutable"),
            (
                ["spec": ["workflow": ["name": "build", "kind": "ClusterWorkflow", "parameters": ["n": 2]]]],
                "spec.workflow", "spec.workflow is immutable"
            ),
            (
                ["spec": run["spec"] ?? .null, "metadata": ["name": "api-run-1", "annotations": ["a": 1]]],
                "metadata.annotations.a", "must be a string, not a number"
            ),
        ] as [(JSONValue, String, String)])
    func `the mock's API of WorkflowRuns refuses what a run can never become`(
        change: JSONValue, field: String, message: String
    ) throws {
        for version in MockControlPlane.APIVersion.allCases {
            let server = try server(version)
            let before = server.workflowRuns["default", "api-run-1"]
            var body = try #require(Self.run.object)
            for member in change.object?.members ?? [] { body[member.name] = member.value }
            let response = try server.call("PUT", runPath, .object(body))
            #expect(response.status == (version == .current ? 422 : 400))
            #expect(response.json?["details"] == [["field": .string(field), "message": .string(message)]])
            #expect(server.workflowRuns["default", "api-run-1"] == before)
        }
    }

    @Test func `the mock's API of WorkflowRuns takes 256 KiB of annotations and not a byte more`() throws {
        let server = try server()
        for (size, status) in [(262_144, 200), (262_145, 422)] {
            var body = try #require(Self.run.object)
            let value = String(repeating: "x", count: size - 3)
            body["metadata"] = ["name": "api-run-1", "annotations": ["key": .string(value)]]
            #expect(try server.call("PUT", runPath, .object(body)).status == status)
        }
    }

    @Test func `the mock's API of WorkflowRuns keeps the digits of numbers it does not know`() throws {
        let server = try server()
        let spec = #"{"workflow":{"name":"build","parameters":{"n":1.50,"m":12345678901234567890}}}"#
        server.workflowRuns["default", "api-run-1"] = ["spec": try JSONValue(parsing: spec)]
        let body = #"{"metadata":{"name":"api-run-1"},"spec":\#(spec)}"#
        #expect(try server.call("PUT", runPath, body).text.contains(#""m":12345678901234567890,"n":1.50"#))
    }

    @Test(arguments: ["GET", "PUT"])
    func `the mock's API of WorkflowRuns does not find a run that is not there`(method: String) throws {
        let server = try MockControlPlane.open()
        let response = try server.call(method, runPath, Self.run)
        #expect(response.status == 404)
        #expect(response.text == #"{"code":"NOT_FOUND","error":"WorkflowRun not found"}"#)
    }
}
