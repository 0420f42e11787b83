import ControlPlaneAccess
import HTTP
import JSON
import Kubernetes

/// Stands for a parameter that was not given and is not needed for a dry run that sends nothing.
enum Placeholder: String, CaseIterable {
    case apiServerURL = "api-server-url"
    case oauthTokenURL = "oauth-token-url"
    case oauthClientID = "oauth-client-id"

    /// How it is shown.
    var text: String { "<\(rawValue)>" }

    /// A URL that is shown as the placeholder; its host is one that no name server knows (RFC 6761 §6.4).
    var url: HTTPURL? { try? HTTPURL("http://\(rawValue).invalid") }

    /// A URL or a form with all placeholders as they are shown.
    fileprivate static func shown(in text: String) -> String {
        allCases.reduce(text) { text, placeholder in
            text.replacing(placeholder.url?.text ?? "", with: "\(placeholder.text)/")
                .replacing("%3C\(placeholder.rawValue)%3E", with: placeholder.text)
        }
    }
}

/// A request that a run would send, as it is shown: placeholders in place, secrets redacted.
struct ShownRequest {
    private let method: String
    private let url: String
    private let headers: [(name: String, value: String)]
    /// An object, or the text of a form.
    private let body: JSONValue?
    private let condition: String?

    init(_ planned: PlannedRequest) {
        let request = planned.request
        method = request.method.rawValue
        condition = planned.condition
        let shown = Placeholder.shown(in: request.url.text)
        url = shown.hasSuffix(">/") ? String(shown.dropLast()) : shown
        headers =
            request.headers.map { ($0.name, "\($0.value)") }
            + (request.body.map { [("Content-Type", $0.contentType)] } ?? [])
        let object = request.body.flatMap { try? JSONValue(parsing: $0.description) }
        body = object?.shownAsManifest ?? request.body.map { .string(Placeholder.shown(in: $0.description)) }
    }

    /// The request as HTTP would have it, a condition above it.
    var text: String {
        (condition.map { "# \($0)\n" } ?? "") + "\(method) \(url)\n"
            + headers.map { "\($0.name): \($0.value)\n" }.joined()
            + (body.map { "\n\($0.string ?? $0.text(.pretty))\n" } ?? "")
    }

    /// The request for programs.
    var json: JSONValue {
        let headers = JSONObject(headers.map { .init(name: $0.name, value: .string($0.value)) })
        return [
            "method": .string(method), "url": .string(url), "headers": .object(headers), "body": body,
            "condition": condition.map(JSONValue.string),
        ]
    }
}
