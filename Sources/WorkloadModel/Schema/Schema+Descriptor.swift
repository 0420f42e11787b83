extension Schema {
    /// The whole of `workload.yaml`.
    static let descriptor = Schema(
        name: "descriptor",
        title: "OpenChoreo workload descriptor",
        description: "What a component needs at run time. It lies as workload.yaml beside the component's source.",
        fields: [
            Field(
                key: "apiVersion", title: "API version", description: "The version of this format.",
                type: .choice(Choice(values: ["openchoreo.dev/v1alpha1"])), presence: .recommended,
                examples: ["openchoreo.dev/v1alpha1"], sent: .nothing),
            Field(
                key: "metadata", title: "Metadata",
                description: "What people call this descriptor; nothing is sent, and keys are free.",
                type: .mapping(metadata), sent: .nothing),
            Field(
                key: "endpoints", title: "Endpoints",
                description: "The network interfaces that the component offers.",
                type: .list(Entries(noun: "endpoint", schema: endpoint, unique: "name", isKeyed: true)),
                examples: [[["name": "api", "port": 8080, "type": "HTTP"]]]),
            Field(
                key: "dependencies", title: "Dependencies",
                description: "Endpoints of other components and resources that the component uses.",
                type: .mapping(dependencies)),
            Field(
                key: "connections", title: "Connections",
                description: "The name of dependencies.endpoints in v1.0.0-rc.1, with the same entries.",
                type: .list(Entries(noun: "connection", schema: endpointDependency, maximum: 50)),
                notice: .former("write its entries under 'dependencies.endpoints'")),
            Field(
                key: "configurations", title: "Configurations",
                description: "The environment variables and files of the component's container.",
                type: .mapping(configurations), sent: .renamed("container")),
        ],
        rules: [
            .exclusive(
                "connections", "endpoints", inside: "dependencies", hint: "move all entries to 'dependencies.endpoints'"
            )
        ],
        otherKeys: .unknownSection,
        convert: { spec in
            // The former name holds the same entries, and never beside the present one.
            guard let former = spec["connections"] else { return }
            spec["connections"] = nil
            spec["dependencies"]["endpoints"] = former
        })

    private static let metadata = Schema(
        name: "metadata",
        title: "Metadata",
        description: "What people call this descriptor; nothing of it is sent, and every other key is free.",
        fields: [
            Field(
                key: "name", title: "Name",
                description: "A name for people. The Workload's name comes from the pipeline, never from here.",
                type: .text(.any), examples: ["reading-list-service"])
        ],
        otherKeys: nil)
}
