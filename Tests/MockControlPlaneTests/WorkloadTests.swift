import JSON
import MockControlPlane
import Testing

@Suite struct MockWorkloads {
    @Test func `the mock's API of Workloads creates a Workload, shows it, and makes what a server makes`() throws {
        let server = try MockControlPlane.open()
        let body = workload(metadata: [("labels", ["a": "b"]), ("uid", "mine"), ("creationTimestamp", "mine")])
        let created = try server.call("POST", collectionPath, body)
        #expect(created.status == 201)
        #expect(created.header("Content-Type") == "application/json")
        #expect(
            created.json == [
                "apiVersion": "openchoreo.dev/v1alpha1",
                "kind": "Workload",
                "metadata": [
                    "name": "api-workload", "namespace": "default", "uid": "00000000-0000-4000-8000-000000000001",
                    "creationTimestamp": "2025-01-06T10:00:00Z",
                    "labels": ["a": "b"],
                ],
                "spec": [
                    "owner": ["projectName": "shop", "componentName": "api"], "container": ["image": "registry/api:1"],
                ],
                "status": [:],
            ])
        #expect(try server.call("GET", workloadPath).json == created.json)
        #expect(server.workloads["default", "api-workload"] == created.json)
        #expect(try server.call("POST", collectionPath, workload(name: "other")).status == 201)
        #expect(
            server.workloads["default", "other"]?["metadata"]?["uid"] == "00000000-0000-4000-8000-000000000002")
    }

    @Test func `the mock's API of Workloads decides on a conflict before it looks at the body`() throws {
        let server = try MockControlPlane.open()
        server.workloads["default", "api-workload"] = workload()
        let bad = workload { $0["container"] = nil }
        let response = try server.call("POST", collectionPath, bad)
        #expect(response.status == 409)
        #expect(response.text == #"{"code":"CONFLICT","error":"Workload already exists"}"#)
        #expect(try server.call("PUT", workloadPath, bad).status == 422)
    }

    @Test func `the mock's API of Workloads replaces spec, labels and annotations and keeps what the server made`()
        throws
    {
        let server = try MockControlPlane.open()
        server.workloads["default", "api-workload"] = workload(
            metadata: [
                ("uid", "u"), ("creationTimestamp", "t"), ("labels", ["a": "b"]), ("annotations", ["c": "d"]),
            ]
        ) { $0["endpoints"] = ["http": ["type": "HTTP", "port": 80]] }
        let sent = workload(image: "registry/api:2", metadata: [("annotations", ["e": "f"]), ("uid", "other")])
        let response = try server.call("PUT", workloadPath, sent)
        #expect(response.status == 200)
        #expect(
            response.json?["metadata"] == [
                "name": "api-workload", "namespace": "default", "uid": "u", "creationTimestamp": "t",
                "annotations": ["e": "f"],
            ])
        #expect(response.json?["spec"] == sent["spec"])
        #expect(server.workloads["default", "api-workload"] == response.json)
    }

    @Test func `the mock's API of Workloads takes back the whole object that it gave`() throws {
        let server = try MockControlPlane.open()
        _ = try server.call("POST", collectionPath, workload())
        let object = try server.call("GET", workloadPath)
        #expect(try server.call("PUT", workloadPath, object.text).json == object.json)
    }

    @Test func `the mock's API of Workloads never lets the owner change`() throws {
        let server = try MockControlPlane.open()
        server.workloads["default", "api-workload"] = workload()
        let response = try server.call(
            "PUT", workloadPath, workload { $0["owner"] = ["projectName": "shop", "componentName": "web"] })
        #expect(response.status == 422)
        #expect(
            response.text
                == #"{"code":"UNPROCESSABLE_CONTENT","details":[{"field":"spec.owner","message":"Invalid value: spec.owner is immutable"}],"#
                + #""error":"spec.owner: Invalid value: spec.owner is immutable"}"#)
        #expect(server.workloads["default", "api-workload"]?["spec"]?["owner"]?["componentName"] == "api")
    }

    @Test(arguments: [("GET", workloadPath), ("PUT", workloadPath)])
    func `the mock's API of Workloads does not find what is not there`(method: String, path: String) throws {
        let server = try MockControlPlane.open()
        let response = try server.call(method, path, workload())
        #expect(response.status == 404)
        #expect(response.text == #"{"code":"NOT_FOUND","error":"Workload not found"}"#)
    }

    @Test(arguments: [
        ("", "can't decode JSON body: the document ends where a value was expected at byte 0\n"),
        ("[]", "can't decode JSON body: not an object\n"),
    ])
    func `the mock's API of Workloads responds to a body that it cannot decode in plain text`(
        body: String, text: String
    ) throws {
        let server = try MockControlPlane.open()
        for (method, path) in [("POST", collectionPath), ("PUT", workloadPath), ("PUT", runPath)] {
            let response = try server.call(method, path, body)
            #expect(response.status == 400)
            #expect(response.header("Content-Type") == "text/plain; charset=utf-8")
            #expect(response.text == text)
        }
    }

    @Test(
        arguments: [
            ("POST", collectionPath, [:], "metadata", "is required"),
            ("POST", collectionPath, ["metadata": [:]], "metadata.name", "is required"),
            ("POST", collectionPath, ["metadata": ["name": 1]], "metadata.name", "is required"),
            (
                "POST", collectionPath, ["metadata": ["name": "a", "namespace": "b"]], "metadata.namespace",
                "\"b\" does not match \"default\" in the path"
            ),
            (
                "PUT", workloadPath, ["metadata": ["name": "a"]], "metadata.name",
                "\"a\" does not match \"api-workload\" in the path"
            ),
            (
                "PUT", runPath, ["metadata": ["name": "a"]], "metadata.name",
                "\"a\" does not match \"api-run-1\" in the path"
            ),
            (
                "PUT", runPath, ["metadata": ["name": "api-run-1", "namespace": "b"]], "metadata.namespace",
                "\"b\" does not match \"default\" in the path"
            ),
        ] as [(String, String, JSONValue, String, String)])
    func `the mock's API of Workloads wants body and path to name the same object`(
        method: String, path: String, body: JSONValue, field: String, message: String
    ) throws {
        let server = try MockControlPlane.open()
        let response = try server.call(method, path, body)
        #expect(response.status == 400)
        #expect(
            response.json == [
                "error": .string("\(field) \(message)"), "code": "BAD_REQUEST",
                "details": [["field": .string(field), "message": .string(message)]],
            ])
    }

    @Test func `the mock's API of Workloads wants the component to exist where it knows which do`() throws {
        let server = try MockControlPlane.open { $0.existingComponents = ["web"] }
        let response = try server.call("POST", collectionPath, workload())
        #expect(response.status == 400)
        #expect(response.text == #"{"code":"BAD_REQUEST","error":"Referenced component not found"}"#)
        let owner: JSONValue = ["projectName": "shop", "componentName": "web"]
        #expect(try server.call("POST", collectionPath, workload { $0["owner"] = owner }).status == 201)
    }

    @Test(arguments: [
        (MockControlPlane.Permission.workloadCreate, "POST", collectionPath), (.workloadView, "GET", workloadPath),
        (.workloadUpdate, "PUT", workloadPath), (.workflowRunView, "GET", runPath),
        (.workflowRunUpdate, "PUT", runPath),
    ])
    func `the mock's API of Workloads asks for the right that a call needs and for no other`(
        permission: MockControlPlane.Permission, method: String, path: String
    ) throws {
        let body = path == runPath ? workload(name: "api-run-1") : workload()
        let without = try MockControlPlane.open { $0.permissions.remove(permission) }
        let response = try without.call(method, path, body)
        #expect(response.status == 403)
        #expect(
            response.json == [
                "code": "FORBIDDEN",
                "error": "You do not have permission to perform this operation",
            ])
        let with = try MockControlPlane.open { $0.permissions = [permission] }
        #expect(try with.call(method, path, body).status == (method == "POST" ? 201 : 404))
    }

    @Test func `the mock's API of Workloads takes 256 KiB of annotations and not a byte more`() throws {
        let server = try MockControlPlane.open()
        func body(_ size: Int) -> JSONValue {
            workload(metadata: [("annotations", ["key": .string(String(repeating: "x", count: size - 3))])])
        }
        #expect(try server.call("POST", collectionPath, body(262_144)).status == 201)
        let response = try server.call("PUT", workloadPath, body(262_145))
        #expect(response.status == 422)
        #expect(
            response.json?["details"] == [
                ["field": "metadata.annotations", "message": "Too long: may not be more than 262144 bytes"]
            ])
    }

    @Test func `the mock's API of Workloads takes an object of 1.5 MiB and not a byte more`() throws {
        let server = try MockControlPlane.open()
        func body(_ size: Int) -> JSONValue {
            let empty = workload { $0["endpoints"] = ["a": ["port": 1, "type": "TCP", "basePath": ""]] }
            let filler = String(repeating: "x", count: size - empty.serialized().count)
            return workload { $0["endpoints"] = ["a": ["port": 1, "type": "TCP", "basePath": .string(filler)]] }
        }
        #expect(try server.call("POST", collectionPath, body(1_572_864)).status == 201)
        let response = try server.call("PUT", workloadPath, body(1_572_865))
        #expect(response.status == 500)
        #expect(response.text == #"{"code":"INTERNAL_ERROR","error":"Internal server error"}"#)
    }
}
