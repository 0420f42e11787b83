public import HTTP
import JSON
import Redaction

/// An answer that says no, reduced to what may be shown to people.
public struct ServerAnswer: Sendable {
    /// The request that was refused.
    public let request: RequestLine
    /// The status code.
    public let status: Int
    /// What the server said, redacted, escaped and cut; empty where it said nothing.
    public let said: String
    /// Where a redirect leads, redacted, escaped and cut; nil where it does not say so.
    public let location: String?

    /// Takes what is worth showing from an answer: the API's `error`, `code` and `details` (OpenChoreo's ErrorResponse),
    /// OAuth's `error` and `error_description` (RFC 6749 §5.2), or else the beginning of the body.
    init(_ response: HTTPResponse, redactor: Redactor) {
        request = response.request
        status = response.status
        said = Self.said(in: response, redactor: redactor)
        let target = (300..<400).contains(response.status) ? response.header("Location") : nil
        location = target.map { redactor.excerpt(of: Array($0.utf8), limit: 1000) }
    }

    /// What the server said in an answer, fit to be shown.
    static func said(in response: HTTPResponse, redactor: Redactor) -> String {
        guard let body = try? JSONValue(parsing: response.body), let error = body["error"]?.string else {
            return redactor.excerpt(of: response.body)
        }
        var text = error
        if let code = body["code"]?.string, code != error { text += " (\(code))" }
        if let more = body["error_description"]?.string ?? body["message"]?.string, more != error {
            text += ": \(more)"
        }
        let details = (body["details"]?.array ?? []).compactMap { detail -> String? in
            let parts = [detail["field"]?.string, detail["message"]?.string].compactMap { $0 }.filter { !$0.isEmpty }
            return parts.isEmpty ? nil : parts.joined(separator: ": ")
        }
        if !details.isEmpty { text += "; " + details.joined(separator: "; ") }
        return redactor.excerpt(of: Array(text.utf8))
    }
}

extension ServerAnswer: CustomStringConvertible {
    /// The request, the status and what the server said.
    public var description: String {
        "\(request): \(HTTPResponse.text(ofStatus: status))" + (location.map { " to \($0)" } ?? "")
            + (said.isEmpty ? "" : ": \(said)")
    }
}
