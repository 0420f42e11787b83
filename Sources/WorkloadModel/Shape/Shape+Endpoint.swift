extension Shape {
    /// An entry of `endpoints`.
    static let endpoint = Shape(
        name: "endpoint",
        title: "Endpoint",
        description: "A network interface that the component offers.",
        fields: [
            Field(
                key: "name", title: "Name",
                description: "The endpoint's name, unique in this file: an RFC 1123 label of at most 63 characters.",
                type: .text(.label), presence: .required, examples: ["reading-list-api"]),
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
                type: .file, examples: ["openapi.yaml"], formerKeys: ["schemaFilePath"]),
            Field(
                key: "visibility", title: "Visibility",
                description: "Who reaches the endpoint beyond its own project, which always does.",
                type: .choices(Choice(values: EndpointVisibility.allCases.map(\.rawValue))), defaultValue: [],
                examples: [["external"]], formerKeys: ["networkVisibilities"]),
            Field(
                key: "context", title: "Context", description: "A key without meaning: nothing of it is sent.",
                type: .anything, notice: .notSent("a Workload has no place for it"),
            ),
        ])

    private static let ports = 1...65535
}
