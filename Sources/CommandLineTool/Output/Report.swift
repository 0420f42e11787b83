import JSON
import Text

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

extension UnifiedDiff {
    /// The difference of a file; `before` is nil for a new one.
    init(of path: String, from before: [UInt8]?, to after: [UInt8]) {
        let name = DiagnosticReport.shownPath(path)
        self.init(
            from: String(decoding: before ?? [], as: UTF8.self), named: before == nil ? "/dev/null" : name,
            to: String(decoding: after, as: UTF8.self), named: name)
    }
}
