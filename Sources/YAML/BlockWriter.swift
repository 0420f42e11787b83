public import JSON
import Text

extension JSONValue {
    /// The value as a YAML document with sorted keys, texts that other readers could take for something else quoted.
    public var yaml: String {
        var writer = BlockWriter(isJSON: false, newline: "\n", step: 2, sequenceStep: 0, isRendering: true)
        writer.value(self, at: 0, in: 0)
        writer.put("\n")
        return writer.text
    }

    /// What a scalar is written as, and the kind as which it is read; nil of a collection.
    var scalar: (text: String, kind: YAMLScalar.Kind)? {
        switch self {
        case .null: ("null", .null)
        case .bool(let value): (value ? "true" : "false", .boolean)
        case .number(let number): (number.text, YAMLScalar.Kind(plain: number.text))
        case .string(let text): (text, .text)
        case .array, .object: nil
        }
    }

    /// Whether it is a collection with anything in it.
    var isFilled: Bool {
        switch self {
        case .array(let elements): !elements.isEmpty
        case .object(let object): !object.isEmpty
        default: false
        }
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
    /// Whether the text is a new one: keys are sorted, and blanks that do not show stand in quotes, single ones where there
    /// is a choice.
    var isRendering = false
    /// Whether a text of several lines is quoted, where a block could not end as it should.
    var isQuoting = false
    /// What was written.
    var bytes: [UInt8] = []

    fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }

    fileprivate mutating func put(_ text: String) { bytes += text.utf8 }

    /// What such a writer writes by these calls.
    func text(_ write: (inout BlockWriter) -> Void) -> String {
        var writer = self
        write(&writer)
        return writer.text
    }

    /// Between brackets or braces: on one line or, where a column is given, an item a line as JSON is laid out.
    func flow(_ value: JSONValue, at column: Int? = nil) -> String {
        let inner = column.map { $0 + step }
        var (open, close, items) = ("[", "]", [String]())
        switch value {
        case .array(let elements): items = elements.map { flow($0, at: inner) }
        case .object(let object):
            (open, close) = ("{", "}")
            items = members(of: object).map { "\(flow(.string($0.name))): \(flow($0.value, at: inner))" }
        default: return inline(value, isFlow: true)
        }
        guard let inner, let column, !items.isEmpty else { return open + items.joined(separator: ", ") + close }
        let lineBreak = newline + indentation(inner)
        return open + lineBreak + items.joined(separator: "," + lineBreak) + newline + indentation(column) + close
    }

    private func members(of object: JSONObject) -> [JSONObject.Member] {
        isRendering ? object.sortedMembers : object.members
    }

    /// The lines of a collection that is not empty and stands at that column, the first one without its indentation.
    mutating func block(_ value: JSONValue, at column: Int) {
        for (index, member) in members(of: value.object ?? [:]).enumerated() {
            if index > 0 { breakLine(column) }
            entry(member, at: column)
        }
        for (index, element) in (value.array ?? []).enumerated() {
            if index > 0 { breakLine(column) }
            self.element(element, at: column)
        }
    }

    mutating func element(_ element: JSONValue, behind sign: String = "- ", at column: Int) {
        put(sign)
        value(element, at: column + 2, in: column)
    }

    mutating func entry(_ entry: JSONObject.Member, at column: Int) {
        let key = inline(.string(entry.name), isFlow: false)
        // Readers do not look further for the colon of a key on its line than 1,024 characters.
        guard key.utf8.count > Self.longestKey else {
            put(key)
            put(":")
            return behindKey(entry.value, at: column)
        }
        put("? ")
        put(key)
        breakLine(column)
        element(entry.value, behind: ": ", at: column)
    }

    private static let longestKey = 128

    /// What stands behind the colon of a key at that column.
    mutating func behindKey(_ value: JSONValue, at column: Int) {
        guard value.isFilled else {
            put(" ")
            return scalar(value, in: column)
        }
        let inner = column + (value.array == nil ? step : sequenceStep)
        breakLine(inner)
        block(value, at: inner)
    }

    /// A collection at a column, or a scalar in one.
    fileprivate mutating func value(_ value: JSONValue, at column: Int, in parent: Int) {
        if value.isFilled { block(value, at: column) } else { scalar(value, in: parent) }
    }

    private func inline(_ value: JSONValue, isFlow: Bool) -> String {
        guard let (text, kind) = value.scalar else { return flow(value) }
        let spelling = ScalarSpelling(text: text, kind: kind, isJSON: isJSON)
        if let plain = spelling.nearest(to: .plain, isFlow: isFlow) { return plain }
        let takesSingle = isRendering && !YAMLScalar.Kind.isAmbiguous(plain: text)
        let single = takesSingle ? spelling.nearest(to: .singleQuoted, isFlow: isFlow) : nil
        return single ?? spelling.doubleQuoted
    }

    private mutating func scalar(_ value: JSONValue, in column: Int) {
        guard let text = value.string, text.utf8.contains(0x0A), !isQuoting, !isRendering || !text.hasHiddenBlanks,
            let block = ScalarSpelling(text: text, kind: .text, isJSON: isJSON).block(isFolded: false, depth: step)
        else { return put(inline(value, isFlow: false)) }
        put(block.header)
        lines(block.lines, at: column + step)
    }

    /// Lines below the one before, each at that column but the empty ones.
    mutating func lines(_ lines: String, at column: Int) {
        var lines = lines
        lines.withUTF8 { lines in
            for line in lines.split(separator: 0x0A, omittingEmptySubsequences: false) {
                breakLine(line.isEmpty ? 0 : column)
                bytes += line
            }
        }
    }

    /// Goes on at that column of the next line.
    mutating func breakLine(_ column: Int) {
        put(newline)
        bytes += repeatElement(0x20, count: column)
    }

    private func indentation(_ column: Int) -> String { String(repeating: " ", count: column) }
}

extension String {
    /// Whether there are tabs, or blanks at the end of a line.
    fileprivate var hasHiddenBlanks: Bool {
        var text = self
        return text.withUTF8 { bytes in
            bytes.contains(0x09) || bytes.last == 0x20
                || zip(bytes, bytes.dropFirst()).contains { $0 == 0x20 && $1 == 0x0A }
        }
    }
}
