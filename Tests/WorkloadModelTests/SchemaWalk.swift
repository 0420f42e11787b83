import JSON
import TestDocuments

/// A place in a document that a property of the schema describes.
struct SchemaSite {
    enum Step {
        case key(String)
        case index(Int)
    }

    /// The definition and the property, such as `endpoint.port`: one for all places of the same row.
    let name: String
    let schema: JSONValue
    let path: [Step]
    let isRequired: Bool
}

extension SchemaValidator {
    /// The first place of each property that a document has, down to the leaves.
    func sites(in document: JSONValue) throws -> [SchemaSite] {
        var sites: [SchemaSite] = []
        try gather(document, schema, name: "descriptor", path: [], &sites)
        return sites
    }

    /// All properties of the schema, named as sites are.
    var properties: [String] {
        let definitions =
            [("descriptor", schema)] + (schema["$defs"]?.object?.members.map { ($0.name, $0.value) } ?? [])
        return definitions.flatMap { name, definition in
            (definition["properties"]?.object?.members ?? []).map { "\(name).\($0.name)" }
        }
    }

    private func gather(
        _ instance: JSONValue, _ schema: JSONValue, name: String, path: [SchemaSite.Step], _ sites: inout [SchemaSite]
    ) throws {
        if let reference = schema["$ref"] {
            let name = String((reference.string ?? "").dropFirst("#/$defs/".count))
            try gather(instance, try definition(reference), name: name, path: path, &sites)
        }
        if let items = schema["items"] {
            for (index, element) in (instance.array ?? []).enumerated() {
                try gather(element, items, name: name, path: path + [.index(index)], &sites)
            }
        }
        for property in schema["properties"]?.object?.members ?? [] {
            guard let value = instance[property.name] else { continue }
            let site = SchemaSite(
                name: "\(name).\(property.name)", schema: property.value, path: path + [.key(property.name)],
                isRequired: (schema["required"]?.array ?? []).contains(.string(property.name)))
            if !sites.contains(where: { $0.name == site.name }) { sites.append(site) }
            try gather(value, property.value, name: site.name, path: site.path, &sites)
        }
    }
}

extension JSONValue {
    /// The value at the end of a path.
    func at(_ path: some Collection<SchemaSite.Step>) -> JSONValue? {
        switch path.first {
        case nil: return self
        case .key(let key): return self[key]?.at(path.dropFirst())
        case .index(let index): return array?[index].at(path.dropFirst())
        }
    }

    /// The document without the lists, and the entries of lists, that are not on the way to a path, and the path there.
    func focused(on path: some Collection<SchemaSite.Step>) -> (document: JSONValue, path: [SchemaSite.Step]) {
        let rest = path.dropFirst()
        guard let step = path.first, !rest.isEmpty else { return (self, Array(path)) }
        switch step {
        case .key(let key):
            guard let (value, below) = self[key]?.focused(on: rest) else { return (self, Array(path)) }
            let others = (object?.members ?? []).filter { $0.name != key && $0.value.array == nil }
            return (.object(JSONObject(others + [.init(name: key, value: value)])), [step] + below)
        case .index(let index):
            guard let (value, below) = array?[index].focused(on: rest) else { return (self, Array(path)) }
            return ([value], [.index(0)] + below)
        }
    }

    /// The document with another value, or none, at the end of a path.
    func replacing(_ path: some Collection<SchemaSite.Step>, with value: JSONValue?) -> JSONValue {
        switch path.first {
        case nil:
            return value ?? .null
        case .key(let key):
            var copy = object ?? JSONObject()
            let rest = path.dropFirst()
            copy[key] = rest.isEmpty ? value : (self[key] ?? .null).replacing(rest, with: value)
            return .object(copy)
        case .index(let index):
            var copy = array ?? []
            copy[index] = copy[index].replacing(path.dropFirst(), with: value)
            return .array(copy)
        }
    }
}
