import ControlPlaneAccess
import HTTP
import JSON

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
    let method: String
    let url: String
    let headers: [(name: String, value: String)]
    let body: Body?
    let condition: String?

    enum Body {
        case json(JSONValue)
        case form(String)
    }

    init(_ planned: PlannedRequest) {
        let request = planned.request
        method = request.method.rawValue
        condition = planned.condition
        var url = request.url.text
        var form = planned.object == nil ? request.body?.description : nil
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
        body = planned.object.map { .json($0) } ?? form.map { .form($0) }
    }
}

extension ShownRequest {
    /// The request as HTTP would have it, a condition above it.
    var text: String {
        var text = condition.map { "# \($0)\n" } ?? ""
        text += "\(method) \(url)\n"
        for header in headers { text += "\(header.name): \(header.value)\n" }
        switch body {
        case .json(let value): text += "\n\(value.text(.pretty))\n"
        case .form(let form): text += "\n\(form)\n"
        case nil: break
        }
        return text
    }

    /// The request for programs.
    var json: JSONValue {
        var object = JSONObject()
        object["method"] = .string(method)
        object["url"] = .string(url)
        object["headers"] = .object(JSONObject(headers.map { .init(name: $0.name, value: .string($0.value)) }))
        switch body {
        case .json(let value): object["body"] = value
        case .form(let form): object["body"] = .string(form)
        case nil: break
        }
        object["condition"] = condition.map { .string($0) }
        return .object(object)
    }
}
