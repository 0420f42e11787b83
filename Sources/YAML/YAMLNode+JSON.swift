public import JSON

extension JSONValue {
    /// A YAML tree as JSON, scalars read as Kubernetes' own tools read them: by the core schema, with the words and the numbers
    /// of YAML 1.1 (`yes`, `y`, `0644`, `0b11`, `1_000`), but for those to base 60.
    ///
    /// Throws at a number that JSON has none for.
    public init(asKubernetesReads node: YAMLNode) throws(YAMLProblem) {
        switch node.content {
        case .sequence(let elements):
            var values: [JSONValue] = []
            for element in elements { values.append(try JSONValue(asKubernetesReads: element)) }
            self = .array(values)
        case .mapping(let entries):
            var members: [JSONObject.Member] = []
            for entry in entries {
                members.append(JSONObject.Member(name: entry.key, value: try JSONValue(asKubernetesReads: entry.value)))
            }
            self = .object(JSONObject(members))
        case .scalar(let scalar):
            guard let value = JSONValue(scalar) else {
                throw YAMLProblem(
                    code: .syntax, message: "JSON has no number for this; write it in quotes", mark: node.mark)
            }
            self = value
        }
    }

    private init?(_ scalar: YAMLScalar) {
        switch scalar.kind {
        case .null: self = .null
        case .boolean: self = .bool(scalar.text.utf8.first.map { $0 | 0x20 } == UInt8(ascii: "t"))
        case .text:
            switch scalar.isPlain && scalar.text.utf8.count <= 3 ? scalar.text : "" {
            case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON": self = .bool(true)
            case "n", "N", "no", "No", "NO", "off", "Off", "OFF": self = .bool(false)
            default: self = (scalar.isPlain ? Self.oldNumber(scalar.text) : nil) ?? .string(scalar.text)
            }
        case .integer, .float:
            guard let number = Self.number(scalar.text) else { return nil }
            self = number
        }
    }

    /// A number that the core schema takes for text: with its digits in groups, in binary, or with a capital in its prefix.
    private static func oldNumber(_ text: String) -> JSONValue? {
        guard let first = text.utf8.first, "+-0123456789".utf8.contains(first) else { return nil }
        let plain = text.lowercased().replacing("_", with: "")
        let digits = plain.drop { $0 == "+" || $0 == "-" }
        let isPrefixed = ["0b", "0o", "0x"].contains { digits.hasPrefix($0) }
        guard isPrefixed || [.integer, .float].contains(YAMLScalar.Kind(plain: plain)) else { return nil }
        return number(plain)
    }

    private static func number(_ text: String) -> JSONValue? {
        var digits = text[...]
        let sign = digits.first == "-" ? "-" : ""
        if digits.first == "-" || digits.first == "+" { digits = digits.dropFirst() }
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2), ("0", 8)]
        where digits.hasPrefix(prefix) && digits.count > 1 {
            guard let value = UInt64(digits.dropFirst(prefix.count), radix: radix) else { continue }
            return try? JSONValue(parsing: "\(sign)\(value)")
        }
        // What JSON writes otherwise: `.5`, `5.`, `007.5`.
        while digits.hasPrefix("0"), digits.dropFirst().first?.isNumber == true { digits = digits.dropFirst() }
        if digits.hasPrefix(".") { digits = "0" + digits }
        let whole = digits.prefix { $0 != "." }
        if let fraction = digits.dropFirst(whole.count).dropFirst().first, fraction.isNumber {
            return try? JSONValue(parsing: sign + digits)
        }
        return try? JSONValue(parsing: sign + whole + digits.dropFirst(whole.count + 1))
    }
}
