internal import Text

/// Reads one escape of a text as a decoder would, whatever it stands for.
enum EscapeSequence {
    private static let characters = Dictionary(EscapeReader.entities.map { ($1, $0) }) { first, _ in first }

    /// Whether an escape may begin with that byte.
    static func mayBegin(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "%") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "&")
    }

    /// The bytes that the escape at the position stands for and where it ends; nil where there is none.
    static func read(_ text: [UInt8], at position: Int) -> (bytes: [UInt8], end: Int)? {
        switch text[position] {
        case UInt8(ascii: "%"):
            Hexadecimal.number(in: text, at: position + 1, count: 2).map { ([UInt8($0)], position + 3) }
        case UInt8(ascii: "\\"): backslash(text, position + 1)
        case UInt8(ascii: "&"): entity(text, position + 1)
        default: nil
        }
    }

    private static func backslash(_ text: [UInt8], _ position: Int) -> (bytes: [UInt8], end: Int)? {
        guard position < text.count else { return nil }
        let byte = text[position]
        switch byte {
        case UInt8(ascii: "u"): return unit(text, position + 1) ?? braced(text, position + 1)
        case UInt8(ascii: "U"):
            return number(Hexadecimal.number(in: text, at: position + 1, count: 8), end: position + 9)
        case UInt8(ascii: "x"):
            return number(Hexadecimal.number(in: text, at: position + 1, count: 2), end: position + 3)
        case let letter where EscapeReader.letters[letter] != nil:
            return EscapeReader.letters[letter].map { (Array(String($0).utf8), position + 1) }
        case 0x21...0x7E where !PercentEncoding.isAlphanumeric(byte): return ([byte], position + 1)
        default: return nil
        }
    }

    /// Four digits of UTF-16, and those of the second half where they are a surrogate's.
    private static func unit(_ text: [UInt8], _ position: Int) -> (bytes: [UInt8], end: Int)? {
        guard let first = Hexadecimal.number(in: text, at: position, count: 4) else { return nil }
        guard 0xD800..<0xDC00 ~= first else { return number(first, end: position + 4) }
        guard text[(position + 4)...].starts(with: Array("\\u".utf8)),
            let second = Hexadecimal.number(in: text, at: position + 6, count: 4), 0xDC00..<0xE000 ~= second
        else { return nil }
        return number(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), end: position + 10)
    }

    private static func braced(_ text: [UInt8], _ position: Int) -> (bytes: [UInt8], end: Int)? {
        guard position < text.count, text[position] == UInt8(ascii: "{") else { return nil }
        let count = text[(position + 1)...].prefix(8).prefix { Hexadecimal.value($0) != nil }.count
        let end = position + 1 + count
        guard count > 0, end < text.count, text[end] == UInt8(ascii: "}") else { return nil }
        return number(Hexadecimal.number(in: text, at: position + 1, count: count), end: end + 1)
    }

    private static func entity(_ text: [UInt8], _ position: Int) -> (bytes: [UInt8], end: Int)? {
        guard let semicolon = text[position...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = String(decoding: text[position..<semicolon], as: UTF8.self)
        if let character = characters[name] { return (Array(String(character).utf8), semicolon + 1) }
        guard name.utf8.first == UInt8(ascii: "#") else { return nil }
        let digits = name.dropFirst()
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        let value = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number(value, end: semicolon + 1)
    }

    private static func number(_ value: UInt32?, end: Int) -> (bytes: [UInt8], end: Int)? {
        value.flatMap(Unicode.Scalar.init).map { (Array(String($0).utf8), end) }
    }
}
