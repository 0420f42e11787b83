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
    /// The same document with the secrets taken out of its texts; numbers, truth values and the structure stay.
    func redacted(by redactor: Redactor) -> JSONValue {
        switch self {
        case .string(let text): .string(redactor.redact(text))
        case .array(let elements): .array(elements.map { $0.redacted(by: redactor) })
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { member in
                        .init(name: redactor.redact(member.name), value: member.value.redacted(by: redactor))
                    }))
        case .null, .bool, .number: self
        }
    }
}
