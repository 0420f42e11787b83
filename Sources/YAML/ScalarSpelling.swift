import Text

/// The ways to write a scalar, the one that is nearest to what stood there first.
struct ScalarSpelling {
    let text: String
    let kind: YAMLScalar.Kind
    /// Whether the text is JSON, where nothing but double quotes will do.
    let isJSON: Bool

    /// On one line: in a flow collection, as a key, or behind a key.
    func inline(like style: EventReader.Event.Style, isFlow: Bool) -> [String] {
        guard kind == .text else { return [text] }
        if isJSON { return [doubleQuoted] }
        var spellings: [String] = []
        let isPrintable = text.unicodeScalars.allSatisfy(Printable.isPlain)
        if style == .singleQuoted && isPrintable {
            spellings.append("'\(text.replacing("'", with: "''"))'")
        } else if style != .doubleQuoted && isPrintable && canBePlain(isFlow: isFlow) {
            spellings.append(text)
        }
        return spellings + [doubleQuoted]
    }

    /// In a style that JSON knows as well: escapes for all that does not show.
    private var doubleQuoted: String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            default:
                if Printable.isPlain(scalar) || scalar.value > 0xFFFF {
                    quoted.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
        return quoted + "\""
    }

    private func canBePlain(isFlow: Bool) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        if YAMLScalar.Kind.isAmbiguous(plain: text) { return false }
        if ",[]{}#&*!|>'\"%@` -?:".utf8.contains(first), !startsWithSafeDash { return false }
        if text.utf8.starts(with: "...".utf8) { return false }
        if last == UInt8(ascii: " ") || last == UInt8(ascii: ":") { return false }
        if isFlow && text.utf8.contains(where: ",[]{}".utf8.contains) { return false }
        return !text.contains(": ") && !text.contains(" #")
    }

    /// A dash, as of a command's option, begins a text where no blank follows.
    private var startsWithSafeDash: Bool {
        text.utf8.first == UInt8(ascii: "-") && !text.utf8.starts(with: "- ".utf8) && text.utf8.count > 1
            && !text.utf8.starts(with: "---".utf8)
    }

    /// As a block behind its key: the header's signs and the lines, without indentation; nil where none can hold it.
    ///
    /// `depth` is how much deeper than its parent the block stands.
    func block(isFolded: Bool, depth: Int) -> (header: String, lines: [String])? {
        let breaks = text.utf8.reversed().prefix { $0 == 0x0A }.count
        let body = String(decoding: text.utf8.dropLast(breaks), as: UTF8.self)
        guard kind == .text, !isJSON, !body.isEmpty else { return nil }
        guard body.unicodeScalars.allSatisfy({ Printable.isPlain($0) || $0 == "\n" || $0 == "\t" }) else { return nil }
        var lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
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
