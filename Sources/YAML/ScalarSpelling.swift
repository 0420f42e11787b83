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
        if YAMLScalar.Kind.isAmbiguous(plain: text) { return false }
        var text = text
        return text.withUTF8 { bytes in
            let isAlone = bytes.count == 1 || bytes[1] == UInt8(ascii: " ")
            switch bytes[0] {
            case "#", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", " ", ",", "[", "]", "{", "}": return false
            // A dash, as of a command's option, begins a text where no blank follows; so do the others, but not everywhere.
            case "-": if isAlone || bytes.starts(with: "---".utf8) { return false }
            case "?", ":": if isAlone || isFlow { return false }
            case ".": if bytes.starts(with: "...".utf8) { return false }
            default: break
            }
            var previous: UInt8 = 0
            for byte in bytes {
                switch byte {
                case " ": if ":" ~= previous { return false }
                case "#": if " " ~= previous { return false }
                case ",", "[", "]", "{", "}": if isFlow { return false }
                default: break
                }
                previous = byte
            }
            return previous != UInt8(ascii: " ") && previous != UInt8(ascii: ":")
        }
    }

    /// As a block behind its key: the header's signs and the lines, without indentation; nil where none can hold it.
    ///
    /// `depth` is how much deeper than its parent the block stands.
    func block(isFolded: Bool, depth: Int) -> (header: String, lines: String)? {
        let breaks = text.utf8.reversed().prefix { $0 == 0x0A }.count
        guard kind == .text, !isJSON, breaks < text.utf8.count, showsInBlock else { return nil }
        var lines = String(text.unicodeScalars.dropLast(min(1, breaks)))
        if isFolded {
            let parts = text.utf8.dropLast(breaks).split(separator: 0x0A, omittingEmptySubsequences: false)
            // A break that is to stay takes an empty line, and a line that begins with a blank is not folded at all.
            guard parts.allSatisfy({ !$0.isEmpty && $0.first != 0x20 && $0.first != 0x09 }) else { return nil }
            lines = parts.map { String(Substring($0)) }.joined(separator: "\n\n")
            lines += String(repeating: "\n", count: max(0, breaks - 1))
        }
        let opening = text.utf8.first { $0 != 0x0A }
        let indentation = opening == 0x20 || opening == 0x09 || text.utf8.first == 0x0A ? String(depth) : ""
        return ((isFolded ? ">" : "|") + indentation + (breaks == 0 ? "-" : breaks > 1 ? "+" : ""), lines)
    }

    /// Whether every character shows as itself, line breaks and tabs apart.
    private var showsInBlock: Bool {
        text.utf8.allSatisfy { 0x20..<0x7F ~= $0 || $0 == 0x0A || $0 == 0x09 }
            || text.unicodeScalars.allSatisfy { Printable.isPlain($0) || $0 == "\n" || $0 == "\t" }
    }
}

/// Bytes are compared with the characters of YAML.
private func ~= (scalar: Unicode.Scalar, byte: UInt8) -> Bool { byte == UInt8(ascii: scalar) }
