import JSON

/// Why a request is refused, before it is put into the form in which its endpoint responds.
struct Refusal: Error {
    /// The form of the body.
    enum Form {
        /// `{"error", "code", "details"}`, as the API document has it.
        case api
        /// `{"error", "message"}`, as the API's real token check responds.
        case bearer(MockControlPlane.TokenRefusal)
        /// `{"error", "error_description"}` (RFC 6749 §5.2).
        case oauth(String)
        /// A Status of the Kubernetes API.
        case kubernetes(reason: String?, details: JSONObject?)
        /// A line of text, as from code in front of the API.
        case plainText
    }

    var status: Int
    var message: String
    var form = Form.api
    var details: [SchemaValidation.Problem] = []
    var headers: [MockControlPlane.Header] = []

    /// The response, with the request quoted in it where `echo` is given.
    func response(echoing echo: HTTPRequest?) -> MockControlPlane.Response {
        let message = echo.map { "\(self.message) [request: \($0.quotedHeaders) | \($0.quotedBody)]" } ?? self.message
        var response: MockControlPlane.Response
        switch form {
        case .api:
            var body = JSONObject()
            body["code"] = .string(Self.code(status))
            body["error"] = .string(message)
            if !details.isEmpty {
                body["details"] = .array(details.map { ["field": .string($0.field), "message": .string($0.message)] })
            }
            response = .json(status, .object(body))
        case .bearer(let code):
            response = .json(status, ["error": .string(code.rawValue), "message": .string(message)])
        case .oauth(let code):
            response = .json(status, ["error": .string(code), "error_description": .string(message)])
            response.headers.append(MockControlPlane.Header("Cache-Control", "no-store"))
        case .kubernetes(let reason, let details):
            response = .json(status, Self.statusBody(status, message, reason: reason, details: details))
        case .plainText:
            response = .text(status, message + "\n")
            response.headers.append(MockControlPlane.Header("X-Content-Type-Options", "nosniff"))
        }
        response.headers += headers
        return response
    }

    /// The API's code for a status.
    private static func code(_ status: Int) -> String {
        switch status {
        case 400: "BAD_REQUEST"
        case 403: "FORBIDDEN"
        case 404: "NOT_FOUND"
        case 405: "METHOD_NOT_ALLOWED"
        case 409: "CONFLICT"
        case 422: "UNPROCESSABLE_CONTENT"
        case 501: "NOT_IMPLEMENTED"
        default: "INTERNAL_ERROR"
        }
    }
}

extension Refusal {
    /// An object that breaks its rules: 422, and 400 from a server that does not know that status.
    static func invalid(
        _ problems: [SchemaValidation.Problem], _ version: MockControlPlane.APIVersion
    ) -> Refusal {
        Refusal(
            status: version == .releaseCandidate ? 400 : 422,
            message: problems.map { "\($0.field): \($0.message)" }.joined(separator: ", "), details: problems)
    }

    /// An object beyond what the store behind the API takes, and everything else that it has no words for: webhooks,
    /// quotas, namespaces that are being deleted, update conflicts.
    static let internalError = Refusal(status: 500, message: "Internal server error")

    /// An object that is not there.
    static func notFound(_ kind: String) -> Refusal {
        Refusal(status: 404, message: "\(kind) not found")
    }

    /// A token that is not taken.
    static func unauthorized(_ code: MockControlPlane.TokenRefusal) -> Refusal {
        let message =
            switch code {
            case .missingToken: "missing or invalid authentication token"
            case .invalidToken: "invalid or expired token"
            case .invalidClaims: "token claims validation failed"
            }
        return Refusal(status: 401, message: message, form: .bearer(code))
    }

    /// What Thunder says on every path that it does not know.
    static let unknownOAuthPath = Refusal(
        status: 401, message: "Authentication is required to access this resource", form: .oauth("unauthorized"),
        headers: [MockControlPlane.Header("WWW-Authenticate", "Bearer")])

    /// A request that is wrong in itself, at one field.
    static func badRequest(_ field: String, _ message: String) -> Refusal {
        Refusal(
            status: 400, message: "\(field) \(message)",
            details: [SchemaValidation.Problem(field: field, message: message)])
    }

    /// The error that a failing server would respond with on a route.
    static func scripted(_ status: Int, on route: MockControlPlane.Route) -> Refusal {
        let message = MockControlPlane.Response.reason(status)
        switch (route, status) {
        case (.token, 401): return Refusal(status: status, message: message, form: .oauth("invalid_client"))
        case (.token, 503): return Refusal(status: status, message: message, form: .oauth("temporarily_unavailable"))
        case (.token, 500...): return Refusal(status: status, message: message, form: .oauth("server_error"))
        case (.token, _): return Refusal(status: status, message: message, form: .oauth("invalid_request"))
        case (.kubernetesDiscovery, _), (.kubernetesCreate, _), (.kubernetesGet, _), (.kubernetesReplace, _),
            (.kubernetesApply, _), (.kubernetesMergePatch, _), (.kubernetesReview, _):
            return .status(status, message.filter { $0 != " " }, message)
        case (_, 401): return .unauthorized(.invalidToken)
        case (_, 500): return .internalError
        default: return Refusal(status: status, message: message)
        }
    }
}

extension HTTPRequest {
    /// All header fields on one line.
    var quotedHeaders: String {
        headers.map { "\($0.name): \($0.value)" }.joined(separator: "; ")
    }

    /// The body on one line, its start where it is long.
    var quotedBody: String {
        let line = body.prefix(4096).map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
        return String(decoding: line, as: UTF8.self)
    }
}
