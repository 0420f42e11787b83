import JSON

/// A walk over an object and its OpenAPI v3 schema that drops what the schema does not know and collects what it refuses.
struct KubernetesValidation {
    private(set) var unknownFields: [String] = []
    private(set) var causes: [Refusal.Cause] = []
    /// The entries that occur twice in a set or a list with keys, as apply has them: path and key.
    private(set) var repeatedEntries: [(path: String, key: String)] = []

    /// The object without what its schema does not know and without nulls.
    mutating func prune(_ object: JSONObject, _ kind: MockControlPlane.KubernetesKind) -> JSONObject {
        var pruned = JSONObject()
        let metadata: Set<String> = [
            "name", "namespace", "labels", "annotations", "uid", "resourceVersion", "creationTimestamp", "generation",
            "managedFields", "selfLink", "finalizers", "ownerReferences", "deletionTimestamp",
            "deletionGracePeriodSeconds", "generateName",
        ]
        let properties = kind.schema?["properties"]
        for member in object.members {
            if object.members.count(where: { $0.name.isIdentical(to: member.name) }) > 1, pruned[member.name] == nil {
                unknownFields.append("duplicate field \"\(member.name)\"")
            }
            switch member.name {
            case "apiVersion", "kind": pruned[member.name] = member.value
            case "metadata":
                for field in member.value.object?.members ?? [] where !metadata.contains(field.name) {
                    unknownFields.append("unknown field \"metadata.\(field.name)\"")
                }
                pruned["metadata"] = member.value
            case "status" where kind.hasStatus: break
            default:
                guard let schema = kind.schema else {
                    pruned[member.name] = member.value
                    continue
                }
                if let property = properties?[member.name] {
                    pruned[member.name] = check(member.value, property, member.name)
                } else if schema["x-kubernetes-preserve-unknown-fields"] == true {
                    pruned[member.name] = member.value
                } else {
                    unknownFields.append("unknown field \"\(member.name)\"")
                }
            }
        }
        require(kind.schema ?? [:], pruned, "")
        return pruned
    }

    private mutating func check(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> JSONValue? {
        if value == .null { return nil }
        if schema["x-kubernetes-int-or-string"] == true { return value }
        guard let type = schema["type"]?.string else { return value }
        switch (type, value) {
        case ("object", .object(let object)): return .object(check(object, schema, path))
        case ("array", .array(let elements)): return .array(check(elements, schema, path))
        case ("string", .string(let text)):
            let length = text.unicodeScalars.count
            if let least = schema["minLength"]?.integer, length < least {
                add(
                    "Invalid", "Invalid value: \"\(text)\": \(path) in body should be at least \(least) chars long",
                    path)
            }
        case ("integer", .number(let number)):
            guard let integer = value.integer ?? Self.wholeNumber(number.text) else {
                add(
                    "TypeInvalid", "Invalid value: \"number\": \(path) in body must be of type integer: \"number\"",
                    path)
                break
            }
            if let most = schema["maximum"]?.integer, integer > most {
                add(
                    "Invalid", "Invalid value: \(integer): \(path) in body should be less than or equal to \(most)",
                    path)
            }
            if let least = schema["minimum"]?.integer, integer < least {
                add(
                    "Invalid", "Invalid value: \(integer): \(path) in body should be greater than or equal to \(least)",
                    path)
            }
        case ("number", .number), ("boolean", .bool): break
        default:
            let kind = value.typeName
            add("TypeInvalid", "Invalid value: \"\(kind)\": \(path) in body must be of type \(type): \"\(kind)\"", path)
        }
        if let words = schema["enum"]?.array, !words.contains(value) {
            let supported = words.map { $0.text() }.joined(separator: ", ")
            add("NotSupported", "Unsupported value: \(value.text()): supported values: \(supported)", path)
        }
        return value
    }

    private mutating func check(_ object: JSONObject, _ schema: JSONValue, _ path: String) -> JSONObject {
        var pruned = JSONObject()
        for (index, member) in object.members.enumerated() {
            let place = "\(path).\(member.name)"
            if object.members[..<index].contains(where: { $0.name.isIdentical(to: member.name) }) {
                unknownFields.append("duplicate field \"\(place)\"")
            }
            if let property = schema["properties"]?[member.name] ?? schema["additionalProperties"]?.schemaObject {
                pruned[member.name] = check(member.value, property, place)
            } else if schema["x-kubernetes-preserve-unknown-fields"] == true || schema["additionalProperties"] == true {
                pruned[member.name] = member.value
            } else {
                unknownFields.append("unknown field \"\(place)\"")
            }
        }
        require(schema, pruned, path)
        if let most = schema["maxProperties"]?.integer, pruned.members.count > most {
            add("TooMany", "Too many: \(pruned.members.count): must have at most \(most) items", path)
        }
        checkRule(schema["rule"]?.array ?? [], pruned, path)
        return pruned
    }

    private mutating func require(_ schema: JSONValue, _ object: JSONObject, _ path: String) {
        for name in (schema["required"]?.array ?? []).compactMap(\.string) where object[name] == nil {
            add("Required", "Required value", path.isEmpty ? name : "\(path).\(name)")
        }
    }

    private mutating func checkRule(_ words: [JSONValue], _ object: JSONObject, _ path: String) {
        guard let rule = words.first?.string, let first = words.dropFirst().first?.string else { return }
        let second = words.last?.string ?? ""
        let both = [object[first], object[second]].count { $0 != nil }
        switch rule {
        case "atMostOne" where both == 2:
            add("Invalid", "Invalid value: \(first) and \(second) are mutually exclusive", path)
        case "exactlyOne" where both != 1:
            add("Invalid", "Invalid value: exactly one of \(first) or \(second) must be set", path)
        case "nothingEmpty" where object.members.contains { $0.name.isEmpty || $0.value == "" }:
            add("Invalid", "Invalid value: \(first)", path)
        default: break
        }
    }

    private mutating func check(_ elements: [JSONValue], _ schema: JSONValue, _ path: String) -> [JSONValue] {
        let item = schema["items"] ?? [:]
        let pruned = elements.enumerated().compactMap { check($1, item, "\(path)[\($0)]") }
        if let least = schema["minItems"]?.integer, pruned.count < least {
            add("Invalid", "Invalid value: \(pruned.count): \(path) in body should have at least \(least) items", path)
        }
        if let most = schema["maxItems"]?.integer, pruned.count > most {
            add("TooMany", "Too many: \(pruned.count): must have at most \(most) items", path)
        }
        let keys = pruned.map { ListKey($0, schema) }
        for (index, key) in keys.enumerated() {
            guard let key, keys[..<index].contains(key) else { continue }
            add("Duplicate", "Duplicate value: \(key.text)", "\(path)[\(index)]")
            repeatedEntries.append((path, key.applyText))
        }
        return pruned
    }

    private mutating func add(_ reason: String, _ message: String, _ field: String) {
        causes.append(Refusal.Cause(reason: "FieldValue" + reason, message: message, field: field))
    }

    private static func wholeNumber(_ text: String) -> Int? {
        guard let value = Double(text), value == value.rounded(), abs(value) < 1e15 else { return nil }
        return Int(value)
    }
}

/// What the entries of a list differ by that is a set or has keys.
enum ListKey: Equatable {
    case value(JSONValue)
    case members(JSONObject)

    /// Nil where the list is replaced as a whole.
    init?(_ element: JSONValue, _ schema: JSONValue?) {
        switch schema?["x-kubernetes-list-type"]?.string {
        case "set": self = .value(element)
        case "map":
            let names = (schema?["x-kubernetes-list-map-keys"]?.array ?? []).compactMap(\.string)
            self = .members(
                JSONObject(names.map { JSONObject.Member(name: $0, value: element[$0] ?? .null) }))
        default: return nil
        }
    }

    var text: String {
        switch self {
        case .value(let value): value.text()
        case .members(let members): JSONValue.object(members).text()
        }
    }

    /// As server-side apply writes it into an error.
    var applyText: String {
        switch self {
        case .value(let value): "[=\(value.text())]"
        case .members(let members):
            "[\(members.members.map { "\($0.name)=\($0.value.text())" }.joined(separator: ","))]"
        }
    }
}

extension JSONValue {
    /// The value where it is a schema and not a plain `true`.
    fileprivate var schemaObject: JSONValue? { object == nil ? nil : self }

    /// The type as the server's messages name it.
    fileprivate var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number(let number): Int(number.text) == nil ? "number" : "integer"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
