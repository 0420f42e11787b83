public import JSON

/// Validates documents by exactly those keywords of JSON Schema 2020-12 that our schemas use.
///
/// Written from the specification alone and without a look at the rows: it is the second opinion. An unknown keyword is
/// an error, for a keyword that is not applied would let everything pass.
public final class SchemaValidator {
    /// The whole schema.
    public let schema: JSONValue
    /// Compiling a pattern takes longer than all the rest.
    private var patterns: [String: Regex<AnyRegexOutput>] = [:]

    /// A keyword that this validator does not know.
    public struct UnknownKeyword: Error {
        /// The keyword, or what stands in its place.
        public let keyword: String
    }

    /// A validator of the schema that the text is.
    public init(_ text: String) throws {
        schema = try JSONValue(parsing: text)
    }

    /// Where a document breaks the schema, as `path: keyword`.
    public func violations(of instance: JSONValue) throws -> [String] {
        try violations(of: instance, by: schema, at: "$")
    }

    private func violations(of instance: JSONValue, by schema: JSONValue, at path: String) throws -> [String] {
        if case .bool(let allowed) = schema { return allowed ? [] : ["\(path): false"] }
        guard let object = schema.object else { throw UnknownKeyword(keyword: "a schema that is \(schema.kind)") }
        return try object.members.flatMap { keyword in
            try violations(of: instance, keyword: keyword.name, keyword.value, in: schema, at: path)
        }
    }

    private func violations(
        of instance: JSONValue, keyword: String, _ value: JSONValue, in schema: JSONValue, at path: String
    ) throws -> [String] {
        func verdict(_ holds: Bool) -> [String] { holds ? [] : ["\(path): \(keyword)"] }
        func holds(_ schema: JSONValue) throws -> Bool {
            try violations(of: instance, by: schema, at: path).isEmpty
        }
        switch keyword {
        case "$schema", "$id", "$defs", "title", "description", "default", "examples", "deprecated":
            return []
        case "$ref":
            return try violations(of: instance, by: try definition(value), at: path)
        case "type":
            let types = value.array ?? [value]
            return verdict(try types.contains { try Self.isOfType(instance, $0.string) })
        case "enum":
            return verdict(value.array?.contains(instance) ?? false)
        case "minimum", "maximum":
            guard case .number(let number) = instance, let size = Double(number.text), let limit = value.integer
            else { return [] }
            return verdict(keyword == "minimum" ? size >= Double(limit) : size <= Double(limit))
        case "minLength", "maxLength":
            guard let length = instance.string?.unicodeScalars.count, let limit = value.integer else { return [] }
            return verdict(keyword == "minLength" ? length >= limit : length <= limit)
        case "pattern":
            guard let text = instance.string, let pattern = value.string else { return [] }
            return verdict(try text.firstMatch(of: regex(pattern)) != nil)
        case "uniqueItems":
            guard let items = instance.array, value == true else { return [] }
            return verdict(items.indices.allSatisfy { index in !items[..<index].contains(items[index]) })
        case "maxItems":
            return verdict((instance.array?.count ?? 0) <= value.integer ?? 0)
        case "maxProperties":
            return verdict((instance.object?.members.count ?? 0) <= value.integer ?? 0)
        case "required":
            guard let object = instance.object else { return [] }
            return verdict((value.array ?? []).allSatisfy { object[$0.string ?? ""] != nil })
        case "items":
            return try (instance.array ?? []).enumerated().flatMap { index, item in
                try violations(of: item, by: value, at: "\(path)[\(index)]")
            }
        case "properties":
            return try (instance.object?.members ?? []).flatMap { member in
                try value[member.name].map { try violations(of: member.value, by: $0, at: "\(path).\(member.name)") }
                    ?? []
            }
        case "patternProperties":
            return try (instance.object?.members ?? []).flatMap { member in
                try (value.object?.members ?? []).filter { try member.name.contains(regex($0.name)) }.flatMap {
                    try violations(of: member.value, by: $0.value, at: "\(path).\(member.name)")
                }
            }
        case "additionalProperties":
            let patterns = try (schema["patternProperties"]?.object?.members ?? []).map { try regex($0.name) }
            return try (instance.object?.members ?? []).flatMap { member in
                guard schema["properties"]?[member.name] == nil, !patterns.contains(where: member.name.contains)
                else { return [String]() }
                return try violations(of: member.value, by: value, at: "\(path).\(member.name)")
            }
        case "propertyNames":
            return try (instance.object?.members ?? []).flatMap { member in
                try violations(of: .string(member.name), by: value, at: "\(path).\(member.name)")
            }
        case "allOf":
            return try (value.array ?? []).flatMap { try violations(of: instance, by: $0, at: path) }
        case "anyOf":
            return verdict(try (value.array ?? []).contains(where: holds))
        case "not":
            return verdict(try !holds(value))
        default:
            throw UnknownKeyword(keyword: keyword)
        }
    }

    /// What a `$ref` means.
    public func definition(_ reference: JSONValue) throws -> JSONValue {
        let prefix = "#/$defs/"
        guard let text = reference.string, text.hasPrefix(prefix),
            let found = schema["$defs"]?[String(text.dropFirst(prefix.count))]
        else { throw UnknownKeyword(keyword: "$ref: \(reference.text())") }
        return found
    }

    private static func isOfType(_ instance: JSONValue, _ type: String?) throws -> Bool {
        switch (type, instance) {
        case ("null", .null), ("boolean", .bool), ("number", .number), ("string", .string), ("array", .array),
            ("object", .object):
            return true
        case ("integer", .number(let number)):
            return Double(number.text).map { $0.rounded() == $0 } ?? false
        case ("null", _), ("boolean", _), ("number", _), ("string", _), ("array", _), ("object", _), ("integer", _):
            return false
        default:
            throw UnknownKeyword(keyword: "type: \(type ?? "nothing")")
        }
    }

    /// ECMA-262's `$` is the very end; Swift's also stands before a last newline.
    private func regex(_ pattern: String) throws -> Regex<AnyRegexOutput> {
        if let known = patterns[pattern] { return known }
        let regex = try Regex(pattern.replacing("$", with: #"\z"#)).matchingSemantics(.unicodeScalar)
        patterns[pattern] = regex
        return regex
    }
}
