import JSON
import MockControlPlane
import Testing

@Suite struct MockKubernetesApply {
    private let path = workloadsPath + "/api"
    private let owned =
        #"{"f:spec":{"f:container":{"f:image":{}},"f:owner":{"f:componentName":{},"f:projectName":{}}}}"#

    @Test
    func
        `the mock's server-side apply creates, keeps the version of what is unchanged, and takes away what is no longer applied`()
        throws
    {
        let server = try MockControlPlane.open()
        let created = try server.apply(path, resource(labels: ["app": "x"]))
        #expect(created.status == 201)
        let again = try server.apply(path, resource(labels: ["app": "x"]))
        #expect(again.status == 200)
        #expect(again.json == created.json)
        _ = try server.kube(
            "PATCH", path + "?fieldManager=other", ["metadata": ["labels": ["foreign": "kept"]]],
            type: "application/merge-patch+json")
        let without = try server.apply(path, resource())
        #expect(without.json?["metadata"]?["labels"] == ["foreign": "kept"])
        #expect(without.generation == 1)
        #expect(
            Set(without.managers) == [
                "publisher Apply \(owned)", #"other Update {"f:metadata":{"f:labels":{"f:foreign":{}}}}"#,
            ])
    }

    @Test
    func `the mock's server-side apply names field and manager of a conflict, shares equal values and yields to force`()
        throws
    {
        let server = try MockControlPlane.open()
        _ = try server.apply(path, resource())
        let conflict = try server.apply(path, resource(image: "x:2"), manager: "other")
        #expect(conflict.status == 409)
        #expect(conflict.message == #"Apply failed with 1 conflict: conflict with "publisher": .spec.container.image"#)
        #expect(
            conflict.json?["details"] == [
                "causes": [
                    [
                        "reason": "FieldManagerConflict", "message": #"conflict with "publisher""#,
                        "field": ".spec.container.image",
                    ]
                ]
            ])
        #expect(try server.apply(path, resource(), manager: "other").status == 200)
        let forced = try server.apply(path, resource(image: "x:2"), manager: "other", "&force=true")
        #expect(forced.json?["spec"]?["container"]?["image"] == "x:2")
        let back = try server.apply(path, resource())
        #expect(back.message == #"Apply failed with 1 conflict: conflict with "other": .spec.container.image"#)
        let both = resource(image: "x:3") { $0["owner"] = ["projectName": "shop", "componentName": "web"] }
        let two = try server.apply(path, both, manager: "third")
        #expect(
            two.message
                == "Apply failed with 3 conflicts: conflicts with \"other\":\n- .spec.container.image\n"
                + "- .spec.owner.componentName\nconflicts with \"publisher\":\n- .spec.owner.componentName")
    }

    @Test func `the mock's server-side apply conflicts with an update under the very same name`() throws {
        let server = try MockControlPlane.open()
        _ = try server.kube("POST", workloadsPath + "?fieldManager=publisher", resource(labels: ["old": "x"]))
        let conflict = try server.apply(path, resource(image: "x:2"))
        #expect(
            conflict.message
                == #"Apply failed with 1 conflict: conflict with "publisher" using openchoreo.dev/v1alpha1: .spec.container.image"#
        )
        let forced = try server.apply(path, resource(image: "x:2"), "&force=true")
        #expect(forced.json?["metadata"]?["labels"] == ["old": "x"])
        #expect(forced.managers.contains("publisher Apply \(owned)"))
        let rest =
            #"{"f:metadata":{"f:labels":{".":{},"f:old":{}}},"f:spec":{".":{},"f:container":{},"#
            + #""f:owner":{".":{},"f:componentName":{},"f:projectName":{}}}}"#
        #expect(forced.managers.contains("publisher Update \(rest)"))
    }

    @Test func `the mock's server-side apply leaves an endpoint that an update wrote`() throws {
        let server = try MockControlPlane.open()
        let open = resource { $0["endpoints"] = ["a": ["port": 1, "type": "TCP"]] }
        _ = try server.kube("POST", workloadsPath + "?fieldManager=publisher", open)
        let applied = try server.apply(path, resource())
        #expect(applied.json?["spec"]?["endpoints"] == ["a": ["port": 1, "type": "TCP"]])
    }

    @Test func `the mock's server-side apply merges lists that have keys`() throws {
        let server = try MockControlPlane.open()
        func body(_ refs: [String]) -> JSONValue {
            resource { $0["dependencies"] = ["resources": .array(refs.map { ["ref": .string($0)] })] }
        }
        _ = try server.apply(path, body(["a"]))
        let both = try server.apply(path, body(["b"]), manager: "other")
        #expect(both.json?["spec"]?["dependencies"]?["resources"] == [["ref": "a"], ["ref": "b"]])
        let one = try server.apply(path, resource())
        #expect(one.json?["spec"]?["dependencies"]?["resources"] == [["ref": "b"]])
        let twice = try server.apply(path, body(["c", "c"]))
        #expect(twice.status == 500)
        #expect(
            twice.message
                == #"failed to create typed patch object (shop/api; openchoreo.dev/v1alpha1, Kind=Workload): .spec.dependencies.resources: duplicate entries for key [ref="c"]"#
        )
    }

    @Test func `the mock's server-side apply cannot type what the schema does not know`() throws {
        let server = try MockControlPlane.open()
        let unknown = try server.apply(path, resource { $0["unknown"] = 1 }, "&fieldValidation=Strict")
        #expect(unknown.status == 500)
        #expect(unknown.json?["reason"] == nil)
        #expect(
            unknown.message
                == "failed to create typed patch object (shop/api; openchoreo.dev/v1alpha1, Kind=Workload): .spec.unknown: "
                + "field not declared in schema")
        #expect(try server.kube("PATCH", path, resource(), type: "application/apply-patch+yaml").status == 422)
    }

    @Test(arguments: [
        ("\u{7F}", "control characters are not allowed"), ("\u{80}", "control characters are not allowed"),
        ("\u{FFFE}", "control characters are not allowed"), (#"\/"#, "found unknown escape character"),
        (#"\ud83d\ude42"#, "found invalid Unicode character escape code"),
        (#"":1,""# + String(repeating: "k", count: 1024) + #"":"v"#, "did not find expected ',' or '}'"),
    ])
    func `the mock's server-side apply refuses what YAML does not read`(text: String, reason: String) throws {
        let server = try MockControlPlane.open()
        let body =
            #"{"apiVersion":"v1","kind":"ConfigMap","data":{"a\#(text.hasPrefix("\"") ? "" : "\":\"")\#(text)"}}"#
        let headers = ["Authorization: Bearer t", "Content-Type: application/apply-patch+yaml"]
        let response = try server.call(
            "PATCH", "/api/v1/namespaces/shop/configmaps/c?fieldManager=p", body, headers: headers)
        #expect(response.status == 400)
        #expect(response.message == "error decoding YAML: error converting YAML to JSON: yaml: \(reason)")
    }

    @Test(arguments: [
        ("a\u{85}b", "a b"), ("a \u{2028} b", "a\u{2028}b"), (#"\u007f\u0085\u2028"#, "\u{7F}\u{85}\u{2028}"),
        ("🙂", "🙂"),
    ])
    func `the mock's server-side apply reads text as YAML reads it`(text: String, stored: String) throws {
        let server = try MockControlPlane.open()
        let body = #"{"apiVersion":"v1","kind":"ConfigMap","data":{"a":"\#(text)"}}"#
        let headers = ["Authorization: Bearer t", "Content-Type: application/apply-patch+yaml"]
        let response = try server.call(
            "PATCH", "/api/v1/namespaces/shop/configmaps/c?fieldManager=p", body, headers: headers)
        #expect(response.json?["data"]?["a"] == .string(stored))
    }

    @Test func `the mock's server-side apply serves a kind a while after its definition`() throws {
        let server = try MockControlPlane.open()
        let list = "/apis/example.com/v1"
        let thing: JSONValue = ["apiVersion": "example.com/v1", "kind": "Thing", "spec": ["size": 1], "more": [1]]
        #expect(try server.kube("GET", list).text == "404 page not found\n")
        let definition: JSONValue = [
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": ["name": "things.example.com"],
            "spec": [
                "group": "example.com", "scope": "Namespaced", "names": ["kind": "Thing", "plural": "things"],
                "versions": [
                    [
                        "name": "v1", "served": true,
                        "schema": [
                            "openAPIV3Schema": [
                                "type": "object", "x-kubernetes-preserve-unknown-fields": true,
                                "properties": [
                                    "spec": [
                                        "type": "object", "properties": ["size": ["type": "integer", "maximum": 3]],
                                    ]
                                ],
                            ]
                        ],
                    ]
                ],
            ],
        ]
        let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/things.example.com"
        #expect(try server.apply(definitions, definition).status == 201)
        #expect(try server.apply("/apis/example.com/v1/namespaces/shop/things/t", thing).status == 404)
        #expect(try server.kube("GET", list).status == 404)
        let served = try server.kube("GET", list)
        #expect(served.json?["resources"]?.array?.compactMap { $0["kind"] } == ["Thing"])
        #expect(served.json?["resources"]?.array?.first?["namespaced"] == true)
        let stored = try server.apply("/apis/example.com/v1/namespaces/shop/things/t", thing)
        #expect(stored.status == 201)
        #expect(stored.json?["more"] == [1])
        let large: JSONValue = ["apiVersion": "example.com/v1", "kind": "Thing", "spec": ["size": 4]]
        #expect(try server.apply("/apis/example.com/v1/namespaces/shop/things/t", large).status == 422)
        let conditions = try server.kube("GET", definitions).json?["status"]?["conditions"]
        #expect(conditions == [["type": "Established", "status": "True"]])
        let groups = try server.kube("GET", "/apis").json?["groups"]?.array ?? []
        #expect(groups.compactMap { $0["name"]?.string } == ["apiextensions.k8s.io", "example.com", "openchoreo.dev"])
    }
}
