import Text
import YAML

extension YAMLNode {
    /// Whether nothing was written here, or null.
    var isNull: Bool {
        guard case .scalar(let scalar) = content else { return false }
        return scalar.kind == .null
    }

    /// The text of a scalar that is not null.
    var text: String? {
        guard case .scalar(let scalar) = content, scalar.kind != .null else { return nil }
        return scalar.text
    }

    /// The elements of a list; none of anything else.
    var elements: [YAMLNode] {
        if case .sequence(let elements) = content { elements } else { [] }
    }

    /// The entry of a mapping whose key has those letters.
    func entry(_ key: String) -> YAMLEntry? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key.hasLetters(of: key) }
    }

    /// The value of a mapping's key that has those letters.
    func value(_ key: String) -> YAMLNode? { entry(key)?.value }

    /// What stands here, as a message says it.
    var found: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.kind {
            case .null: "nothing"
            case .boolean: ShownText.plain(scalar.text)
            case .integer, .float: "the number \(ShownText.plain(scalar.text))"
            case .text: "the text \(ShownText.quoted(scalar.text))"
            }
        }
    }
}
