extension Schema {
    /// The whole of `workload.yaml`.
    static let descriptor = Schema(
        name: "descriptor",
        description: "What a component needs at run time. It lies as workload.yaml beside the component's source.",
        fields: [
            Field(
                key: "apiVersion", type: .choice(Choice(values: ["openchoreo.dev/v1alpha1"])),
                description: "The version of this format.", presence: .recommended,
                examples: ["openchoreo.dev/v1alpha1"], isSent: false),
            Field(
                key: "metadata", type: .mapping(metadata),
                description: "What people call this descriptor; nothing is sent, and keys are free.", isSent: false),
            Field(
                key: "endpoints",
                type: .list(Entries(noun: "endpoint", schema: endpoint, unique: "name", isKeyed: true)),
                description: "The network interfaces that the component offers.",
                examples: [[["name": "api", "port": 8080, "type": "HTTP"]]]),
            Field(
                key: "dependencies", type: .mapping(dependencies),
                description: "Endpoints of other components and resources that the component uses."),
            Field(
                key: "connections",
                type: .list(Entries(noun: "connection", schema: endpointDependency, maximum: 50)),
                description: "The name of dependencies.endpoints in v1.0.0-rc.1, with the same entries.",
                notice: (
                    .formerSection,
                    "'connections' is the name of a former version; write its entries under 'dependencies.endpoints'"
                )),
            Field(
                key: "configurations", type: .mapping(configurations),
                description: "The environment variables and files of the component's container.", sentAs: "container"),
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
        description: "What people call this descriptor; nothing of it is sent, and every other key is free.",
        fields: [
            Field(
                key: "name", type: .text(.any),
                description: "A name for people. The Workload's name comes from the pipeline, never from here.",
                examples: ["reading-list-service"])
        ],
        otherKeys: nil)
}
