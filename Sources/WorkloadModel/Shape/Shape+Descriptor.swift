extension Shape {
    /// The whole of `workload.yaml`.
    static let descriptor = Shape(
        name: "descriptor",
        title: "OpenChoreo workload descriptor",
        description: "What a component needs at run time. It lies as workload.yaml beside the component's source.",
        fields: [
            Field(
                key: "apiVersion", title: "API version", description: "The version of this format.",
                type: .choice(Choice(values: ["openchoreo.dev/v1alpha1"])), presence: .recommended,
                examples: ["openchoreo.dev/v1alpha1"]),
            Field(
                key: "metadata", title: "Metadata", description: "What people call this descriptor; nothing is sent.",
                type: .mapping(metadata)),
            Field(
                key: "endpoints", title: "Endpoints",
                description: "The network interfaces that the component offers.",
                type: .list(Entries(noun: "endpoint", shape: endpoint, unique: "name")),
                examples: [[["name": "api", "port": 8080, "type": "HTTP"]]]),
            Field(
                key: "dependencies", title: "Dependencies",
                description: "Endpoints of other components and resources that the component uses.",
                type: .mapping(dependencies)),
            Field(
                key: "connections", title: "Connections",
                description: "The name of dependencies.endpoints in v1.0.0-rc.1, with the same entries.",
                type: .list(Entries(noun: "connection", shape: endpointDependency, maximum: 50)),
                notice: .former("write its entries under 'dependencies.endpoints'")),
            Field(
                key: "configurations", title: "Configurations",
                description: "The environment variables and files of the component's container.",
                type: .mapping(configurations)),
        ],
        rules: [
            .exclusive(
                "connections", "endpoints", inside: "dependencies", hint: "move all entries to 'dependencies.endpoints'"
            )
        ])

    private static let metadata = Shape(
        name: "metadata",
        title: "Metadata",
        description: "What people call this descriptor; nothing of it is sent.",
        fields: [
            Field(
                key: "name", title: "Name",
                description: "A name for people. The Workload's name comes from the pipeline, never from here.",
                type: .text(.any), examples: ["reading-list-service"])
        ])
}
