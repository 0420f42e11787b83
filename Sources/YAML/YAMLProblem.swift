/// Something wrong with a YAML text, and where.
public struct YAMLProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// What sort of problem it is.
    public enum Code: String, Sendable, CaseIterable {
        case syntax = "yaml-syntax"
        case notUTF8 = "not-utf8"
        case tooLarge = "too-large"
        case tooDeep = "too-deep"
        case tooManyNodes = "too-many-nodes"
        case duplicateKey = "duplicate-key"
        case complexKey = "complex-key"
        case keyTooLong = "key-too-long"
        case severalDocuments = "several-documents"
        case unknownAlias = "unknown-alias"
        case badMerge = "bad-merge-key"
        case unsupportedTag = "unsupported-tag"
        case template = "unfilled-template"
    }

    /// What sort of problem it is.
    public let code: Code
    /// What is wrong and what to write instead, without the place.
    public let message: String
    /// Where it is wrong.
    public let mark: YAMLMark

    /// What is said of two braces that open where a value begins: no YAML has them.
    static let template = "what stands in '{{ }}' was not filled in; this file is a template, so render it first"

    /// The place and the message, as `line:column: message`.
    public var description: String { "\(mark.line):\(mark.column): \(message)" }
}

/// How much a text may ask of its reader.
public struct YAMLLimits: Sendable {
    /// The size of the text in bytes.
    public var bytes: Int
    /// The size of a key in bytes.
    public var keyBytes: Int
    /// How deep collections may stand in each other.
    public var depth: Int
    /// How many nodes there may be once every alias is counted in full.
    public var nodes: Int

    /// Limits of so many bytes, bytes of a key, levels and nodes.
    public init(bytes: Int = 3 << 19, keyBytes: Int = 1 << 10, depth: Int = 100, nodes: Int = 100_000) {
        self.bytes = bytes
        self.keyBytes = keyBytes
        self.depth = depth
        self.nodes = nodes
    }

    /// 1.5 MiB, 1 KiB for a key, 100 levels, 100,000 nodes.
    public static let standard = YAMLLimits()
}
