public import JSON
public import YAML

extension JSONValue {
    /// A YAML tree as JSON, the way an editor sees it before it applies a schema.
    public init(_ node: YAMLNode) {
        switch node.content {
        case .sequence(let elements): self = .array(elements.map { JSONValue($0) })
        case .mapping(let entries):
            self = .object(JSONObject(entries.map { JSONObject.Member(name: $0.key, value: JSONValue($0.value)) }))
        case .scalar(let scalar):
            switch scalar.kind {
            case .null: self = .null
            case .boolean: self = .bool(scalar.text.lowercased() == "true")
            case .integer, .float: self = (try? JSONValue(parsing: scalar.text)) ?? .string(scalar.text)
            case .text: self = .string(scalar.text)
            }
        }
    }
}
