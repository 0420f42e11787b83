import JSON

extension Workload {
    /// The API's body; fields that are empty are left out, as `occ` does.
    static func payload(_ parameters: WorkloadParameters, _ descriptor: Descriptor?) -> JSONValue {
        var metadata = JSONObject()
        metadata["name"] = .string(parameters.workloadName)
        metadata["namespace"] = .string(parameters.namespace)
        metadata["labels"] = texts(parameters.labels)
        metadata["annotations"] = texts(parameters.annotations)
        return ["metadata": .object(metadata), "spec": spec(parameters, descriptor)]
    }

    private static func spec(_ parameters: WorkloadParameters, _ descriptor: Descriptor?) -> JSONValue {
        var container = JSONObject()
        container["image"] = .string(parameters.image)
        var spec = JSONObject()
        spec["owner"] = [
            "projectName": .string(parameters.project), "componentName": .string(parameters.component),
        ]
        if let descriptor {
            container["env"] = list(descriptor.configurations.environment.map(\.json))
            container["files"] = list(descriptor.configurations.files.map(\.json))
            // Made at once: names are unique, and looking for each among the others would take quadratic time.
            let endpoints = descriptor.endpoints.map {
                JSONObject.Member(name: $0.name, value: $0.json)
            }
            spec["endpoints"] = endpoints.isEmpty ? nil : .object(JSONObject(endpoints))
            var dependencies = JSONObject()
            dependencies["endpoints"] = list(descriptor.dependencies.endpoints.map(\.json))
            dependencies["resources"] = list(descriptor.dependencies.resources.map(\.json))
            spec["dependencies"] = dependencies.isEmpty ? nil : .object(dependencies)
        }
        spec["container"] = .object(container)
        return .object(spec)
    }

    private static func list(_ elements: [JSONValue]) -> JSONValue? {
        elements.isEmpty ? nil : .array(elements)
    }

    private static func texts(_ texts: [String: String]) -> JSONValue? {
        guard !texts.isEmpty else { return nil }
        return .object(JSONObject(texts.map { JSONObject.Member(name: $0.key, value: .string($0.value)) }))
    }
}

extension Descriptor.Endpoint {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object.set("displayName", displayName)
        object["port"] = .number(JSONNumber(port))
        object["targetPort"] = targetPort.map { .number(JSONNumber($0)) }
        object.set("type", type.rawValue)
        object.set("basePath", basePath)
        if let schemaContent {
            var schema = JSONObject()
            schema.set("type", type.schemaType)
            schema.set("content", schemaContent)
            object["schema"] = schema.isEmpty ? nil : .object(schema)
        }
        object["visibility"] = visibility.isEmpty ? nil : .array(visibility.map { .string($0.rawValue) })
        return .object(object)
    }
}

extension Descriptor.EndpointDependency {
    fileprivate var json: JSONValue {
        var bindings = JSONObject()
        bindings.set("address", environmentBindings.address)
        bindings.set("host", environmentBindings.host)
        bindings.set("port", environmentBindings.port)
        bindings.set("basePath", environmentBindings.basePath)
        var object = JSONObject()
        object.set("project", project)
        object.set("component", component)
        object.set("name", name)
        object.set("visibility", visibility.rawValue)
        // The one field that is sent even when empty: the CRD requires it.
        object["envBindings"] = .object(bindings)
        return .object(object)
    }
}

extension Descriptor.ResourceDependency {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object.set("ref", ref)
        object["envBindings"] = Self.json(environmentBindings)
        object["fileBindings"] = Self.json(fileBindings)
        return .object(object)
    }

    private static func json(_ bindings: [Descriptor.Binding]) -> JSONValue? {
        guard !bindings.isEmpty else { return nil }
        return .object(JSONObject(bindings.map { JSONObject.Member(name: $0.output, value: .string($0.target)) }))
    }
}

extension Descriptor.EnvironmentVariable {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object.set("key", name)
        object.set(source)
        return .object(object)
    }
}

extension Descriptor.ConfigurationFile {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object.set("key", name)
        object.set("mountPath", mountPath)
        object.set(source)
        return .object(object)
    }
}

extension JSONObject {
    /// Sets a text that is there and not empty.
    fileprivate mutating func set(_ name: String, _ text: String?) {
        guard let text, !text.isEmpty else { return }
        self[name] = .string(text)
    }

    fileprivate mutating func set(_ source: Descriptor.ValueSource) {
        switch source {
        case .text(let text): set("value", text)
        case .secret(let reference):
            self["valueFrom"] = [
                "secretKeyRef": ["name": .string(reference.name), "key": .string(reference.key)]
            ]
        }
    }
}
