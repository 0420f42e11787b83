import JSON

extension Schema {
    /// An entry of `endpoints`.
    static let endpoint = Schema(
        name: "endpoint",
        title: "Endpoint",
        description: "A network interface that the component offers.",
        fields: [
            Field(
                key: "name", title: "Name",
                description: "The endpoint's name, unique in this file: an RFC 1123 label of at most 63 characters.",
                type: .text(.label), presence: .required, examples: ["reading-list-api"], sent: .nothing),
            Field(
                key: "displayName", title: "Display name", description: "A name for people.", type: .text(.any),
                examples: ["Reading list API"]),
            Field(
                key: "port", title: "Port", description: "The port at which other components reach the endpoint.",
                type: .integer(ports), presence: .required, examples: [8080]),
            Field(
                key: "targetPort", title: "Target port",
                description: "The port at which the container listens. Without it, that is the port.",
                type: .integer(ports), examples: [5000]),
            Field(
                key: "type", title: "Type",
                description: "The protocol. REST is the name of HTTP before v1.0.0: HTTP is sent for it.",
                type: .choice(Choice(values: EndpointType.allCases.map(\.rawValue), former: ["REST": "HTTP"])),
                presence: .required, examples: ["HTTP"]),
            Field(
                key: "basePath", title: "Base path", description: "The path under which the API begins.",
                type: .text(.any), examples: ["/api/v1"]),
            Field(
                key: "schemaFile", title: "Schema file",
                description: "A file that describes the API: OpenAPI, protobuf or GraphQL. The path is relative to "
                    + "this file and stays inside the source dir; the file's text is published.",
                type: .file, examples: ["openapi.yaml"], former: .read("schemaFilePath"), sent: .renamed("schema")),
            Field(
                key: "visibility", title: "Visibility",
                description: "Who reaches the endpoint beyond its own project, which always does.",
                type: .choices(
                    Choice(
                        values: ["project", "namespace", "internal", "external"],
                        foreign: ["public": "external", "organization": "namespace", "project": "project"])),
                defaultValue: [], examples: [["external"]], former: .notRead("networkVisibilities")),
            Field(
                key: "context", title: "Context", description: "A key without meaning: nothing of it is sent.",
                type: .anything, notice: .notSent("a Workload has no place for it"), sent: .nothing),
        ],
        hints: ["containerPort": "write 'port', and 'targetPort' where the container listens at another one"],
        formerGroup: FormerGroup(key: "service", fields: ["port", "basePath"]),
        inspection: .endpoint,
        convert: { endpoint in
            guard let content = endpoint["schema"]?.string else { return }
            let type = endpoint["type"]?.string.flatMap(EndpointType.init)?.schemaType
            var schema = JSONObject()
            schema["type"] = type.map { .string($0) }
            schema["content"] = content.isEmpty ? nil : .string(content)
            endpoint["schema"] = schema.isEmpty ? nil : .object(schema)
        })

    private static let ports = 1...65535
}

/// The protocols of an endpoint, under the names that the API uses.
enum EndpointType: String, Sendable, CaseIterable {
    case http = "HTTP"
    case grpc = "gRPC"
    case graphQL = "GraphQL"
    case websocket = "Websocket"
    case tcp = "TCP"
    case udp = "UDP"

    /// The kind of document that describes such an endpoint's API, where there is a usual one.
    var schemaType: String? {
        switch self {
        case .http: "openapi"
        case .grpc: "proto"
        case .graphQL: "graphql"
        case .websocket, .tcp, .udp: nil
        }
    }
}
