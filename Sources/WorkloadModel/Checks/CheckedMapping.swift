import JSON
import Text
import YAML

/// A mapping whose keys are known and whose values have been checked one by one.
struct CheckedMapping {
    /// A field that was written.
    struct WrittenField {
        let field: Field
        var entry: YAMLEntry
        /// What stands there; nil where it is null or wrong.
        var value: JSONValue?
    }

    let schema: Schema
    let node: YAMLNode
    /// The fields that were written, each once and in that order.
    var fields: [WrittenField] = []

    /// The entry of a field.
    func entry(_ key: String) -> YAMLEntry? {
        fields.first { $0.field.key.isExactly(key) }?.entry
    }

    /// The value of a field; nil where there is none, or a wrong one.
    func value(_ key: String) -> JSONValue? {
        fields.first { $0.field.key.isExactly(key) }?.value
    }

    /// The text of a field; nil where there is none, or a wrong one.
    func text(_ key: String) -> String? { value(key)?.string }

    /// The members of the Workload that it becomes; fields that are empty are left out, as `occ` does.
    var sent: JSONObject {
        var object = JSONObject()
        for field in fields {
            guard let member = field.field.member, let value = field.value else { continue }
            // An empty file is still a file: its schema's kind is sent.
            if case .file = field.field.type {
                object[member] = value
            } else if !value.isEmpty {
                object[member] = value
            }
        }
        schema.convert?(&object)
        return object
    }
}

extension JSONValue {
    /// Whether it is a text, a list or an object without anything in it.
    var isEmpty: Bool {
        switch self {
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let object): object.isEmpty
        case .null, .bool, .number: false
        }
    }
}
