import JSON
import Text

/// A value as it is written in a text, aliases and merge keys left as they stand.
public struct YAMLSyntax: Sendable {
    /// What is written.
    public enum Content: Sendable {
        /// The name of an anchor, and how many anchors of that name stand before, so that no edit moves it to another.
        case alias(String, definition: Int)
        case scalar(String, YAMLScalar.Kind)
        case sequence([YAMLSyntax])
        case mapping([Entry])
    }

    /// A key and its value.
    public struct Entry: Sendable {
        /// The key, which is a scalar or an alias.
        public let key: YAMLSyntax
        /// The value.
        public var value: YAMLSyntax
    }

    /// What is written.
    public var content: Content
    var anchor: String?
    var tag: String?
    var style = EventReader.Event.Style.plain
    /// The bytes it takes, its anchor and tag included and a comment behind it not.
    var range = 0..<0
    /// Where what stands behind anchor and tag begins.
    var start = 0

    /// A JSON value as it is read where it was written.
    init(_ value: JSONValue) {
        switch value {
        case .array(let elements): content = .sequence(elements.map { YAMLSyntax($0) })
        case .object(let object):
            content = .mapping(
                object.members.map { Entry(key: YAMLSyntax(.string($0.name)), value: YAMLSyntax($0.value)) })
        default:
            let scalar = value.scalar ?? ("", .text)
            content = .scalar(scalar.text, scalar.kind)
        }
    }

    init(content: Content) {
        self.content = content
    }

    /// A scalar as it is read where it stands without quotes.
    public init(plain text: String) {
        content = .scalar(text, YAMLScalar.Kind(plain: text))
    }

    /// The value of a key that stands in this mapping itself.
    public subscript(key: String) -> YAMLSyntax? {
        entries(of: key).first.flatMap { children?[$0] }
    }

    /// The entries whose key is that text; a merge key is no key.
    func entries(of key: String) -> [Int] {
        guard case .mapping(let entries) = content else { return [] }
        return entries.indices.filter { entries[$0].key.text?.isExactly(key) == true && !entries[$0].isMerge }
    }

    /// The text, where this is a scalar.
    public var text: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    /// The values inside, in order, where this is a collection.
    public var children: [YAMLSyntax]? {
        switch content {
        case .sequence(let elements): elements
        case .mapping(let entries): entries.map(\.value)
        default: nil
        }
    }

    /// The values in this document that carry an anchor, by its name and in the order in which they stand.
    public var anchored: [String: [YAMLSyntax]] {
        var found: [String: [YAMLSyntax]] = [:]
        func gather(_ value: YAMLSyntax) {
            if let anchor = value.anchor { found[anchor, default: []].append(value) }
            if case .mapping(let entries) = value.content {
                for entry in entries {
                    gather(entry.key)
                    gather(entry.value)
                }
            } else {
                value.children?.forEach(gather)
            }
        }
        gather(self)
        return found
    }

    /// Whether it takes any bytes, its anchor and tag apart.
    var isWritten: Bool { start < range.upperBound }

    var isFilled: Bool { children?.isEmpty == false }

    var isSequence: Bool {
        if case .sequence = content { true } else { false }
    }

    private static let tagPrefix = "tag:yaml.org,2002:"

    /// Whether it has a tag that is not one of YAML's own.
    var hasOwnTag: Bool { tag.map { $0 != "!" && !$0.hasPrefix(Self.tagPrefix) } ?? false }

    /// Takes a tag of YAML's own that would be wrong for another value for a part of this one; false where an anchor
    /// stands beside it.
    mutating func dropTag(unfitFor new: YAMLSyntax) -> Bool {
        guard let tag, !hasOwnTag else { return true }
        let fitting =
            switch new.content {
            case .alias, .sequence: "seq"
            case .mapping: "map"
            case .scalar(_, .text): "str"
            case .scalar(_, .integer): "int"
            case .scalar(_, .float): "float"
            case .scalar(_, .boolean): "bool"
            case .scalar(_, .null): "null"
            }
        if tag == (fitting == "str" ? "!" : "") || tag == Self.tagPrefix + fitting { return true }
        (self.tag, start) = (nil, range.lowerBound)
        return anchor == nil
    }

    /// Whether this is a text without quotes that readers of YAML 1.1 take for something else.
    var isAmbiguous: Bool {
        guard style == .plain, tag == nil, case .scalar(let text, .text) = content else { return false }
        return YAMLScalar.Kind.isAmbiguous(plain: text)
    }

    /// Whether both say the same, wherever and in whatever style they are written.
    func says(_ other: YAMLSyntax) -> Bool {
        guard anchor == other.anchor, tag == other.tag else { return false }
        switch (content, other.content) {
        case (.alias(let name, let definition), .alias(let otherName, let otherDefinition)):
            return name == otherName && definition == otherDefinition
        case (.scalar(let text, let kind), .scalar(let otherText, let otherKind)):
            return kind == otherKind && text.isExactly(otherText)
        case (.sequence(let elements), .sequence(let others)):
            return elements.count == others.count && zip(elements, others).allSatisfy { $0.says($1) }
        case (.mapping(let entries), .mapping(let others)):
            return entries.count == others.count
                && zip(entries, others).allSatisfy { $0.key.says($1.key) && $0.value.says($1.value) }
        default: return false
        }
    }
}

extension YAMLSyntax.Entry {
    /// Whether this brings in the entries of another mapping (yaml.org/type/merge.html).
    var isMerge: Bool { key.style == .plain && key.tag == nil && key.text == "<<" }
}
