import JSON

extension Schema {
    /// An entry of `endpoints`.
    static let endpoint = Schema(
        name: "endpoint",
        description: "A network interface that the component offers.",
        fields: [
            Field(
                key: "name", type: .text(.label),
                description: "The endpoint's name, unique in this file: an RFC 1123 label of at most 63 characters.",
                presence: .required, examples: ["reading-list-api"], isSent: false),
            Field(
                key: "displayName", type: .text(.any), description: "A name for people.",
                examples: ["Reading list API"]),
            Field(
                key: "port", type: .integer(ports),
                description: "The port at which other components reach the endpoint.", presence: .required,
                examples: [8080]),
            Field(
                key: "targetPort", type: .integer(ports),
                description: "The port at which the container listens. Without it, that is the port.",
                examples: [5000]),
            Field(
                key: "type",
                type: .choice(Choice(values: EndpointType.allCases.map(\.rawValue), former: ["REST": "HTTP"])),
                description: "The protocol. REST is the name of HTTP before v1.0.0: HTTP is sent for it.",
                presence: .required, examples: ["HTTP"]),
            Field(
                key: "basePath", type: .text(.any), description: "The path under which the API begins.",
                examples: ["/api/v1"]),
            Field(
                key: "schemaFile", type: .file,
                description: "A file that describes the API: OpenAPI, protobuf or GraphQL. The path is relative to "
                    + "this file and stays inside the source dir; the file's text is published.",
                examples: ["openapi.yaml"], former: "schemaFilePath", sentAs: "schema"),
            Field(
                key: "visibility",
                type: .choices(
                    Choice(
                        values: ["project", "namespace", "internal", "external"],
                        foreign: ["public": "external", "organization": "namespace", "project": "project"])),
                description: "Who reaches the endpoint beyond its own project, which always does.",
                examples: [["external"]], former: "networkVisibilities", isFormerRead: false),
            Field(
                key: "context", type: .anything, description: "A key without meaning: nothing of it is sent.",
                notice: (.notSent, "'context' is not sent, for a Workload has no place for it; remove it"),
                isSent: false),
        ],
        hints: ["containerPort": "write 'port', and 'targetPort' where the container listens at another one"],
        formerGroup: ("service", ["port", "basePath"]),
        inspect: { $0.inspect(endpoint: $1) },
        convert: { endpoint in
            guard let content = endpoint["schema"]?.string else { return }
            let type = endpoint["type"]?.string.flatMap(EndpointType.init)?.schemaType
            let schema: JSONObject = [
                "type": type.map { .string($0) }, "content": content.isEmpty ? nil : .string(content),
            ]
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
