import JSON
import Text
import YAML

/// A mapping whose keys are known and whose values have been checked one by one.
struct CheckedMapping {
    let schema: Schema
    let node: YAMLNode
    /// The entries of the schema's fields, each at its field's position; nil where it was not written.
    var entries: [YAMLEntry?]
    /// The values of the fields; nil where there is none, or null, or a wrong one.
    var values: [JSONValue?]

    init(_ node: YAMLNode, as schema: Schema) {
        self.node = node
        self.schema = schema
        entries = Array(repeating: nil, count: schema.fields.count)
        values = Array(repeating: nil, count: schema.fields.count)
    }

    /// The entry of a field.
    func entry(_ key: String) -> YAMLEntry? { schema.position(of: key).flatMap { entries[$0] } }

    /// The value of a field; nil where there is none, or a wrong one.
    func value(_ key: String) -> JSONValue? { schema.position(of: key).flatMap { values[$0] } }

    /// The text of a field; nil where there is none, or a wrong one.
    func text(_ key: String) -> String? { value(key)?.string }

    /// The members of the Workload that it becomes; fields that are empty are left out, as `occ` does.
    var sent: JSONObject {
        var object = JSONObject()
        for (index, value) in values.enumerated() {
            guard let value, let member = schema.fields[index].member else { continue }
            // An empty file is still a file: its schema's kind is sent.
            if case .file = schema.fields[index].type {
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
