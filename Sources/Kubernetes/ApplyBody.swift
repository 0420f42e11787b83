import JSON

extension JSONValue {
    /// The document as a server reads it that takes it for YAML, as server-side apply does: no text in it changes on the way.
    ///
    /// A YAML parser refuses or replaces some characters that JSON leaves as they are; these are written as escapes.
    func serializedForApply() -> [UInt8] {
        let json = serialized()
        var output: [UInt8] = []
        output.reserveCapacity(json.count)
        var index = 0
        while index < json.count {
            let rest = json[index...]
            if let escape = Self.escape(rest) {
                output += escape.text.utf8
                index += escape.length
            } else {
                output.append(json[index])
                index += 1
            }
        }
        return output
    }

    /// The escape of the character that some bytes begin with, where YAML needs one, and how many bytes it stands for.
    private static func escape(_ bytes: ArraySlice<UInt8>) -> (text: String, length: Int)? {
        let second = bytes.dropFirst().first ?? 0
        let third = bytes.dropFirst(2).first ?? 0
        switch (bytes.first, second, third) {
        // The controls from U+0080 to U+009F, of which U+0085 breaks a line.
        case (0xC2, 0x80...0x9F, _): return ("\\u00" + String(second, radix: 16), 2)
        case (0xE2, 0x80, 0xA8): return ("\\u2028", 3)
        case (0xE2, 0x80, 0xA9): return ("\\u2029", 3)
        case (0xEF, 0xBB, 0xBF): return ("\\ufeff", 3)
        case (0xEF, 0xBF, 0xBE): return ("\\ufffe", 3)
        case (0xEF, 0xBF, 0xBF): return ("\\uffff", 3)
        default: return nil
        }
    }

    /// A key that a YAML parser takes for no key because it is too long; nil where there is none.
    var keyTooLongForApply: String? {
        switch self {
        case .object(let object):
            for member in object.members {
                // With its quotes and escapes, and a character to spare.
                if JSONValue.string(member.name).serialized().count > 1020 { return member.name }
                if let key = member.value.keyTooLongForApply { return key }
            }
            return nil
        case .array(let elements): return elements.lazy.compactMap(\.keyTooLongForApply).first
        default: return nil
        }
    }
}
