public import HTTP
public import JSON

/// How an API says no.
public protocol APIDialect: Sendable {
    /// What the body of a refusal says; nil where it is not of this form.
    func reading(of body: JSONValue) -> ErrorBody?

    /// Whether a response with one of the temporary statuses is worth another try.
    func isTemporary(_ response: HTTPResponse) -> Bool
}

extension APIDialect {
    /// Always: the status says so.
    public func isTemporary(_ response: HTTPResponse) -> Bool { true }
}

/// What a server said in a refusal, as it came: a word for programs, and the text for people.
public typealias ErrorBody = (code: String?, text: String)

/// The forms of OAuth servers (RFC 6749 §5.2, Okta, Google) and of OpenChoreo (`error`, `code`, `message`, `details`).
public struct CommonDialect: APIDialect {
    /// A dialect without parameters.
    public init() {}

    /// What the body says in any of these forms.
    public func reading(of body: JSONValue) -> ErrorBody? {
        let inner = body["error"]?.object == nil ? body : body["error"] ?? body
        let error = inner["error"]?.string ?? inner["errorSummary"]?.string ?? inner["message"]?.string
        guard let error else { return nil }
        let code = inner["code"]?.string ?? inner["status"]?.string ?? inner["errorCode"]?.string
        var text = error
        if let code, code != error { text += " (\(code))" }
        if let more = inner["error_description"]?.string ?? inner["message"]?.string, more != error {
            text += ": \(more)"
        }
        let details = (inner["details"]?.array ?? []).compactMap { detail -> String? in
            let parts = [detail["field"]?.string, detail["message"]?.string].compactMap { $0 }.filter { !$0.isEmpty }
            return parts.isEmpty ? nil : parts.joined(separator: ": ")
        }
        if !details.isEmpty { text += "; " + details.joined(separator: "; ") }
        return (code ?? inner["error"]?.string, text)
    }
}
