/// Percent-encoding (RFC 3986 §2.1) of everything but unreserved characters.
public enum PercentEncoding {
    /// The text with every other byte as `%XX`.
    public static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            append(byte, plain: isAlphanumeric(byte) || "-._~".utf8.contains(byte), to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Adds a byte as it is or as `%XX`.
    public static func append(_ byte: UInt8, plain: Bool, to bytes: inout [UInt8]) {
        if plain {
            bytes.append(byte)
        } else {
            bytes += [UInt8(ascii: "%"), Hexadecimal.upper[Int(byte >> 4)], Hexadecimal.upper[Int(byte & 15)]]
        }
    }

    /// Whether it is an ASCII letter or digit.
    public static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}

/// `application/x-www-form-urlencoded`, as the URL standard and RFC 6749 appendix B write it.
public enum FormEncoding {
    /// The text as a name or value of a form.
    public static func encode(_ text: String) -> String {
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
