/// Base64 in the standard alphabet (RFC 4648 §4), strict about padding; what is decoded may be Base64URL (§5) as well.
public enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The bytes as padded text.
    public static func encode(_ bytes: [UInt8]) -> String {
        let padding = (3 - bytes.count % 3) % 3
        let digits = regrouped(bytes + Array(repeating: 0, count: padding), from: 8, to: 6).map { alphabet[Int($0)] }
        return String(decoding: digits.dropLast(padding), as: UTF8.self) + String(repeating: "=", count: padding)
    }

    /// The bytes of a padded text without any white space in it, nil where it is none.
    public static func decode(_ text: [UInt8]) -> [UInt8]? {
        let digits = text.reversed().drop { $0 == UInt8(ascii: "=") }.reversed()
        let values = digits.compactMap(value)
        guard text.count % 4 == 0, text.count - digits.count <= 2, values.count == digits.count else { return nil }
        return regrouped(values, from: 6, to: 8)
    }

    /// The low bits of bytes in groups of another size; bits that fill none are left out.
    public static func regrouped(_ values: [UInt8], from size: Int, to newSize: Int) -> [UInt8] {
        var (groups, rest, bits) = ([UInt8](), 0, 0)
        groups.reserveCapacity(values.count * size / newSize)
        for value in values {
            (rest, bits) = (rest << size | Int(value), bits + size)
            while bits >= newSize {
                bits -= newSize
                groups.append(UInt8(rest >> bits))
                rest &= 1 << bits - 1
            }
        }
        return groups
    }

    /// The value of a digit of Base64 or Base64URL, nil where it is none.
    public static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
