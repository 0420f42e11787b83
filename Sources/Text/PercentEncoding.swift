/// Percent-encoding (RFC 3986 §2.1) of everything but unreserved characters.
public enum PercentEncoding {
    /// The text with every other byte as `%XX`.
    public static func encode(_ text: String) -> String {
        encode(text, sparing: "-._~")
    }

    fileprivate static func encode(_ text: String, sparing others: String) -> String {
        if text.utf8.allSatisfy(isAlphanumeric) { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isAlphanumeric(byte) || others.utf8.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), Hexadecimal.upper[Int(byte >> 4)], Hexadecimal.upper[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
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
        let encoded = PercentEncoding.encode(text, sparing: "*-._ ")
        return String(decoding: encoded.utf8.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 }, as: UTF8.self)
    }
}
