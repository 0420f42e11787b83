import HTTP
import JSON

/// A result before it is written.
enum Report {
    /// Lines for people.
    case text(String)
    /// One document for programs.
    case json(JSONValue)
}

extension JSONValue {
    /// The same document with its names and texts redacted; numbers, truth values and the structure stay.
    func redacted(by redact: (String) -> String) -> JSONValue {
        switch self {
        case .string(let text): .string(redact(text))
        case .array(let elements): .array(elements.map { $0.redacted(by: redact) })
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { .init(name: redact($0.name), value: $0.value.redacted(by: redact)) }))
        case .null, .bool, .number: self
        }
    }
}
