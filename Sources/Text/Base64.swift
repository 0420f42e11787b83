/// Base64 in the standard alphabet (RFC 4648 §4), strict about padding.
public enum Base64 {
    /// The digits in the order of their values.
    public static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The digits of Base64URL (RFC 4648 §5).
    public static let urlAlphabet = Array(alphabet.dropLast(2)) + "-_".utf8

    /// The bytes as padded text.
    public static func encode(_ bytes: [UInt8]) -> String {
        var text = sextets(of: bytes).map { alphabet[Int($0)] }
        while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bits of bytes in groups of six, the last filled up with zeros.
    public static func sextets(of bytes: [UInt8]) -> [UInt8] {
        var (sextets, rest, bits) = regrouped(bytes, from: 8, to: 6)
        if bits > 0 { sextets.append(UInt8(rest << (6 - bits))) }
        return sextets
    }

    /// The bytes of a padded text without any white space in it, nil where it is none.
    public static func decode(_ text: [UInt8]) -> [UInt8]? {
        let digits = text.reversed().drop { $0 == UInt8(ascii: "=") }.reversed()
        let values = digits.compactMap(value)
        guard text.count % 4 == 0, text.count - digits.count <= 2, values.count == digits.count else { return nil }
        return regrouped(values, from: 6, to: 8).groups
    }

    /// The low bits of bytes in groups of another size, and the bits that fill none, with their number.
    private static func regrouped(
        _ values: [UInt8], from size: UInt32, to newSize: UInt32
    ) -> (groups: [UInt8], rest: UInt32, bits: UInt32) {
        var (groups, rest, bits) = ([UInt8](), UInt32(0), UInt32(0))
        for value in values {
            (rest, bits) = (rest << size | UInt32(value), bits + size)
            while bits >= newSize {
                bits -= newSize
                groups.append(UInt8(rest >> bits))
                rest &= 1 << bits - 1
            }
        }
        return (groups, rest, bits)
    }

    /// Whether it is a digit of Base64 or Base64URL.
    public static func isDigit(_ byte: UInt8) -> Bool { value(byte) != nil || byte == 0x2D || byte == 0x5F }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
