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
        var url = request.url.text
        var form = request.body?.description
        for placeholder in Placeholder.allCases {
            if request.url.host == placeholder.url?.host {
                let query = request.url.query.map { "?\($0)" } ?? ""
                url = placeholder.text + (request.url.path == "/" ? "" : request.url.path) + query
            }
            form = form?.replacing("%3C\(placeholder.rawValue)%3E", with: placeholder.text)
        }
        self.url = url
        headers =
            request.headers.map { ($0.name, "\($0.value)") }
            + (request.body.map { [("Content-Type", $0.contentType)] } ?? [])
        let object = request.body.flatMap { try? JSONValue(parsing: $0.description) }
        body = object?.shownAsManifest ?? form.map { .string($0) }
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
        var object: JSONObject = ["method": .string(method), "url": .string(url), "headers": .object(headers)]
        object["body"] = body
        object["condition"] = condition.map { .string($0) }
        return .object(object)
    }
}
