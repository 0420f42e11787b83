/// Writes values that are new to a text the way that the text is written.
struct BlockWriter {
    let isJSON: Bool
    let newline: String
    /// How much deeper a mapping stands than the one that holds it.
    let step: Int
    /// How much deeper a sequence stands than the mapping that holds it.
    let sequenceStep: Int
    /// Whether a text of several lines is quoted, where a block could not end as it should.
    var isQuoting = false

    /// Between brackets or braces: on one line or, where a column is given, an item a line as JSON is laid out.
    func flow(_ value: YAMLSyntax, at column: Int? = nil) -> String {
        let inner = column.map { $0 + step }
        var (open, close, items) = ("[", "]", [String]())
        switch value.content {
        case .alias(let name, _): return "*\(name)"
        case .scalar(let text, let kind):
            let spelling = ScalarSpelling(text: text, kind: kind, isJSON: isJSON)
            return spelling.inline(like: value.style, isFlow: true)[0]
        case .sequence(let elements): items = elements.map { flow($0, at: inner) }
        case .mapping(let entries):
            (open, close) = ("{", "}")
            items = entries.map { "\(flow($0.key)): \(flow($0.value, at: inner))" }
        }
        guard let column, !items.isEmpty else { return open + items.joined(separator: ", ") + close }
        let lineBreak = newline + indentation(column + step)
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

    func element(_ value: YAMLSyntax, at column: Int) -> String {
        "- " + (value.isFilled ? block(value, at: column + 2) : scalar(value, at: column))
    }

    func entry(_ entry: YAMLSyntax.Entry, at column: Int) -> String {
        "\(flowKey(entry.key)):" + behindKey(entry.value, at: column)
    }

    /// What stands behind the colon of a key at that column.
    func behindKey(_ value: YAMLSyntax, at column: Int) -> String {
        guard value.isFilled else { return " " + scalar(value, at: column) }
        var inner = column + step
        if case .sequence = value.content { inner = column + sequenceStep }
        return newline + indentation(inner) + block(value, at: inner)
    }

    private func flowKey(_ key: YAMLSyntax) -> String {
        guard case .scalar(let text, let kind) = key.content else { return flow(key) }
        return ScalarSpelling(text: text, kind: kind, isJSON: isJSON).inline(like: key.style, isFlow: false)[0]
    }

    private func scalar(_ value: YAMLSyntax, at column: Int) -> String {
        guard case .scalar(let text, let kind) = value.content else { return flow(value) }
        let spelling = ScalarSpelling(text: text, kind: kind, isJSON: isJSON)
        guard text.utf8.contains(0x0A), !isQuoting, let block = spelling.block(isFolded: false, depth: step) else {
            return spelling.inline(like: value.style, isFlow: false)[0]
        }
        return block.header + lines(block.lines, at: column + step)
    }

    /// Lines below the one before, each at that column but the empty ones.
    func lines(_ lines: [String], at column: Int) -> String {
        lines.map { newline + ($0.isEmpty ? "" : indentation(column) + $0) }.joined()
    }

    func indentation(_ column: Int) -> String { String(repeating: " ", count: column) }
}
