extension Descriptor {
    /// The descriptor that a checked tree holds; nil only where the check found errors.
    init?(_ root: CheckedMapping) {
        let dependencies = root.mapping("dependencies")
        guard let endpoints = root.entries("endpoints", as: Endpoint.init),
            // The former name holds the same entries, and never beside the present one.
            let former = root.entries("connections", as: EndpointDependency.init),
            let current = dependencies.entries("endpoints", as: EndpointDependency.init),
            let resources = dependencies.entries("resources", as: ResourceDependency.init),
            let configurations = Configurations(root.mapping("configurations"))
        else { return nil }
        self.endpoints = endpoints
        self.dependencies = Dependencies(endpoints: former + current, resources: resources)
        self.configurations = configurations
    }
}

extension Descriptor.Endpoint {
    init?(_ fields: CheckedMapping) {
        guard let name = fields.text("name"), let port = fields.integer("port"),
            let type = fields.text("type").flatMap(EndpointType.init)
        else { return nil }
        self.name = name
        self.displayName = fields.text("displayName")
        self.port = port
        self.targetPort = fields.integer("targetPort")
        self.type = type
        self.basePath = fields.text("basePath")
        self.schemaContent = fields.text("schemaFile")
        self.visibility = fields.texts("visibility").compactMap(EndpointVisibility.init)
    }
}

extension Descriptor.EndpointDependency {
    init?(_ fields: CheckedMapping) {
        guard let component = fields.text("component"), let name = fields.text("name"),
            let visibility = fields.text("visibility").flatMap(DependencyVisibility.init)
        else { return nil }
        let bindings = fields.mapping("envBindings")
        self.project = fields.text("project")
        self.component = component
        self.name = name
        self.visibility = visibility
        self.environmentBindings = Descriptor.EndpointBindings(
            address: bindings.text("address"), host: bindings.text("host"), port: bindings.text("port"),
            basePath: bindings.text("basePath"))
    }
}

extension Descriptor.ResourceDependency {
    init?(_ fields: CheckedMapping) {
        guard let ref = fields.text("ref") else { return nil }
        self.ref = ref
        self.environmentBindings = fields.bindings("envBindings")
        self.fileBindings = fields.bindings("fileBindings")
    }
}

extension Descriptor.Configurations {
    init?(_ fields: CheckedMapping) {
        guard let environment = fields.entries("env", as: Descriptor.EnvironmentVariable.init),
            let files = fields.entries("files", as: Descriptor.ConfigurationFile.init)
        else { return nil }
        self.environment = environment
        self.files = files
    }
}

extension Descriptor.EnvironmentVariable {
    init?(_ fields: CheckedMapping) {
        guard let name = fields.text("name"), let source = Descriptor.ValueSource(fields) else { return nil }
        self.name = name
        self.source = source
    }
}

extension Descriptor.ConfigurationFile {
    init?(_ fields: CheckedMapping) {
        guard let name = fields.text("name"), let mountPath = fields.text("mountPath"),
            let source = Descriptor.ValueSource(fields)
        else { return nil }
        self.name = name
        self.mountPath = mountPath
        self.source = source
    }
}

extension Descriptor.ValueSource {
    init?(_ fields: CheckedMapping) {
        let origin = fields.mapping("valueFrom")
        let secret = origin.mapping("secretKeyRef")
        if let name = secret.text("name"), let key = secret.text("key") {
            self = .secret(Descriptor.SecretKeyReference(name: name, key: key))
        } else if let text = origin.text("path") ?? fields.text("value") {
            self = .text(text)
        } else {
            return nil
        }
    }
}
