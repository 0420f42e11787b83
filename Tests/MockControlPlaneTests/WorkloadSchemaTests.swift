import JSON
import MockControlPlane
import Testing

/// A Workload that a server refuses: where its spec is changed, and the one problem that each version reports.
struct Violation: Sendable, CustomTestStringConvertible {
    let member: String
    let value: JSONValue
    let field: String
    let message: String
    var versions = Set(MockControlPlane.APIVersion.allCases)

    var testDescription: String { "\(field) \(message)" }
}

@Suite struct MockWorkloadSchema {
    private static func container(_ extra: (String, JSONValue)) -> JSONValue {
        .object(
            JSONObject([
                .init(name: "image", value: "i"), .init(name: extra.0, value: extra.1),
            ]))
    }

    private static func dependency(_ extra: (String, JSONValue)?, without: String? = nil) -> JSONValue {
        var object = JSONObject([
            .init(name: "component", value: "c"), .init(name: "name", value: "n"),
            .init(name: "visibility", value: "project"), .init(name: "envBindings", value: [:]),
        ])
        if let without { object[without] = nil }
        if let extra { object[extra.0] = extra.1 }
        return ["endpoints": [.object(object)]]
    }

    private static let manyBindings = JSONValue.object(
        JSONObject((1...51).map { .init(name: "output\($0)", value: "NAME") }))
    private static let secret: JSONValue = ["secretKeyRef": ["name": "s", "key": "k"]]

    static let violations: [Violation] = [
        Violation(member: "replicas", value: 1, field: "spec.replicas", message: "unknown field"),
        Violation(
            member: "owner", value: ["projectName": "", "componentName": "api"], field: "spec.owner.projectName",
            message: "must not be empty"),
        Violation(
            member: "owner", value: ["projectName": "shop"], field: "spec.owner.componentName", message: "is required"),
        Violation(
            member: "endpoints", value: ["a": ["type": "HTTP", "port": (try? JSONValue(parsing: "80.5")) ?? .null]],
            field: "spec.endpoints.a.port", message: "must be an integer, not 80.5"),
        Violation(member: "container", value: [:], field: "spec.container.image", message: "is required"),
        Violation(
            member: "container", value: ["image": ""], field: "spec.container.image", message: "must not be empty"),
        Violation(
            member: "container", value: container(("command", "sh")), field: "spec.container.command",
            message: "must be an array, not a string"),
        Violation(
            member: "container", value: container(("args", ["-v", 1])), field: "spec.container.args[1]",
            message: "must be a string, not a number"),
        Violation(
            member: "container", value: container(("env", [["value": "v"]])), field: "spec.container.env[0].key",
            message: "is required"),
        Violation(
            member: "container", value: container(("env", [["key": "A", "value": "a"], ["key": "B", "value": 1]])),
            field: "spec.container.env[1].value", message: "must be a string, not a number"),
        Violation(
            member: "container", value: container(("env", [["key": "A", "value": "a", "valueFrom": secret]])),
            field: "spec.container.env[0]", message: "value and valueFrom are mutually exclusive",
            versions: [.current]),
        Violation(
            member: "container", value: container(("env", [["key": "A", "value": "a", "valueFrom": secret]])),
            field: "spec.container.env[0]", message: "exactly one of value or valueFrom must be set",
            versions: [.releaseCandidate]),
        Violation(
            member: "container", value: container(("env", [["key": "A"]])), field: "spec.container.env[0]",
            message: "exactly one of value or valueFrom must be set", versions: [.releaseCandidate]),
        Violation(
            member: "container", value: container(("files", [["key": "A", "mountPath": "/a"]])),
            field: "spec.container.files[0]", message: "exactly one of value or valueFrom must be set",
            versions: [.releaseCandidate]),
        Violation(
            member: "container", value: container(("files", [["key": "A", "value": "a"]])),
            field: "spec.container.files[0].mountPath", message: "is required"),
        Violation(
            member: "container", value: container(("env", [["key": "A", "valueFrom": ["path": "x"]]])),
            field: "spec.container.env[0].valueFrom.path", message: "unknown field"),
        Violation(
            member: "container",
            value: container(("env", [["key": "A", "valueFrom": ["secretKeyRef": ["name": "s"]]]])),
            field: "spec.container.env[0].valueFrom.secretKeyRef.key", message: "is required"),
        Violation(
            member: "container",
            value: container(("env", [["key": "A", "valueFrom": ["secretKeyRef": ["name": "", "key": "k"]]]])),
            field: "spec.container.env[0].valueFrom.secretKeyRef.name", message: "must not be empty",
            versions: [.current]),
        Violation(
            member: "endpoints", value: ["api": ["type": "HTTP", "port": 0]], field: "spec.endpoints.api.port",
            message: "must be 1 to 65535"),
        Violation(
            member: "endpoints", value: ["api": ["type": "HTTP", "port": 80, "targetPort": 65_536]],
            field: "spec.endpoints.api.targetPort", message: "must be 1 to 65535"),
        Violation(
            member: "endpoints", value: ["api": ["type": "HTTP", "port": "80"]], field: "spec.endpoints.api.port",
            message: "must be an integer, not a string"),
        Violation(
            member: "endpoints", value: ["api": ["port": 80]], field: "spec.endpoints.api.type", message: "is required"),
        Violation(
            member: "endpoints", value: ["api": ["type": "REST", "port": 80]], field: "spec.endpoints.api.type",
            message: "must be one of HTTP, gRPC, GraphQL, Websocket, TCP, UDP, not \"REST\"", versions: [.current]),
        Violation(
            member: "endpoints", value: ["api": ["type": "http", "port": 80]], field: "spec.endpoints.api.type",
            message: "must be one of HTTP, gRPC, GraphQL, Websocket, TCP, UDP, REST, not \"http\"",
            versions: [.releaseCandidate]),
        Violation(
            member: "endpoints", value: ["api": ["type": "TCP", "port": 80, "visibility": ["public"]]],
            field: "spec.endpoints.api.visibility[0]",
            message: "must be one of project, namespace, internal, external, not \"public\""),
        Violation(
            member: "endpoints", value: ["api": ["type": "TCP", "port": 80, "visibility": ["external", "external"]]],
            field: "spec.endpoints.api.visibility[1]", message: "duplicate value: \"external\""),
        Violation(
            member: "endpoints", value: ["api": ["type": "TCP", "port": 80, "schema": ["content": [:]]]],
            field: "spec.endpoints.api.schema.content", message: "must be a string, not an object"),
        Violation(
            member: "endpoints", value: ["api": ["type": "TCP", "port": 80, "context": "/"]],
            field: "spec.endpoints.api.context", message: "unknown field"),
        Violation(
            member: "endpoints", value: [], field: "spec.endpoints", message: "must be an object, not an array"),
        Violation(member: "endpoints", value: .null, field: "spec.endpoints", message: "must be an object, not null"),
        Violation(
            member: "dependencies", value: dependency(nil, without: "envBindings"),
            field: "spec.dependencies.endpoints[0].envBindings", message: "is required"),
        Violation(
            member: "dependencies", value: dependency(("component", "")),
            field: "spec.dependencies.endpoints[0].component", message: "must not be empty"),
        Violation(
            member: "dependencies", value: dependency(("visibility", "external")),
            field: "spec.dependencies.endpoints[0].visibility",
            message: "must be one of project, namespace, not \"external\""),
        Violation(
            member: "dependencies", value: dependency(("envBindings", ["url": "URL"])),
            field: "spec.dependencies.endpoints[0].envBindings.url", message: "unknown field"),
        Violation(
            member: "dependencies",
            value: [
                "endpoints": .array(Array(repeating: dependency(nil)["endpoints"]?.array?.first ?? .null, count: 51))
            ],
            field: "spec.dependencies.endpoints", message: "must have at most 50 items"),
        Violation(
            member: "dependencies", value: ["resources": [["ref": "db"]]], field: "spec.dependencies.resources",
            message: "unknown field", versions: [.releaseCandidate]),
        Violation(
            member: "dependencies", value: ["resources": [["ref": "db"], ["ref": "mq"], ["ref": "db"]]],
            field: "spec.dependencies.resources[2]", message: "duplicate value: \"db\"", versions: [.current]),
        Violation(
            member: "dependencies", value: ["resources": [["ref": ""]]], field: "spec.dependencies.resources[0].ref",
            message: "must not be empty", versions: [.current]),
        Violation(
            member: "dependencies", value: ["resources": [["ref": "db", "envBindings": ["url": ""]]]],
            field: "spec.dependencies.resources[0].envBindings",
            message: "envBindings keys (output names) and values (env var names) cannot be empty",
            versions: [.current]),
        Violation(
            member: "dependencies", value: ["resources": [["ref": "db", "fileBindings": ["": "/a"]]]],
            field: "spec.dependencies.resources[0].fileBindings",
            message: "fileBindings keys (output names) and values (mount paths) cannot be empty",
            versions: [.current]),
        Violation(
            member: "dependencies", value: ["resources": [["ref": "db", "envBindings": manyBindings]]],
            field: "spec.dependencies.resources[0].envBindings", message: "must have at most 50 properties",
            versions: [.current]),
    ]

    @Test(arguments: violations)
    func `the mock's schema of Workloads refuses a spec and names the field`(violation: Violation) throws {
        for version in violation.versions {
            let server = try MockControlPlane.open { $0.apiVersion = version }
            let response = try server.call("POST", collectionPath, workload { $0[violation.member] = violation.value })
            #expect(response.status == (version == .current ? 422 : 400))
            #expect(
                response.json == [
                    "error": .string("\(violation.field): \(violation.message)"),
                    "code": version == .current ? "UNPROCESSABLE_CONTENT" : "BAD_REQUEST",
                    "details": [["field": .string(violation.field), "message": .string(violation.message)]],
                ])
            #expect(server.workloads["default", "api-workload"] == nil)
        }
    }

    @Test func `the mock's schema of Workloads reports every problem at once`() throws {
        let server = try MockControlPlane.open()
        let response = try server.call(
            "POST", collectionPath,
            #"{"kind":"Pod","metadata":{"name":"A_b","labels":{"a/b/c":"x","ok":"not ok"},"#
                + #""annotations":{"-":"x"}},"spec":{"owner":1,"owner":2}}"#)
        let fields = response.json?["details"]?.array?.map {
            "\($0["field"]?.string ?? "") \($0["message"]?.string ?? "")"
        }
        #expect(
            fields == [
                "kind must be one of Workload, not \"Pod\"", "spec.owner must be an object, not a number",
                "spec.container is required", "spec.owner repeated field",
                "metadata.name must be a DNS subdomain (RFC 1123), not \"A_b\"",
                "metadata.labels invalid key \"a/b/c\"",
                "metadata.labels.ok invalid value \"not ok\"", "metadata.annotations invalid key \"-\"",
            ])
    }

    @Test(arguments: [
        ("a.b-c.0", true), ("a..b", false), ("-a", false), ("a.", false), ("A", false),
        (String(repeating: "a", count: 253), true), (String(repeating: "a", count: 254), false),
    ])
    func `the mock's schema of Workloads takes a DNS subdomain for a name`(name: String, isAccepted: Bool) throws {
        let server = try MockControlPlane.open()
        #expect(try server.call("POST", collectionPath, workload(name: name)).status == (isAccepted ? 201 : 422))
    }

    @Test(arguments: MockControlPlane.APIVersion.allCases)
    func `the mock's schema of Workloads takes a Workload with everything in it`(version: MockControlPlane.APIVersion)
        throws
    {
        let server = try MockControlPlane.open { $0.apiVersion = version }
        let secret = Self.secret
        let body = workload(metadata: [
            ("namespace", "default"), ("labels", ["openchoreo.dev/project": "shop", "empty": ""]),
            ("annotations", ["example.com/any": "a\nb"]),
        ]) { spec in
            spec["container"] = [
                "image": "i", "command": ["sh"], "args": ["-c"],
                "env": [["key": "A", "value": "a"], ["key": "B", "valueFrom": secret]],
                "files": [["key": "f", "mountPath": "/f", "value": ""]],
            ]
            spec["endpoints"] = [
                "api.v1": [
                    "type": version == .current ? "GraphQL" : "REST", "port": 1, "targetPort": 65_535,
                    "displayName": "API", "basePath": "/",
                    "visibility": ["project", "namespace", "internal", "external"],
                    "schema": ["type": "anything", "content": "x"],
                ]
            ]
            var dependencies = JSONObject()
            dependencies["endpoints"] = [
                [
                    "project": "p", "component": "c", "name": "n", "visibility": "namespace",
                    "envBindings": ["address": "A", "host": "H", "port": "P", "basePath": "B"],
                ]
            ]
            if version == .current {
                dependencies["resources"] = [
                    ["ref": "db", "envBindings": ["url": "URL"], "fileBindings": ["ca": "/ca"]], ["ref": "mq"],
                ]
            }
            spec["dependencies"] = .object(dependencies)
        }
        let response = try server.call("POST", collectionPath, body)
        #expect(response.status == 201, "\(response.text)")
        #expect(response.json?["spec"] == body["spec"])
    }
}
