/// A YAML document to be written: keys in the order of a person, comments, and texts that stay texts.
indirect enum YAMLTree: Sendable {
    /// A text, whatever it holds; quoted unless it can be nothing else.
    case text(String)
    case number(Int)
    case flag(Bool)
    /// A text of several lines, shown line by line where YAML can do that safely.
    case lines(String)
    case list([YAMLTree])
    case map([Entry])
    /// A list or map on one line.
    case inline(YAMLTree)
    /// An element or value with a comment above it.
    case commented(String, YAMLTree)

    /// A key and its value.
    struct Entry: Sendable {
        let key: String
        let value: YAMLTree
    }
}

extension YAMLTree: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    init(stringLiteral value: String) {
        self = .text(value)
    }

    init(integerLiteral value: Int) {
        self = .number(value)
    }

    init(booleanLiteral value: Bool) {
        self = .flag(value)
    }
}

extension YAMLTree: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(arrayLiteral elements: YAMLTree...) {
        self = .list(elements)
    }

    /// A map in the order in which it stands there.
    init(dictionaryLiteral elements: (String, YAMLTree)...) {
        self = .map(elements.map { Entry(key: $0.0, value: $0.1) })
    }
}

extension YAMLTree {
    /// The document, ended by a newline.
    var document: String {
        block.map { $0 + "\n" }.joined()
    }

    /// The lines of the value where it may take as many as it likes.
    private var block: [String] {
        switch self {
        case .list(let elements) where !elements.isEmpty: elements.flatMap(Self.element)
        case .map(let entries) where !entries.isEmpty: entries.flatMap(Self.entry)
        case .commented(let comment, let value): Self.comment(comment) + value.block
        default: [oneLine]
        }
    }

    private static func element(_ value: YAMLTree) -> [String] {
        if case .commented(let comment, let value) = value { return Self.comment(comment) + element(value) }
        return value.block.enumerated().map { index, line in (index == 0 ? "- " : "  ") + line }
    }

    private static func entry(_ entry: Entry) -> [String] {
        let key = YAMLScalarText(entry.key).written
        switch entry.value {
        case .commented(let comment, let value):
            return Self.comment(comment) + Self.entry(Entry(key: entry.key, value: value))
        case .lines(let text):
            guard let lines = YAMLScalarText(text).literalLines else { return ["\(key): \(entry.value.oneLine)"] }
            return ["\(key): |"] + lines.map { "  " + $0 }
        case .list(let elements) where !elements.isEmpty: return ["\(key):"] + entry.value.block.map { "  " + $0 }
        case .map(let entries) where !entries.isEmpty: return ["\(key):"] + entry.value.block.map { "  " + $0 }
        default: return ["\(key): \(entry.value.oneLine)"]
        }
    }

    private var oneLine: String {
        switch self {
        case .text(let text), .lines(let text): YAMLScalarText(text).written
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .list(let elements): "[\(elements.map(\.oneLine).joined(separator: ", "))]"
        case .map(let entries):
            "{\(entries.map { "\(YAMLScalarText($0.key).written): \($0.value.oneLine)" }.joined(separator: ", "))}"
        case .inline(let value), .commented(_, let value): value.oneLine
        }
    }

    /// A comment in lines of its own; nothing in it can end a line.
    static func comment(_ text: String) -> [String] {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.isEmpty ? "#" : "# " + YAMLScalarText(String(Substring(line))).printable
        }
    }
}
