public import HTTP
import JSON
public import Redaction

/// A response that says no, reduced to what may be shown to people.
public struct Refusal: Sendable {
    /// The status code.
    public let status: Int
    /// The server's word for programs, escaped and cut; nil where the body has none in a known form.
    public let code: String?
    /// What the server said, redacted, escaped and cut; empty where it said nothing.
    public let said: String
    /// The status, where a redirect leads, and what the server said.
    public let text: String

    /// Takes what is worth showing from a response: what its dialect reads in it, or else the beginning of the body.
    public init(_ response: HTTPResponse, dialect: any APIDialect = CommonDialect(), redactor: Redactor) {
        let body = (try? JSONValue(parsing: response.body)).flatMap(dialect.reading(of:))
        status = response.status
        code = body?.code.map { redactor.excerpt(of: Array($0.utf8), limit: 100) }
        said = redactor.excerpt(of: body.map { Array($0.text.utf8) } ?? response.body)
        var text = response.statusText
        if 300..<400 ~= status, let target = response.header("Location") {
            text += " to \(redactor.excerpt(of: Array(target.utf8), limit: 1000))"
        }
        self.text = text + (said.isEmpty ? "" : ": \(said)")
    }
}

extension HTTPResponse {
    /// What the response calls itself where that is something else than JSON, fit to be shown.
    func otherContentType(_ redactor: Redactor) -> String? {
        guard let contentType, contentType != "application/json", !contentType.hasSuffix("+json") else { return nil }
        // As it came: in small letters a secret would not be known again.
        return redactor.excerpt(of: Array((header("Content-Type") ?? contentType).utf8), limit: 100)
    }

    /// Whether a server that speaks TLS on this port refuses plain HTTP, in the words of Go, nginx or Apache.
    var isPlainHTTPRefused: Bool {
        guard request.url.scheme == "http", status == 400 else { return false }
        let text = String(decoding: body.prefix(4096), as: UTF8.self)
        return [
            "Client sent an HTTP request to an HTTPS server", "The plain HTTP request was sent to HTTPS port",
            "speaking plain HTTP to an SSL-enabled server port",
        ].contains { text.contains($0) }
    }
}
