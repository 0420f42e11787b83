import Text

/// The ways to write a scalar, the one that is nearest to what stood there first.
struct ScalarSpelling {
    let text: String
    let kind: YAMLScalar.Kind
    /// Whether the text is JSON, where nothing but double quotes will do.
    let isJSON: Bool

    /// On one line: in a flow collection, as a key, or behind a key.
    func inline(like style: EventReader.Event.Style, isFlow: Bool) -> [String] {
        let others = kind == .text ? [doubleQuoted] : []
        return (nearest(to: style, isFlow: isFlow).map { [$0] } ?? []) + others
    }

    /// In single quotes where that is the style, else plainly; nil where only double quotes will do.
    func nearest(to style: EventReader.Event.Style, isFlow: Bool) -> String? {
        guard kind == .text else { return text }
        if isJSON || style == .doubleQuoted || !Printable.isPlain(text) { return nil }
        if style == .singleQuoted { return "'\(text.replacing("'", with: "''"))'" }
        return canBePlain(isFlow: isFlow) ? text : nil
    }

    /// In a style that JSON knows as well: escapes for all that does not show.
    var doubleQuoted: String {
        let names: [Unicode.Scalar: String] = ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"]
        let escaped = text.replacingScalars { scalar in
            if let name = names[scalar] { return name }
            if Printable.isPlain(scalar) || scalar.value > 0xFFFF { return nil }
            return "\\u" + String(0x10000 + scalar.value, radix: 16).dropFirst()
        }
        return "\"\(escaped)\""
    }

    private func canBePlain(isFlow: Bool) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, last != UInt8(ascii: " "), last != UInt8(ascii: ":"),
            !YAMLScalar.Kind.isAmbiguous(plain: text), !",[]{}#&*!|>'\"%@` ".utf8.contains(first),
            !bytes.starts(with: "---".utf8), !bytes.starts(with: "...".utf8),
            !isFlow || !bytes.contains(where: ",[]{}".utf8.contains)
        else { return false }
        // A dash, as of a command's option, begins a text where no blank follows; so do the others, but not everywhere.
        if "?:-".utf8.contains(first), isFlow && first != UInt8(ascii: "-") || bytes.count == 1 || bytes[1] == 0x20 {
            return false
        }
        return !zip(bytes, bytes.dropFirst()).contains { ($0, $1) == (0x3A, 0x20) || ($0, $1) == (0x20, 0x23) }
    }

    /// As a block behind its key: the header's signs and the lines, without indentation; nil where none can hold it.
    ///
    /// `depth` is how much deeper than its parent the block stands.
    func block(isFolded: Bool, depth: Int) -> (header: String, lines: [String])? {
        let breaks = text.utf8.reversed().prefix { $0 == 0x0A }.count
        let body = String(decoding: text.utf8.dropLast(breaks), as: UTF8.self)
        guard kind == .text, !isJSON, !body.isEmpty else { return nil }
        guard body.unicodeScalars.allSatisfy({ Printable.isPlain($0) || $0 == "\n" || $0 == "\t" }) else { return nil }
        var lines = body.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(Substring($0)) }
        if isFolded {
            // A break that is to stay takes an empty line, and a line that begins with a blank is not folded at all.
            guard lines.allSatisfy({ !$0.isEmpty && $0.utf8.first != 0x20 && $0.utf8.first != 0x09 }) else {
                return nil
            }
            lines = Array(lines.map { [$0] }.joined(separator: [""]))
        }
        if breaks > 1 { lines += Array(repeating: "", count: breaks - 1) }
        let opening = body.utf8.drop { $0 == 0x0A }.first
        let indentation = opening == 0x20 || opening == 0x09 || body.utf8.first == 0x0A ? String(depth) : ""
        return ((isFolded ? ">" : "|") + indentation + (breaks == 0 ? "-" : breaks > 1 ? "+" : ""), lines)
    }
}
