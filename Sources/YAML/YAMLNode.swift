/// A place in a text, as an editor counts: lines end at LF, CRLF or CR.
public struct YAMLMark: Sendable, Hashable {
    /// The line, the first one being 1.
    public var line: Int { Int(narrowLine) }
    /// The column in code points, the first one being 1; a tab is one.
    public var column: Int { Int(narrowColumn) }

    // Half as wide as they are given out: a large document has a hundred thousand of them.
    private let narrowLine: Int32
    private let narrowColumn: Int32

    /// The place at that line and column, both counted from 1.
    public init(line: Int, column: Int) {
        narrowLine = Int32(clamping: line)
        narrowColumn = Int32(clamping: column)
    }
}

/// A value in a YAML document and the place where it starts.
public struct YAMLNode: Sendable {
    /// What a node holds.
    public enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    /// What the node holds, aliases and merge keys resolved.
    public let content: Content
    /// Where the node starts: a block mapping at its first key, an alias at its asterisk.
    public let mark: YAMLMark

    /// How many nodes this one stands for, itself and keys included, with every alias counted in full.
    var size: Int {
        switch content {
        case .scalar: 1
        case .sequence(let elements): elements.reduce(1) { $0 + $1.size }
        case .mapping(let entries): entries.reduce(1) { $0 + 1 + $1.value.size }
        }
    }
}

/// A key of a mapping and its value.
public struct YAMLEntry: Sendable {
    /// The key's text.
    public let key: String
    /// Where the key starts.
    public let keyMark: YAMLMark
    /// The key's value.
    public let value: YAMLNode
    /// Whether a merge key (`<<`) brought this entry.
    public let isMerged: Bool
}

/// A scalar: text exactly as it was meant, and whether it was written plainly.
public struct YAMLScalar: Sendable {
    /// What a plain scalar would be read as by the core schema (YAML 1.2.2, chapter 10.3).
    public enum Kind: Sendable, Hashable {
        case null
        case boolean
        case integer
        case float
        case text
    }

    /// The text, with quotes, escapes and folding undone, and nothing else changed.
    public let text: String
    /// Whether it stood without quotes and not as a block.
    public let isPlain: Bool
    /// The kind of value; quoted scalars and blocks are always text.
    public let kind: Kind
}
