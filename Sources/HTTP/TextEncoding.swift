/// The hexadecimal digits of bytes.
enum Hexadecimal {
    static let upper = Array("0123456789ABCDEF".utf8)
    static let lower = Array("0123456789abcdef".utf8)

    /// The value of each byte as a digit, 255 where it is none.
    static let values = (UInt8.min...UInt8.max).map { value($0) ?? .max }

    static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The number that so many digits at the position of a text stand for; nil where there are fewer.
    static func number(in text: [UInt8], at position: Int, count: Int) -> UInt32? {
        guard position + count <= text.count else { return nil }
        var number: UInt32 = 0
        for byte in text[position..<position + count] {
            guard let digit = value(byte) else { return nil }
            number = number << 4 | UInt32(digit)
        }
        return number
    }
}

/// Percent-encoding (RFC 3986 §2.1) of everything but unreserved characters.
enum PercentEncoding {
    static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            append(byte, plain: isAlphanumeric(byte) || "-._~".utf8.contains(byte), to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func append(_ byte: UInt8, plain: Bool, to bytes: inout [UInt8]) {
        if plain {
            bytes.append(byte)
        } else {
            bytes += [UInt8(ascii: "%"), Hexadecimal.upper[Int(byte >> 4)], Hexadecimal.upper[Int(byte & 15)]]
        }
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}

/// `application/x-www-form-urlencoded`, as the URL standard and RFC 6749 appendix B write it.
enum FormEncoding {
    static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte == UInt8(ascii: " ") {
                bytes.append(UInt8(ascii: "+"))
            } else {
                let plain = PercentEncoding.isAlphanumeric(byte) || "*-._".utf8.contains(byte)
                PercentEncoding.append(byte, plain: plain, to: &bytes)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Base64 (RFC 4648 §4), and the judgement of somebody else's.
enum Base64 {
    static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text = sextets(of: bytes).map { alphabet[Int($0)] }
        while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bits of bytes in groups of six, the last filled up with zeros.
    static func sextets(of bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var pending: UInt32 = 0
        var bits = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                result.append(UInt8(pending >> UInt32(bits) & 63))
            }
        }
        if bits > 0 { result.append(UInt8(pending << UInt32(6 - bits) & 63)) }
        return result
    }

    /// The bytes of a padded text without any white space in it, nil where it is none.
    static func decode(_ text: [UInt8]) -> [UInt8]? {
        let digits = text.reversed().drop { $0 == UInt8(ascii: "=") }.reversed()
        guard text.count % 4 == 0, text.count - digits.count <= 2 else { return nil }
        var result: [UInt8] = []
        var pending: UInt32 = 0
        var bits = 0
        for digit in digits {
            guard let value = value(digit) else { return nil }
            pending = pending << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                result.append(UInt8(pending >> UInt32(bits) & 255))
            }
        }
        return result
    }

    /// The value of each byte as a digit of Base64 or Base64URL, 255 where it is none.
    static let values = (UInt8.min...UInt8.max).map { byte -> UInt8 in
        switch byte {
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: value(byte) ?? .max
        }
    }

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
