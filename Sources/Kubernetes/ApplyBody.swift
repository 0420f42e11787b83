import JSON

extension JSONValue {
    /// The document as a server reads it that takes it for YAML, as server-side apply does: no text in it changes on the way.
    ///
    /// A YAML parser refuses or replaces some characters that JSON leaves as they are; these are written as escapes.
    func serializedForApply() -> [UInt8] {
        var text = ""
        for scalar in String(decoding: serialized(), as: UTF8.self).unicodeScalars {
            switch scalar.value {
            // Controls and breaks of lines, of which YAML has more than JSON, the byte order mark and what is no character.
            case 0x80...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return Array(text.utf8)
    }
}
