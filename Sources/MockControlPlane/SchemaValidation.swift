import JSON

/// A walk over a value that collects everything its schema does not allow, each with its path.
struct SchemaValidation {
    /// One thing that is wrong, as it stands in an error's `details`.
    struct Problem: Equatable, Sendable {
        let field: String
        let message: String
    }

    private(set) var problems: [Problem] = []

    /// All that is wrong with a value at a path.
    static func problems(of value: JSONValue, at path: String, _ schema: ObjectSchema) -> [Problem] {
        var validation = SchemaValidation()
        validation.check(value, at: path, schema)
        return validation.problems
    }

    private mutating func check(_ value: JSONValue, at path: String, _ schema: ObjectSchema) {
        switch (schema, value) {
        case (.anything, _): break
        case (.string(let minLength), .string(let text)):
            if text.unicodeScalars.count < minLength {
                add(path, minLength == 1 ? "must not be empty" : "must have at least \(minLength) characters")
            }
        case (.word(let words), .string(let text)):
            if !words.contains(where: text.isIdentical) {
                add(path, "must be one of \(words.joined(separator: ", ")), not \"\(text)\"")
            }
        case (.integer(let range), .number(let number)):
            if let integer = value.integer {
                if !range.contains(integer) { add(path, "must be \(range.lowerBound) to \(range.upperBound)") }
            } else {
                add(path, "must be an integer, not \(number.text)")
            }
        case (.object(let properties, let rule), .object(let object)):
            check(object, at: path, properties)
            if let rule { check(object, at: path, rule) }
        case (.map(let element, let maxProperties, let rule), .object(let object)):
            for member in object.members { check(member.value, at: path + "." + member.name, element) }
            checkRepetition(object, at: path)
            if let limit = maxProperties, object.members.count > limit {
                add(path, "must have at most \(limit) properties")
            }
            if let rule { check(object, at: path, rule) }
        case (.list(let element, let maxItems, let uniqueness), .array(let elements)):
            for (index, item) in elements.enumerated() { check(item, at: "\(path)[\(index)]", element) }
            if let limit = maxItems, elements.count > limit { add(path, "must have at most \(limit) items") }
            if let uniqueness { check(elements, at: path, uniqueness) }
        default:
            add(path, "must be \(schema.kind), not \(value.kind)")
        }
    }

    private mutating func check(_ object: JSONObject, at path: String, _ properties: [ObjectSchema.Property]) {
        for property in properties {
            let field = Self.join(path, property.name)
            if let value = object[property.name] {
                check(value, at: field, property.schema)
            } else if property.isRequired {
                add(field, "is required")
            }
        }
        for member in object.members where !properties.contains(where: { $0.name.isIdentical(to: member.name) }) {
            add(Self.join(path, member.name), "unknown field")
        }
        checkRepetition(object, at: path)
    }

    private mutating func checkRepetition(_ object: JSONObject, at path: String) {
        // The tree keeps every member of a name; a strict decoder takes one.
        for (index, member) in object.members.enumerated()
        where object.members[..<index].contains(where: { $0.name.isIdentical(to: member.name) }) {
            add(Self.join(path, member.name), "repeated field")
        }
    }

    private mutating func check(_ object: JSONObject, at path: String, _ rule: ObjectSchema.Rule) {
        switch rule {
        case .atMostOne(let a, let b):
            if object[a] != nil, object[b] != nil { add(path, "\(a) and \(b) are mutually exclusive") }
        case .exactlyOne(let a, let b):
            if (object[a] == nil) == (object[b] == nil) { add(path, "exactly one of \(a) or \(b) must be set") }
        case .nothingEmpty(let message):
            if object.members.contains(where: { $0.name.isEmpty || $0.value == "" }) { add(path, message) }
        }
    }

    private mutating func check(_ elements: [JSONValue], at path: String, _ uniqueness: ObjectSchema.Uniqueness) {
        let keys: [JSONValue?] =
            switch uniqueness {
            case .member(let name): elements.map { $0[name] }
            case .whole: elements
            }
        for (index, key) in keys.enumerated() {
            if let key, keys[..<index].contains(key) { add("\(path)[\(index)]", "duplicate value: \(key.text())") }
        }
    }

    private mutating func add(_ field: String, _ message: String) {
        problems.append(Problem(field: field, message: message))
    }

    private static func join(_ path: String, _ name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }
}

extension ObjectSchema {
    /// The kind of value that it allows, as a message would say it.
    fileprivate var kind: String {
        switch self {
        case .string, .word: "a string"
        case .integer: "an integer"
        case .object, .map: "an object"
        case .list: "an array"
        case .anything: "anything"
        }
    }
}
