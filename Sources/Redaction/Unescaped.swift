internal import Text

/// A text without its escapes of one kind, and where each of its bytes stands in the text that has them.
struct Unescaped {
    /// How characters are escaped.
    enum Kind: CaseIterable {
        /// As URLs and forms do it.
        case percent
        /// As JSON, JavaScript, Swift and Python do it.
        case backslash
        /// As HTML does it.
        case entity

        fileprivate var sign: UInt8 {
            switch self {
            case .percent: UInt8(ascii: "%")
            case .backslash: UInt8(ascii: "\\")
            case .entity: UInt8(ascii: "&")
            }
        }
    }

    /// What an escape stands for, and how many bytes it has behind its sign.
    private typealias Escape = (bytes: [UInt8], length: Int)

    private(set) var bytes: [UInt8] = []
    /// Where each byte begins, and where the last one ends.
    private var starts: [Int] = []

    /// Nil where the text has no such escape.
    init?(_ text: [UInt8], _ kind: Kind) {
        guard text.contains(kind.sign) else { return nil }
        bytes.reserveCapacity(text.count)
        starts.reserveCapacity(text.count + 1)
        var position = 0
        while position < text.count {
            if text[position] == kind.sign,
                let (escaped, length) = Self.escape(text[(position + 1)...].prefix(12), kind)
            {
                bytes += escaped
                starts += repeatElement(position, count: escaped.count)
                position += length
            } else {
                bytes.append(text[position])
                starts.append(position)
            }
            position += 1
        }
        if bytes.count == text.count { return nil }
        starts.append(position)
    }

    /// Where in the text what stands in that range does.
    func place(of range: Range<Int>) -> Range<Int> { starts[range.lowerBound]..<starts[range.upperBound] }

    private static func escape(_ text: ArraySlice<UInt8>, _ kind: Kind) -> Escape? {
        switch kind {
        case .percent: number(text, digits: 2).map { ([UInt8($0)], 2) }
        case .backslash: backslash(text)
        case .entity: entity(text)
        }
    }

    private static func backslash(_ text: ArraySlice<UInt8>) -> Escape? {
        let rest = text.dropFirst()
        switch text.first {
        case UInt8(ascii: "u") where rest.first == UInt8(ascii: "{"):
            let digits = rest.dropFirst().prefix { $0 != UInt8(ascii: "}") }.count
            return character(number(rest.dropFirst(), digits: digits), length: digits + 3)
        case UInt8(ascii: "u"): return unit(rest)
        case UInt8(ascii: "U"): return character(number(rest, digits: 8), length: 9)
        case UInt8(ascii: "x"): return character(number(rest, digits: 2), length: 3)
        case UInt8(ascii: "n"): return ([0x0A], 1)
        case UInt8(ascii: "r"): return ([0x0D], 1)
        case UInt8(ascii: "t"): return ([0x09], 1)
        case UInt8(ascii: "b"): return ([0x08], 1)
        case UInt8(ascii: "f"): return ([0x0C], 1)
        case .some(let byte) where 0x21...0x7E ~= byte && !PercentEncoding.isAlphanumeric(byte): return ([byte], 1)
        default: return nil
        }
    }

    /// Four digits of UTF-16, and those of the second half where they are a surrogate's.
    private static func unit(_ text: ArraySlice<UInt8>) -> Escape? {
        guard let first = number(text, digits: 4), 0xD800..<0xDC00 ~= first else {
            return character(number(text, digits: 4), length: 5)
        }
        guard text.dropFirst(4).starts(with: "\\u".utf8), let second = number(text.dropFirst(6), digits: 4) else {
            return nil
        }
        return character(0x10000 + (first - 0xD800) << 10 + second & 0x3FF, length: 11)
    }

    private static func entity(_ text: ArraySlice<UInt8>) -> Escape? {
        let name = text.prefix { $0 != UInt8(ascii: ";") }
        let digits = String(decoding: name.dropFirst(), as: UTF8.self)
        guard name.count < text.count else { return nil }
        guard name.first == UInt8(ascii: "#") else {
            return character(names[String(decoding: name, as: UTF8.self)]?.value, length: name.count + 1)
        }
        let value = digits.first.map("xX".contains) == true ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return character(value, length: name.count + 1)
    }

    private static let names: [String: Unicode.Scalar] = ["quot": "\"", "amp": "&", "lt": "<", "gt": ">", "apos": "'"]

    /// The value of so many hexadecimal digits.
    private static func number(_ text: ArraySlice<UInt8>, digits: Int) -> UInt32? {
        let values = text.prefix(digits).compactMap(Hexadecimal.value)
        return values.count == digits && digits <= 8 ? values.reduce(0) { $0 << 4 | UInt32($1) } : nil
    }

    private static func character(_ value: UInt32?, length: Int) -> Escape? {
        value.flatMap(Unicode.Scalar.init).map { (Array(String($0).utf8), length) }
    }
}
