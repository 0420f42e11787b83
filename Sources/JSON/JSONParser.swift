import Text

extension JSONValue {
    /// The nesting beyond which a document is refused, so that a hostile one cannot exhaust the stack.
    public static let maximumDepth = 200

    /// Parses one document: strict RFC 8259, UTF-8, a byte order mark skipped, no lone surrogates.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        var parser = JSONParser(bytes: bytes)
        self = try parser.parseDocument()
    }

    /// Parses one document from text.
    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }
}

private struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    mutating func parseDocument() throws(JSONError) -> JSONValue {
        let value = try parseValue()
        skipSpace()
        if position < bytes.count { throw failure("unexpected text after the document") }
        return value
    }

    private func failure(_ reason: String, at offset: Int? = nil) -> JSONError {
        JSONError(reason: reason, offset: offset ?? position)
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private mutating func parseValue() throws(JSONError) -> JSONValue {
        skipSpace()
        guard let byte = current else { throw failure("the document ends where a value was expected") }
        switch byte {
        case UInt8(ascii: "{"):
            var members: [JSONObject.Member] = []
            try parseItems(of: "object", upTo: "}") { parser throws(JSONError) in
                members.append(try parser.parseMember())
            }
            return .object(JSONObject(members))
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            try parseItems(of: "array", upTo: "]") { parser throws(JSONError) in
                elements.append(try parser.parseValue())
            }
            return .array(elements)
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try parseNumber())
        case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", .null)
        default: throw failure("unexpected character")
        }
    }

    /// Parses what stands between brackets, from the opening one on.
    private mutating func parseItems(
        of kind: StaticString, upTo end: Unicode.Scalar, _ parseItem: (inout JSONParser) throws(JSONError) -> Void
    ) throws(JSONError) {
        guard depth < JSONValue.maximumDepth else {
            throw failure("nested deeper than \(JSONValue.maximumDepth) levels")
        }
        depth += 1
        position += 1
        defer { depth -= 1 }
        skipSpace()
        if skip(end) { return }
        while true {
            try parseItem(&self)
            skipSpace()
            if skip(",") { continue }
            guard skip(end) else { throw failure("expected a comma or the end of the \(kind)") }
            return
        }
    }

    private mutating func parseMember() throws(JSONError) -> JSONObject.Member {
        skipSpace()
        guard current == UInt8(ascii: "\"") else { throw failure("expected a member's name in quotes") }
        let name = try parseString()
        skipSpace()
        guard skip(":") else { throw failure("expected a colon after a member's name") }
        return JSONObject.Member(name: name, value: try parseValue())
    }

    private mutating func parseWord(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let text = "\(word)".utf8
        guard bytes[position...].starts(with: text) else {
            let start = position
            if text.starts(with: bytes[position...]) { position = bytes.count }
            throw failure("unexpected word", at: start)
        }
        position += text.count
        return value
    }

    private mutating func parseNumber() throws(JSONError) -> JSONNumber {
        let start = position
        _ = skip("-")
        if !skip("0") { try parseDigits() }
        if skip(".") { try parseDigits() }
        if skip("e") || skip("E") {
            if !skip("+") { _ = skip("-") }
            try parseDigits()
        }
        return JSONNumber(checked: String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func parseDigits() throws(JSONError) {
        let start = position
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        if position == start { throw failure("expected a digit") }
    }

    private mutating func parseString() throws(JSONError) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        var copied = position
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                text += bytes[copied..<position]
                position += 1
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw failure("a string that is not UTF-8", at: start)
                }
                return string
            case UInt8(ascii: "\\"):
                text += bytes[copied..<position]
                position += 1
                text += try parseEscape().utf8
                copied = position
            case 0..<0x20:
                throw failure("a control character in a string")
            default:
                position += 1
            }
        }
        throw failure("a string that does not end", at: start)
    }

    private mutating func parseEscape() throws(JSONError) -> String {
        guard let byte = current else { throw failure("a string that does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(byte))
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return String(try parseUnicodeEscape())
        default: throw failure("an unknown escape", at: position - 2)
        }
    }

    private mutating func parseUnicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let start = position - 2
        let unit = try parseHexDigits()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        // Only a pair of surrogates stands for a character, the high one first.
        guard (0xD800..<0xDC00).contains(unit), skip("\\"), skip("u") else {
            throw failure("half of a surrogate pair", at: start)
        }
        let low = try parseHexDigits()
        guard (0xDC00..<0xE000).contains(low),
            let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
        else { throw failure("half of a surrogate pair", at: start) }
        return scalar
    }

    private mutating func parseHexDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = current.flatMap(Hexadecimal.value) else {
                throw failure("expected four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
