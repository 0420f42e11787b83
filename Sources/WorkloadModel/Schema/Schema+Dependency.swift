import JSON
import Text
import YAML

extension Schema {
    /// The value of `dependencies`.
    static let dependencies = Schema(
        name: "dependencies",
        title: "Dependencies",
        description: "What the component uses of others.",
        fields: [
            Field(
                key: "endpoints", title: "Endpoint dependencies",
                description: "Endpoints of other components, with the environment variables that hold their address.",
                type: .list(Entries(noun: "endpoint dependency", schema: endpointDependency, maximum: 50)),
                defaultValue: []),
            Field(
                key: "resources", title: "Resource dependencies",
                description: "Resources of the same project, such as a database. Servers before v1.1.0 have none.",
                type: .list(
                    Entries(noun: "resource dependency", schema: resourceDependency, unique: "ref", maximum: 50)),
                defaultValue: []),
        ],
        hintForList: "write its entries under 'dependencies.endpoints'")

    /// An entry of `dependencies.endpoints`, and of `connections`.
    static let endpointDependency = Schema(
        name: "endpointDependency",
        title: "Endpoint dependency",
        description: "An endpoint of another component that this one calls.",
        fields: [
            Field(
                key: "project", title: "Project",
                description: "The project of the other component. Without it, the component's own project.",
                type: .text(.label), examples: ["library"]),
            Field(
                key: "component", title: "Component", description: "The component that offers the endpoint.",
                type: .text(.label), presence: .required, examples: ["catalog"]),
            Field(
                key: "name", title: "Endpoint", description: "The endpoint's name in that component.",
                type: .text(.label), presence: .required, examples: ["catalog-api"], former: .read("endpoint")),
            Field(
                key: "visibility", title: "Visibility", description: "The visibility at which the endpoint is used.",
                type: .choice(Choice(values: ["project", "namespace"])), presence: .required,
                examples: ["project"]),
            Field(
                key: "envBindings", title: "Environment bindings",
                description: "The environment variables that receive the endpoint's address.",
                type: .mapping(endpointBindings), examples: [["address": "CATALOG_URL"]]),
        ],
        formerForm: FormerForm(
            keys: ["type", "params", "inject"], translation: presentForm,
            message: "a connection as it was written before v1.0.0; write it under 'dependencies.endpoints' as "),
        // The one member that is sent even when empty: the CRD requires it.
        convert: { $0["envBindings"] = $0["envBindings"] ?? [:] })

    private static let endpointBindings = Schema(
        name: "endpointBindings",
        title: "Environment bindings of an endpoint",
        description: "The environment variables that receive an endpoint's address, as a whole or in parts.",
        fields: [
            Field(
                key: "address", title: "Address",
                description: "The variable for the whole address: scheme://host:port/basePath, or host:port.",
                type: .text(.environmentName), examples: ["CATALOG_URL"]),
            Field(
                key: "host", title: "Host", description: "The variable for the host name.",
                type: .text(.environmentName), examples: ["CATALOG_HOST"]),
            Field(
                key: "port", title: "Port", description: "The variable for the port.",
                type: .text(.environmentName), examples: ["CATALOG_PORT"]),
            Field(
                key: "basePath", title: "Base path", description: "The variable for the base path.",
                type: .text(.environmentName), examples: ["CATALOG_BASE_PATH"]),
        ],
        isReadBackwards: true)

    private static let resourceDependency = Schema(
        name: "resourceDependency",
        title: "Resource dependency",
        description: "A resource of the same project that this component uses.",
        fields: [
            Field(
                key: "ref", title: "Resource", description: "The resource's name, once in this list.",
                type: .text(.objectReference), presence: .required, examples: ["orders-db"]),
            Field(
                key: "envBindings", title: "Environment bindings",
                description: "From the resource's outputs to the environment variables that receive them.",
                type: .bindings(.environmentName, maximum: 50), examples: [["url": "DATABASE_URL"]]),
            Field(
                key: "fileBindings", title: "File bindings",
                description: "From the resource's outputs to the paths in the container where they are mounted.",
                type: .bindings(.mountPath, maximum: 50), examples: [["ca": "/etc/db/ca.crt"]]),
        ])

    /// A connection of a version before 1.0 as an entry of today, with its own names where it has them.
    private static func presentForm(of connection: YAMLNode?) -> String {
        let (parameters, variables) = (connection["params"], connection["inject"]["env"])
        var parts: [String] = []
        if let project = parameters["projectName"].shown { parts.append("project: \(project)") }
        parts.append("component: \(parameters["componentName"].shown ?? "COMPONENT")")
        parts.append("name: \(parameters["endpoint"].shown ?? "ENDPOINT")")
        parts.append("visibility: project")
        parts.append("envBindings: {address: \(variables.first["name"].shown ?? "VARIABLE")}")
        return "{\(parts.joined(separator: ", "))}"
    }
}

extension YAMLNode? {
    fileprivate subscript(key: String) -> YAMLNode? {
        guard case .mapping(let entries) = self?.content else { return nil }
        return entries.first { $0.key.isExactly(key) }?.value
    }

    fileprivate var first: YAMLNode? {
        guard case .sequence(let elements) = self?.content else { return nil }
        return elements.first
    }

    fileprivate var shown: String? { self?.text.map(ShownText.plain) }
}
