import JSON

/// Places in an object that a manager owns: each a list of `f:name`, `k:{…}` and `v:…`, as managedFields writes them.
typealias FieldSet = Set<[String]>

/// Who wrote which fields, one entry of managedFields.
struct FieldManager: Sendable, Equatable {
    enum Operation: String, Sendable {
        case apply = "Apply"
        case update = "Update"
    }

    let name: String
    let operation: Operation
    let apiVersion: String
    let time: String
    var fields: FieldSet = []

    func isSame(as other: FieldManager) -> Bool {
        name.isIdentical(to: other.name) && operation == other.operation
    }

    /// The entry as an object shows it.
    var json: JSONValue {
        [
            "manager": .string(name), "operation": .string(operation.rawValue), "apiVersion": .string(apiVersion),
            "time": .string(time), "fieldsType": "FieldsV1", "fieldsV1": Self.tree(fields),
        ]
    }

    /// The nested form, in which `.` stands for a place that has others below it.
    private static func tree(_ fields: FieldSet) -> JSONValue {
        var object = JSONObject()
        for (head, group) in Dictionary(grouping: fields.filter { !$0.isEmpty }, by: { $0[0] }).sorted(by: {
            $0.key < $1.key
        }) {
            let rests = FieldSet(group.map { Array($0.dropFirst()) })
            var below = tree(rests).object ?? JSONObject()
            if rests.contains([]), !below.isEmpty { below["."] = [:] }
            object[head] = .object(below)
        }
        return .object(object)
    }
}

extension JSONValue {
    /// The places of an object that managers own: leaves, and with `containers` what holds them.
    func fields(_ schema: JSONValue?, containers: Bool) -> FieldSet {
        var fields: FieldSet = []
        let unowned: Set<String> = [
            "name", "namespace", "uid", "resourceVersion", "creationTimestamp", "generation", "managedFields",
            "selfLink", "deletionTimestamp",
        ]
        for member in object?.members ?? [] where !["apiVersion", "kind", "status"].contains(member.name) {
            if member.name == "metadata" {
                for field in member.value.object?.members ?? [] where !unowned.contains(field.name) {
                    field.value.collect(nil, ["f:metadata", "f:\(field.name)"], containers, &fields)
                }
            } else {
                member.value.collect(schema?["properties"]?[member.name], ["f:\(member.name)"], containers, &fields)
            }
        }
        return fields
    }

    private func collect(_ schema: JSONValue?, _ path: [String], _ containers: Bool, _ fields: inout FieldSet) {
        switch self {
        case .object(let object) where !object.isEmpty && schema?["x-kubernetes-map-type"] != "atomic":
            if containers { fields.insert(path) }
            for member in object.members {
                member.value.collect(schema?.member(member.name), path + ["f:\(member.name)"], containers, &fields)
            }
        case .array(let elements) where schema?.hasListKeys == true && !elements.isEmpty:
            if containers { fields.insert(path) }
            for element in elements {
                let place = path + [Self.segment(of: element, schema)]
                fields.insert(place)
                if element.object != nil { element.collect(schema?["items"], place, containers, &fields) }
            }
        default: fields.insert(path)
        }
    }

    /// How an entry of a list with keys stands in a path.
    private static func segment(of element: JSONValue, _ schema: JSONValue?) -> String {
        switch ListKey(element, schema) {
        case .value(let value): "v:\(value.text())"
        case .members(let members): "k:\(JSONValue.object(members).text())"
        case nil: ""
        }
    }

    /// The value at a place; nil where there is none.
    func value(at path: ArraySlice<String>, _ schema: JSONValue?) -> JSONValue? {
        guard let head = path.first else { return self }
        if let name = head.fieldName { return self[name]?.value(at: path.dropFirst(), schema?.member(name)) }
        let element = array?.first { Self.segment(of: $0, schema) == head }
        return element?.value(at: path.dropFirst(), schema?["items"])
    }

    /// The same without what is at a place; of something that holds more, only when it is empty.
    func removing(_ path: ArraySlice<String>, _ schema: JSONValue?) -> JSONValue {
        guard let head = path.first else { return self }
        func rest(_ value: JSONValue, _ schema: JSONValue?) -> JSONValue? {
            if path.count > 1 { return value.removing(path.dropFirst(), schema) }
            let isFull = value.object?.isEmpty == false || schema?.hasListKeys == true && value.array?.isEmpty == false
            return isFull && schema?["x-kubernetes-map-type"] != "atomic" && !head.hasPrefix("k:") ? value : nil
        }
        if let name = head.fieldName, var object, let value = object[name] {
            object[name] = rest(value, schema?.member(name))
            return .object(object)
        }
        guard let elements = array else { return self }
        return .array(
            elements.compactMap { Self.segment(of: $0, schema) == head ? rest($0, schema?["items"]) : $0 })
    }

    /// The same with what another object says: mappings are merged, lists as their schema has it, all else replaced.
    func applying(_ other: JSONValue, _ schema: JSONValue?) -> JSONValue {
        switch (self, other) {
        case (.object(var object), .object(let changes)) where schema?["x-kubernetes-map-type"] != "atomic":
            for member in changes.members {
                object[member.name] =
                    object[member.name]?.applying(member.value, schema?.member(member.name)) ?? member.value
            }
            return .object(object)
        case (.array(var elements), .array(let changes)) where schema?.hasListKeys == true:
            for change in changes {
                let key = ListKey(change, schema)
                if let index = elements.firstIndex(where: { ListKey($0, schema) == key }) {
                    elements[index] = elements[index].applying(change, schema?["items"])
                } else {
                    elements.append(change)
                }
            }
            return .array(elements)
        default: return other
        }
    }

    /// The same changed by a JSON merge patch (RFC 7386).
    func mergePatched(_ patch: JSONValue) -> JSONValue {
        guard let changes = patch.object else { return patch }
        var object = object ?? JSONObject()
        for member in changes.members {
            object[member.name] =
                member.value == .null ? nil : (object[member.name] ?? .null).mergePatched(member.value)
        }
        return .object(object)
    }

    private func member(_ name: String) -> JSONValue? { self["properties"]?[name] ?? self["additionalProperties"] }

    private var hasListKeys: Bool { ["set", "map"].contains(self["x-kubernetes-list-type"]?.string ?? "") }
}

extension String {
    /// The name of a member in a path; nil for an entry of a list.
    fileprivate var fieldName: String? { hasPrefix("f:") ? String(dropFirst(2)) : nil }
}

extension FieldSet {
    /// The same with everything that holds them.
    var withContainers: FieldSet {
        var all = self
        for path in self { for length in 1..<Swift.max(path.count, 1) { all.insert(Array(path.prefix(length))) } }
        return all
    }
}

extension [String] {
    /// A place as a conflict names it: `.spec.container.image`.
    var fieldPath: String {
        map { segment in
            if let name = segment.fieldName { return ".\(name)" }
            guard segment.hasPrefix("k:"), let key = try? JSONValue(parsing: String(segment.dropFirst(2))).object else {
                return "[=\(segment.dropFirst(2))]"
            }
            return "[\(key.members.map { "\($0.name)=\($0.value.text())" }.joined(separator: ","))]"
        }.joined()
    }
}
