import JSON
import YAML

extension Schema {
    /// The value of `dependencies`.
    static let dependencies = Schema(
        name: "dependencies",
        description: "What the component uses of others.",
        fields: [
            Field(
                key: "endpoints",
                type: .list(Entries(noun: "endpoint dependency", schema: endpointDependency, maximum: 50)),
                description: "Endpoints of other components, with the environment variables that hold their address."),
            Field(
                key: "resources",
                type: .list(
                    Entries(noun: "resource dependency", schema: resourceDependency, unique: "ref", maximum: 50)),
                description: "Resources of the same project, such as a database. Servers before v1.1.0 have none."),
        ],
        hintForOther: { node in
            if case .sequence = node.content { "write its entries under 'dependencies.endpoints'" } else { nil }
        })

    /// An entry of `dependencies.endpoints`, and of `connections`.
    static let endpointDependency = Schema(
        name: "endpointDependency",
        description: "An endpoint of another component that this one calls.",
        fields: [
            Field(
                key: "project", type: .text(.label),
                description: "The project of the other component. Without it, the component's own project.",
                examples: ["library"]),
            Field(
                key: "component", type: .text(.label), description: "The component that offers the endpoint.",
                presence: .required, examples: ["catalog"]),
            Field(
                key: "name", type: .text(.label), description: "The endpoint's name in that component.",
                presence: .required, examples: ["catalog-api"], former: "endpoint"),
            Field(
                key: "visibility", type: .choice(Choice(values: ["project", "namespace"])),
                description: "The visibility at which the endpoint is used.", presence: .required,
                examples: ["project"]),
            Field(
                key: "envBindings", type: .mapping(endpointBindings),
                description: "The environment variables that receive the endpoint's address.",
                examples: [["address": "CATALOG_URL"]]),
        ],
        formerForm: FormerForm(
            keys: ["type", "params", "inject"],
            message: "a connection as it was written before v1.0.0; write it under 'dependencies.endpoints' as ",
            present: presentForm),
        // The one member that is sent even when empty: the CRD requires it.
        convert: { $0["envBindings"] = $0["envBindings"] ?? [:] })

    private static let endpointBindings = Schema(
        name: "endpointBindings",
        description: "The environment variables that receive an endpoint's address, as a whole or in parts.",
        fields: [
            Field(
                key: "address", type: .text(.boundVariable),
                description: "The variable for the whole address: scheme://host:port/basePath, or host:port.",
                examples: ["CATALOG_URL"]),
            Field(
                key: "host", type: .text(.boundVariable), description: "The variable for the host name.",
                examples: ["CATALOG_HOST"]),
            Field(
                key: "port", type: .text(.boundVariable), description: "The variable for the port.",
                examples: ["CATALOG_PORT"]),
            Field(
                key: "basePath", type: .text(.boundVariable), description: "The variable for the base path.",
                examples: ["CATALOG_BASE_PATH"]),
        ])

    private static let resourceDependency = Schema(
        name: "resourceDependency",
        description: "A resource of the same project that this component uses.",
        fields: [
            Field(
                key: "ref", type: .text(.objectReference),
                description: "The resource's name, once in this list.", presence: .required,
                examples: ["orders-db"]),
            Field(
                key: "envBindings", type: .bindings(.boundVariable, maximum: 50),
                description: "From the resource's outputs to the environment variables that receive them.",
                examples: [["url": "DATABASE_URL"]]),
            Field(
                key: "fileBindings", type: .bindings(.mountPath, maximum: 50),
                description: "From the resource's outputs to the paths in the container where they are mounted.",
                examples: [["ca": "/etc/db/ca.crt"]]),
        ])

    /// A connection of a version before 1.0 as an entry of today, with its own names where it has them.
    private static func presentForm(of connection: YAMLNode) -> String {
        let (parameters, variable) = (
            connection.value("params"), connection.value("inject")?.value("env")?.elements.first
        )
        func shown(_ key: String, in node: YAMLNode?) -> String? { node?.value(key)?.text.map(ShownText.plain) }
        let project = shown("projectName", in: parameters).map { "project: \($0), " } ?? ""
        return "{\(project)component: \(shown("componentName", in: parameters) ?? "COMPONENT"), "
            + "name: \(shown("endpoint", in: parameters) ?? "ENDPOINT"), visibility: project, "
            + "envBindings: {address: \(shown("name", in: variable) ?? "VARIABLE")}}"
    }
}
