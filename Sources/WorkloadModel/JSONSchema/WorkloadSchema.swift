import JSON

/// The JSON Schema of `workload.yaml`, made from the rows that check it.
public enum WorkloadSchema {
    /// The schema (JSON Schema 2020-12) for editors, laid out, with a newline at its end.
    public static let text = document.text(.pretty) + "\n"

    static var document: JSONValue {
        var object = object(of: .descriptor)
        object["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        object["$id"] = "urn:workload-publisher:workload.schema.json"
        object["type"] = "object"
        object["$defs"] = .object(JSONObject(definitions))
        return .object(object)
    }

    private static var definitions: [JSONObject.Member] {
        var schemas: [Schema] = []
        gather(below: .descriptor, &schemas)
        return schemas.map { JSONObject.Member(name: $0.name, value: .object(object(of: $0))) }
    }

    private static func gather(below schema: Schema, _ schemas: inout [Schema]) {
        for field in schema.fields {
            guard let inner = field.type.schema else { continue }
            if schemas.contains(where: { $0.name == inner.name }) { continue }
            schemas.append(inner)
            gather(below: inner, &schemas)
        }
    }

    /// Holds for mappings alone and says nothing about others: where it is used, the type is said too.
    private static func object(of schema: Schema) -> JSONObject {
        var object = JSONObject()
        object["title"] = .string(schema.title)
        object["description"] = .string(schema.description)
        object["properties"] = .object(
            JSONObject(schema.fields.map { JSONObject.Member(name: $0.key, value: Self.schema(of: $0)) }))
        if let rule = schema.otherKeys {
            object["additionalProperties"] = false
            if rule.severity == .error { object["patternProperties"] = ["^x-": true] }
        }
        let required = schema.fields.filter { $0.presence == .required }.map { JSONValue.string($0.key) }
        object["required"] = required.isEmpty ? nil : .array(required)
        let rules = schema.rules.flatMap(schemas)
        object["allOf"] = rules.isEmpty ? nil : .array(rules)
        return object
    }

    private static func schema(of field: Field) -> JSONValue {
        var object = schema(of: field.type, refusesEmpty: field.refusesEmpty, isNullable: field.presence != .required)
        object["title"] = .string(field.title)
        object["description"] = .string(field.description)
        object["default"] = field.defaultValue
        object["examples"] = field.examples.isEmpty ? nil : .array(field.examples)
        if field.isFormer { object["deprecated"] = true }
        return .object(object)
    }

    private static func schema(of type: FieldType, refusesEmpty: Bool, isNullable: Bool) -> JSONObject {
        var object = JSONObject()
        switch type {
        case .text(let format):
            object = text(format.pattern, maximum: format.maximumBytes, refusesEmpty, isNullable)
        case .file:
            object = text(nil, maximum: TextFormat.longestPath, refusesEmpty, isNullable)
        case .choice(let choice):
            object["enum"] = .array(words(of: choice) + (isNullable ? [.null] : []))
        case .choices(let choice):
            object["type"] = types("array", isNullable)
            object["items"] = ["enum": .array(words(of: choice))]
            object["uniqueItems"] = true
        case .integer(let range):
            object["type"] = types("integer", isNullable)
            object["minimum"] = .number(JSONNumber(range.lowerBound))
            object["maximum"] = .number(JSONNumber(range.upperBound))
        case .mapping(let schema):
            object["type"] = types("object", isNullable)
            object["$ref"] = reference(to: schema)
        case .list(let entries):
            object["type"] = types("array", isNullable)
            object["items"] = ["type": "object", "$ref": reference(to: entries.schema)]
            object["maxItems"] = entries.maximum.map { .number(JSONNumber($0)) }
        case .bindings(let format, let maximum):
            object["type"] = types("object", isNullable)
            object["propertyNames"] = ["minLength": 1]
            object["additionalProperties"] = .object(
                text(format.pattern, maximum: format.maximumBytes, true, false))
            object["maxProperties"] = .number(JSONNumber(maximum))
        case .anything:
            break
        }
        return object
    }

    /// Any scalar, for it is taken as it was written: `1.10` needs no quotes.
    private static func text(
        _ pattern: String?, maximum: Int, _ refusesEmpty: Bool, _ isNullable: Bool
    ) -> JSONObject {
        var object = JSONObject()
        object["type"] = .array(["string", "number", "boolean"] + (isNullable ? ["null"] : []))
        object["minLength"] = refusesEmpty ? 1 : nil
        // Characters are at most as many as bytes: the check of the bytes is the stricter one.
        object["maxLength"] = maximum == .max ? nil : .number(JSONNumber(maximum))
        object["pattern"] = pattern.map { .string(refusesEmpty ? "^(?:\($0))$" : "^(?:\($0))?$") }
        return object
    }

    private static func types(_ type: JSONValue, _ isNullable: Bool) -> JSONValue {
        isNullable ? [type, "null"] : type
    }

    private static func words(of choice: Choice) -> [JSONValue] {
        (choice.values + choice.former.keys.sorted()).map { .string($0) }
    }

    private static func reference(to schema: Schema) -> JSONValue {
        .string("#/$defs/\(schema.name)")
    }

    private static func schemas(of rule: Schema.Rule) -> [JSONValue] {
        switch rule {
        case .one(let first, let second, let lack, _):
            // Null in the mapping's place is for the field's type to judge, so neither part says anything of it.
            let both: JSONValue = ["not": mapping(present([first, second]))]
            guard lack.severity == .error else { return [both] }
            return [["anyOf": [.object(present([first])), .object(present([second]))]], both]
        case .exclusive(let key, let inner, let outer, _):
            var both = present([key, outer])
            both["properties"] = [key: notNull, outer: mapping(present([inner]))]
            return [["not": mapping(both)]]
        }
    }

    /// Holds where all these keys have values, and for whatever is no mapping.
    private static func present(_ keys: [String]) -> JSONObject {
        var object = JSONObject()
        object["required"] = .array(keys.map { .string($0) })
        object["properties"] = .object(JSONObject(keys.map { JSONObject.Member(name: $0, value: notNull) }))
        return object
    }

    private static func mapping(_ schema: JSONObject) -> JSONValue {
        var schema = schema
        schema["type"] = "object"
        return .object(schema)
    }

    private static var notNull: JSONValue { ["not": ["type": "null"]] }
}
