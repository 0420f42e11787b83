import JSON

/// The JSON Schema of `workload.yaml`, made from the rows that check it.
public enum WorkloadSchema {
    /// The schema (JSON Schema 2020-12) for editors, laid out, with a newline at its end.
    public static let text = document.text(.pretty) + "\n"

    static var document: JSONValue {
        var object = object(of: .descriptor)
        object["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        object["title"] = "OpenChoreo workload descriptor"
        object["$id"] = "urn:workload-publisher:workload.schema.json"
        object["type"] = "object"
        var definitions = JSONObject()
        define(below: .descriptor, in: &definitions)
        object["$defs"] = .object(definitions)
        return .object(object)
    }

    private static func define(below schema: Schema, in definitions: inout JSONObject) {
        for inner in schema.fields.compactMap(\.type.schema) where definitions[inner.name] == nil {
            definitions[inner.name] = .object(object(of: inner))
            define(below: inner, in: &definitions)
        }
    }

    /// Holds for mappings alone and says nothing about others: where it is used, the type is said too.
    private static func object(of schema: Schema) -> JSONObject {
        let required = schema.fields.filter { $0.presence == .required }.map { JSONValue.string($0.key) }
        let rules = schema.rules.flatMap(schemas)
        return [
            "description": .string(schema.description),
            "properties": .object(
                JSONObject(schema.fields.map { JSONObject.Member(name: $0.key, value: Self.schema(of: $0)) })),
            "additionalProperties": schema.otherKeys == nil ? nil : false,
            "patternProperties": schema.otherKeys?.severity == .error ? ["^x-": true] : nil,
            "required": required.isEmpty ? nil : .array(required), "allOf": rules.isEmpty ? nil : .array(rules),
        ]
    }

    private static func schema(of field: Field) -> JSONValue {
        var object = schema(of: field.type, refusesEmpty: field.refusesEmpty, isNullable: field.presence != .required)
        object["description"] = .string(field.description)
        object["examples"] = field.examples.isEmpty ? nil : .array(field.examples)
        if field.isFormer { object["deprecated"] = true }
        return .object(object)
    }

    private static func schema(of type: FieldType, refusesEmpty: Bool, isNullable: Bool) -> JSONObject {
        switch type {
        case .text(let format):
            return text(format.pattern, maximum: format.maximumBytes, refusesEmpty, isNullable)
        case .file:
            return text(nil, maximum: TextFormat.longestPath, refusesEmpty, isNullable)
        case .choice(let choice):
            return ["enum": .array(words(of: choice) + (isNullable ? [.null] : []))]
        case .choices(let choice):
            return [
                "type": types("array", isNullable), "items": ["enum": .array(words(of: choice))], "uniqueItems": true,
            ]
        case .integer(let range):
            return [
                "type": types("integer", isNullable), "minimum": JSONValue(range.lowerBound),
                "maximum": JSONValue(range.upperBound),
            ]
        case .mapping(let schema):
            return ["type": types("object", isNullable), "$ref": reference(to: schema)]
        case .list(let entries):
            return [
                "type": types("array", isNullable),
                "items": ["type": "object", "$ref": reference(to: entries.schema)],
                "maxItems": entries.maximum.map { JSONValue($0) },
            ]
        case .bindings(let format, let maximum):
            return [
                "type": types("object", isNullable), "propertyNames": ["minLength": 1],
                "additionalProperties": .object(text(format.pattern, maximum: format.maximumBytes, true, false)),
                "maxProperties": JSONValue(maximum),
            ]
        case .anything:
            return [:]
        }
    }

    /// Any scalar, for it is taken as it was written: `1.10` needs no quotes.
    private static func text(
        _ pattern: String?, maximum: Int, _ refusesEmpty: Bool, _ isNullable: Bool
    ) -> JSONObject {
        [
            "type": .array(["string", "number", "boolean"] + (isNullable ? ["null"] : [])),
            "minLength": refusesEmpty ? 1 : nil,
            // Characters are at most as many as bytes: the check of the bytes is the stricter one.
            "maxLength": maximum == .max ? nil : JSONValue(maximum),
            "pattern": pattern.map { .string(refusesEmpty ? "^(?:\($0))$" : "^(?:\($0))?$") },
        ]
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
            let both: JSONValue = ["not": present([first, second], isMapping: true)]
            guard lack.severity == .error else { return [both] }
            return [["anyOf": [present([first]), present([second])]], both]
        case .exclusive(let key, let inner, let outer, _):
            var both = present([key, outer], isMapping: true)
            both["properties"] = [key: notNull, outer: present([inner], isMapping: true)]
            return [["not": both]]
        }
    }

    /// Holds where all these keys have values, and for whatever is no mapping unless it must be one.
    private static func present(_ keys: [String], isMapping: Bool = false) -> JSONValue {
        [
            "required": .array(keys.map { .string($0) }), "type": isMapping ? "object" : nil,
            "properties": .object(JSONObject(keys.map { JSONObject.Member(name: $0, value: notNull) })),
        ]
    }

    private static var notNull: JSONValue { ["not": ["type": "null"]] }
}
