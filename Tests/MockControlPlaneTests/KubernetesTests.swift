import JSON
import MockControlPlane
import Testing

/// A Workload as a custom resource.
func resource(
    name: String = "api", image: String = "registry/api:1", labels: JSONValue? = nil, version: String? = nil,
    _ change: (inout JSONObject) -> Void = { _ in }
) -> JSONValue {
    var metadata: [(String, JSONValue)] = labels.map { [("labels", $0)] } ?? []
    if let version { metadata.append(("resourceVersion", .string(version))) }
    var object = workload(name: name, image: image, metadata: metadata, change).object ?? JSONObject()
    object["apiVersion"] = "openchoreo.dev/v1alpha1"
    object["kind"] = "Workload"
    return .object(object)
}

let workloadsPath = "/apis/openchoreo.dev/v1alpha1/namespaces/shop/workloads"

extension MockControlPlane {
    /// A request to the Kubernetes API with the type of its body.
    func kube(_ method: String, _ path: String, _ body: JSONValue? = nil, type: String = "application/json") throws
        -> RawResponse
    {
        try call(
            method, path, body?.text() ?? "", headers: ["Authorization: Bearer t", "Content-Type: \(type)"])
    }

    /// A server-side apply.
    func apply(_ path: String, _ body: JSONValue, manager: String = "publisher", _ more: String = "") throws
        -> RawResponse
    {
        try kube("PATCH", "\(path)?fieldManager=\(manager)\(more)", body, type: "application/apply-patch+yaml")
    }
}

extension RawResponse {
    var message: String? { json?["message"]?.string }
    var version: JSONValue? { json?["metadata"]?["resourceVersion"] }
    var generation: Int? { json?["metadata"]?["generation"]?.integer }

    /// Manager, operation and fields of each entry of managedFields.
    var managers: [String] {
        (json?["metadata"]?["managedFields"]?.array ?? []).map {
            "\($0["manager"]?.string ?? "") \($0["operation"]?.string ?? "") \($0["fieldsV1"]?.text() ?? "")"
        }
    }
}

@Suite struct MockKubernetesWrites {
    @Test func `the mock's Kubernetes API takes kinds of the core that it is configured to serve`() throws {
        let path = "/api/v1/namespaces/shop/services/web"
        let service: JSONValue = ["apiVersion": "v1", "kind": "Service", "metadata": ["name": "web"], "spec": [:]]
        let server = try MockControlPlane.open { $0.kubernetes.kinds = [.init("v1", "Service")] }
        #expect(try server.apply(path, service).status == 201)
        #expect(try server.kube("GET", path).json?["kind"] == "Service")
        #expect(try MockControlPlane.open().apply(path, service).status == 404)
    }

    @Test func `the mock's Kubernetes API makes what a server makes, and books the fields on the manager`() throws {
        let server = try MockControlPlane.open()
        let created = try server.kube("POST", workloadsPath + "?fieldManager=publisher", resource(labels: ["a": "b"]))
        #expect(created.status == 201)
        #expect(created.generation == 1)
        #expect(created.version == "272")
        #expect(created.json?["metadata"]?["uid"] == "00000000-0000-4000-8000-000000000001")
        let fields =
            #"{"f:metadata":{"f:labels":{".":{},"f:a":{}}},"f:spec":{".":{},"f:container":{".":{},"f:image":{}},"#
            + #""f:owner":{".":{},"f:componentName":{},"f:projectName":{}}}}"#
        #expect(created.managers == ["publisher Update \(fields)"])
        #expect(try server.kube("GET", workloadsPath + "/api").json == created.json)
        #expect(server.requests.map(\.route) == [.kubernetesCreate, .kubernetesGet])
    }

    @Test func `the mock's Kubernetes API refuses what exists, but only after its validation`() throws {
        let server = try MockControlPlane.open()
        server.kubernetes["workloads.openchoreo.dev", "shop", "api"] = resource()
        let again = try server.kube("POST", workloadsPath, resource())
        #expect(
            again.text
                == #"{"apiVersion":"v1","code":409,"details":{"group":"openchoreo.dev","kind":"workloads","name":"api"},"#
                + #""kind":"Status","message":"workloads.openchoreo.dev \"api\" already exists","metadata":{},"#
                + #""reason":"AlreadyExists","status":"Failure"}"#)
        let invalid = try server.kube("POST", workloadsPath, resource(image: ""))
        #expect(invalid.status == 422)
        #expect(
            invalid.message
                == #"Workload.openchoreo.dev "api" is invalid: spec.container.image: Invalid value: "": spec.container.image in body should be at least 1 chars long"#
        )
        let unknown = resource { $0["unknown"] = 1 }
        let strict = try server.kube("POST", workloadsPath + "?fieldValidation=Strict", unknown)
        #expect(strict.status == 400)
        #expect(
            strict.message
                == #"Workload in version "v1alpha1" cannot be handled as a Workload: strict decoding error: unknown field "spec.unknown""#
        )
        server.kubernetes["workloads.openchoreo.dev", "shop", "api"] = resource().with("deletionTimestamp", "t")
        let deleted = try server.kube("POST", workloadsPath, resource())
        #expect(deleted.message == #"object is being deleted: workloads.openchoreo.dev "api" already exists"#)
    }

    @Test func `the mock's Kubernetes API drops what it does not know, with a warning`() throws {
        let server = try MockControlPlane.open()
        let created = try server.kube("POST", workloadsPath, resource { $0["unknown"] = ["a": 1] })
        #expect(created.status == 201)
        #expect(created.header("Warning") == #"299 - "unknown field \"spec.unknown\"""#)
        #expect(created.json?["spec"]?["unknown"] == nil)
    }

    @Test func `the mock's Kubernetes API collects every fault of an object`() throws {
        let server = try MockControlPlane.open()
        let body = resource(image: "") {
            $0["endpoints"] = [
                "a": ["port": 70_000, "type": "HTTPS"], "b": ["port": "80", "type": "HTTP"],
                "c": ["type": "TCP", "visibility": ["external", "external"]],
            ]
            $0["container"] = ["env": [["key": "A", "value": "1", "valueFrom": [:]]]]
        }
        let refused = try server.kube("POST", workloadsPath, body)
        let causes = (refused.json?["details"]?["causes"]?.array ?? []).map {
            "\($0["reason"]?.string ?? "") \($0["field"]?.string ?? ""): \($0["message"]?.string ?? "")"
        }
        #expect(
            causes == [
                "FieldValueInvalid spec.container.env[0]: Invalid value: value and valueFrom are mutually exclusive",
                "FieldValueRequired spec.container.image: Required value",
                "FieldValueInvalid spec.endpoints.a.port: Invalid value: 70000: spec.endpoints.a.port in body should be less than or equal to 65535",
                #"FieldValueNotSupported spec.endpoints.a.type: Unsupported value: "HTTPS": supported values: "HTTP", "gRPC", "GraphQL", "Websocket", "TCP", "UDP""#,
                #"FieldValueTypeInvalid spec.endpoints.b.port: Invalid value: "string": spec.endpoints.b.port in body must be of type integer: "string""#,
                #"FieldValueDuplicate spec.endpoints.c.visibility[1]: Duplicate value: "external""#,
                "FieldValueRequired spec.endpoints.c.port: Required value",
                "FieldValueInvalid <nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
            ])
        #expect(refused.status == 422)
    }

    @Test func `the mock's Kubernetes API replaces the version that was read and no other`() throws {
        let server = try MockControlPlane.open()
        server.kubernetes["workloads.openchoreo.dev", "shop", "api"] = resource()
        let path = workloadsPath + "/api"
        let read = try server.kube("GET", path)
        let version = try #require(read.version?.string)
        let changed = try server.kube("PUT", path, resource(image: "registry/api:2", version: version))
        #expect(changed.status == 200)
        #expect(changed.generation == 2)
        #expect(changed.version != read.version)
        let unchanged = try server.kube(
            "PUT", path, resource(image: "registry/api:2", version: changed.version?.string))
        #expect(unchanged.json == changed.json)
        let stale = try server.kube("PUT", path, resource(version: version))
        #expect(stale.status == 409)
        #expect(stale.json?["reason"] == "Conflict")
        let without = try server.kube("PUT", path, resource())
        #expect(without.status == 422)
        #expect(
            without.message
                == #"workloads.openchoreo.dev "api" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update"#
        )
        let other = resource(image: "x", version: changed.version?.string) {
            $0["owner"] = ["projectName": "a", "componentName": "b"]
        }
        let owner = try server.kube("PUT", path, other)
        #expect(owner.status == 422)
        #expect(
            owner.json?["details"]?["causes"] == [
                [
                    "field": "spec.owner", "message": "Invalid value: spec.owner is immutable",
                    "reason": "FieldValueInvalid",
                ]
            ])
        #expect(try server.kube("PUT", workloadsPath + "/none", resource(name: "none", version: "1")).status == 404)
    }

    @Test(
        arguments: [
            (
                "POST", workloadsPath + "?dryRun=all", 422,
                #"CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["all"]: supported values: "All""#
            ),
            ("POST", "/apis/openchoreo.dev/v1beta1/namespaces/shop/workloads", 404, nil),
            ("POST", "/apis/openchoreo.dev/v1alpha1/namespaces/shop/workload", 404, nil),
            ("PUT", workloadsPath, 400, "name must be provided"),
            (
                "PUT", workloadsPath + "/other", 400,
                "the name of the object (api) does not match the name on the URL (other)"
            ),
            ("POST", "/apis/openchoreo.dev/v1alpha1/namespaces/gone/workloads", 404, #"namespaces "gone" not found"#),
            ("DELETE", workloadsPath + "/api", 405, "the server does not allow this method on the requested resource"),
        ] as [(String, String, Int, String?)])
    func `the mock's Kubernetes API refuses as the real server`(
        method: String, path: String, status: Int, message: String?
    ) throws {
        let server = try MockControlPlane.open { $0.kubernetes.existingNamespaces = ["shop"] }
        let response = try server.kube(method, path, resource())
        #expect(response.status == status)
        #expect(response.message == message)
        if message == nil { #expect(response.text == "404 page not found\n") }
    }

    @Test func `the mock's Kubernetes API asks for a token, and for the right of each verb`() throws {
        let server = try MockControlPlane.open { $0.kubernetes.denied = ["create workloads", "get workloads"] }
        let denied = try server.kube("POST", workloadsPath, resource())
        #expect(denied.status == 403)
        #expect(
            denied.message
                == #"workloads.openchoreo.dev is forbidden: User "publisher" cannot create resource "workloads" in API group "openchoreo.dev" in the namespace "shop""#
        )
        #expect(try server.apply(workloadsPath + "/api", resource()).status == 403)
        #expect(try server.call("GET", workloadsPath + "/api", headers: ["Authorization: Bearer x"]).status == 401)
        let anonymous = try server.call("GET", workloadsPath + "/api", headers: [])
        #expect(anonymous.status == 403)
        #expect(anonymous.message?.contains(#"User "system:anonymous" cannot get"#) == true)
        for (verb, allowed) in [("create", false), ("patch", true)] {
            let review = try server.kube(
                "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                ["spec": ["resourceAttributes": ["verb": .string(verb), "resource": "workloads"]]])
            #expect(review.status == 201)
            #expect(review.json?["status"]?["allowed"] == .bool(allowed))
        }
    }

    @Test func `the mock's Kubernetes API stores nothing in a dry run`() throws {
        let server = try MockControlPlane.open()
        #expect(try server.kube("POST", workloadsPath + "?dryRun=All", resource()).status == 201)
        #expect(try server.apply(workloadsPath + "/api", resource(), "&dryRun=All").status == 201)
        #expect(server.kubernetes.paths == [])
    }

    @Test func `the mock's Kubernetes API counts the stored form against the store's limit`() throws {
        let server = try MockControlPlane.open()
        func body(_ text: String) -> JSONValue {
            resource { $0["endpoints"] = ["a": ["port": 1, "type": "TCP", "basePath": .string(text)]] }
        }
        #expect(try server.kube("POST", workloadsPath, body(String(repeating: "x", count: 270_000))).status == 201)
        let large = try server.kube("POST", workloadsPath, body(String(repeating: "<", count: 270_000)).named("b"))
        #expect(large.status == 500)
        #expect(large.message == "etcdserver: request is too large")
        #expect(large.json?["reason"] == nil)
    }

    @Test func `the mock's Kubernetes API patches by merge`() throws {
        let server = try MockControlPlane.open()
        server.kubernetes["workflowruns.openchoreo.dev", "shop", "run"] = [
            "metadata": ["annotations": ["a": "b"]], "spec": ["x": 1],
        ]
        let path = "/apis/openchoreo.dev/v1alpha1/namespaces/shop/workflowruns/run?fieldManager=publisher"
        let patch: JSONValue = ["metadata": ["annotations": ["c": "d"]]]
        let patched = try server.kube("PATCH", path, patch, type: "application/merge-patch+json")
        #expect(patched.status == 200)
        #expect(patched.json?["metadata"]?["annotations"] == ["a": "b", "c": "d"])
        #expect(patched.json?["spec"] == ["x": 1])
        #expect(patched.managers == [#"publisher Update {"f:metadata":{"f:annotations":{"f:c":{}}}}"#])
        #expect(try server.kube("PATCH", path, patch, type: "application/strategic-merge-patch+json").status == 415)
    }

    @Test func `the mock's Kubernetes API lets a controller write the status`() throws {
        let server = try MockControlPlane.open {
            $0.kubernetes.status = { kind, object, reads in
                ["phase": reads < 2 ? "Pending" : "Running", "seen": object["metadata"]?["generation"] ?? 0]
            }
        }
        let path = workloadsPath + "/api"
        let applied = try server.apply(path, resource())
        #expect(applied.json?["status"] == nil)
        #expect(try server.kube("GET", path).json?["status"] == ["phase": "Pending", "seen": 1])
        let running = try server.kube("GET", path)
        #expect(running.json?["status"] == ["phase": "Running", "seen": 1])
        #expect(try server.apply(path, resource()).version == running.version)
        #expect(try server.apply(path, resource(image: "x:2")).generation == 2)
        #expect(try server.kube("GET", path).json?["status"] == ["phase": "Pending", "seen": 2])
    }
}

extension JSONValue {
    /// The same with one member of its metadata more.
    func with(_ name: String, _ value: JSONValue) -> JSONValue {
        var object = object ?? JSONObject()
        var metadata = object["metadata"]?.object ?? JSONObject()
        metadata[name] = value
        object["metadata"] = .object(metadata)
        return .object(object)
    }

    func named(_ name: String) -> JSONValue { with("name", .string(name)) }
}
