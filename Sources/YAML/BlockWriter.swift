public import JSON
import Text

extension JSONValue {
    /// The value as a YAML document with sorted keys, texts that other readers could take for something else quoted.
    public var yaml: String {
        let writer = BlockWriter(isJSON: false, newline: "\n", step: 2, sequenceStep: 0, isRendering: true)
        let value = YAMLSyntax(self, isSorted: true)
        return (value.isFilled ? writer.block(value, at: 0) : writer.scalar(value, at: 0)) + "\n"
    }
}

/// Writes values that are new to a text the way that the text is written.
struct BlockWriter {
    let isJSON: Bool
    let newline: String
    /// How much deeper a mapping stands than the one that holds it.
    let step: Int
    /// How much deeper a sequence stands than the mapping that holds it.
    let sequenceStep: Int
    /// Whether the text is a new one: blanks that do not show stand in quotes, single ones where there is a choice.
    var isRendering = false
    /// Whether a text of several lines is quoted, where a block could not end as it should.
    var isQuoting = false

    /// Between brackets or braces: on one line or, where a column is given, an item a line as JSON is laid out.
    func flow(_ value: YAMLSyntax, at column: Int? = nil) -> String {
        let inner = column.map { $0 + step }
        var (open, close, items) = ("[", "]", [String]())
        switch value.content {
        case .alias(let name, _): return "*\(name)"
        case .scalar: return inline(value, isFlow: true)
        case .sequence(let elements): items = elements.map { flow($0, at: inner) }
        case .mapping(let entries):
            (open, close) = ("{", "}")
            items = entries.map { "\(flow($0.key)): \(flow($0.value, at: inner))" }
        }
        guard let inner, let column, !items.isEmpty else { return open + items.joined(separator: ", ") + close }
        let lineBreak = newline + indentation(inner)
        return open + lineBreak + items.joined(separator: "," + lineBreak) + newline + indentation(column) + close
    }

    /// The lines of a collection that stands at that column, the first one without its indentation.
    func block(_ value: YAMLSyntax, at column: Int) -> String {
        let items: [String]
        switch value.content {
        case .mapping(let entries) where !entries.isEmpty: items = entries.map { entry($0, at: column) }
        case .sequence(let elements) where !elements.isEmpty: items = elements.map { element($0, at: column) }
        default: return flow(value)
        }
        return items.joined(separator: newline + indentation(column))
    }

    func element(_ value: YAMLSyntax, behind sign: String = "-", at column: Int) -> String {
        "\(sign) " + (value.isFilled ? block(value, at: column + 2) : scalar(value, at: column))
    }

    func entry(_ entry: YAMLSyntax.Entry, at column: Int) -> String {
        let key = inline(entry.key, isFlow: false)
        // Readers do not look further for the colon of a key on its line than 1,024 characters.
        guard key.utf8.count > Self.longestKey else { return "\(key):" + behindKey(entry.value, at: column) }
        return "? \(key)\(newline)\(indentation(column))" + element(entry.value, behind: ":", at: column)
    }

    private static let longestKey = 128

    /// What stands behind the colon of a key at that column.
    func behindKey(_ value: YAMLSyntax, at column: Int) -> String {
        guard value.isFilled else { return " " + scalar(value, at: column) }
        let inner = column + (value.isSequence ? sequenceStep : step)
        return newline + indentation(inner) + block(value, at: inner)
    }

    private func inline(_ value: YAMLSyntax, isFlow: Bool) -> String {
        guard case .scalar(let text, let kind) = value.content else { return flow(value) }
        let spelling = ScalarSpelling(text: text, kind: kind, isJSON: isJSON)
        if let nearest = spelling.nearest(to: value.style, isFlow: isFlow) { return nearest }
        let takesSingle = isRendering && !YAMLScalar.Kind.isAmbiguous(plain: text)
        let single = takesSingle ? spelling.nearest(to: .singleQuoted, isFlow: isFlow) : nil
        return single ?? spelling.doubleQuoted
    }

    fileprivate func scalar(_ value: YAMLSyntax, at column: Int) -> String {
        guard case .scalar(let text, let kind) = value.content, text.utf8.contains(0x0A), !isQuoting,
            !isRendering || !text.hasHiddenBlanks,
            let block = ScalarSpelling(text: text, kind: kind, isJSON: isJSON).block(isFolded: false, depth: step)
        else { return inline(value, isFlow: false) }
        return block.header + lines(block.lines, at: column + step)
    }

    /// Lines below the one before, each at that column but the empty ones.
    func lines(_ lines: [String], at column: Int) -> String {
        lines.map { newline + ($0.isEmpty ? "" : indentation(column) + $0) }.joined()
    }

    func indentation(_ column: Int) -> String { String(repeating: " ", count: column) }
}

extension String {
    /// Whether there are tabs, or blanks at the end of a line.
    fileprivate var hasHiddenBlanks: Bool {
        let bytes = Array(utf8)
        return bytes.contains(0x09) || bytes.last == 0x20
            || zip(bytes, bytes.dropFirst()).contains { $0 == 0x20 && $1 == 0x0A }
    }
}
