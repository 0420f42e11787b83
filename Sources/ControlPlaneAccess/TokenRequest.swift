import HTTP
import JSON
import Objects
import Redaction
import Text

/// One request for a token, and the reading of what comes back (RFC 6749 §4.4, §5).
struct TokenRequest {
    let client: OAuthClient
    let redactor: Redactor
    let timing: Timing

    /// A token, and what came with it.
    struct Grant {
        let token: Secret
        /// How long it is good for; nil where the response does not say so.
        let lifetime: Duration?
        /// The scope that was granted, fit to be shown, where it lacks something that was asked for.
        let narrowerScope: String?
    }

    /// Asks until there is a response that no retry would change; the request is built anew for each try, for an
    /// assertion may have been renewed.
    func send(over http: HTTPClient, warmingUp api: HTTPRequest) throws(Problem) -> Grant {
        var tries = 0
        while true {
            let request = try client.tokenRequest(redactor: redactor, now: timing.wallClock())
            let failure: HTTPError
            switch Result(catching: { () throws(HTTPError) in try http.attempt(request, warmingUp: api) }) {
            case .failure(let error): failure = error
            case .success(let response):
                let body = document(in: response)
                // Whatever the status.
                let isTemporary = OAuthError.temporary.contains(body?["error"]?.string ?? "")
                guard isTemporary else { return try grant(in: response, body) }
                failure = HTTPError(response)
            }
            tries += 1
            let said = failure.response.map { refusal($0).said } ?? ""
            try http.wait(after: failure, said: said, from: client.server, tries: tries)
        }
    }

    private func refusal(_ response: HTTPResponse) -> Refusal {
        _ = document(in: response)
        return Refusal(response, redactor: redactor)
    }

    /// The JSON document in a response, nil where it is none; a token in it is registered before anything is shown of it,
    /// whatever the response's status says.
    private func document(in response: HTTPResponse) -> JSONValue? {
        let body = try? JSONValue(parsing: response.body)
        if let text = body?["access_token"]?.string { redactor.register(Secret(text)) }
        return body
    }

    /// The token in a response (RFC 6749 §5.1).
    private func grant(in response: HTTPResponse, _ body: JSONValue?) throws(Problem) -> Grant {
        guard (200..<300).contains(response.status), body?["error"] == nil else { throw problem(response, body) }
        guard let body else {
            // Nothing of it is shown: the token may be in it in a form that is not known here.
            let size = response.body.isEmpty ? "it is empty" : "\(response.body.count) bytes"
            throw unexpected(
                response,
                "the response is not JSON (\(response.otherContentType(redactor).map { "\($0), " } ?? "")\(size))")
        }
        if let other = response.otherContentType(redactor) {
            throw unexpected(response, "the response is \(other), not application/json")
        }
        if let type = body["token_type"], type != .null, type.string?.lowercased() != "bearer" {
            let shown = type.string.map { "'\(redactor.excerpt(of: Array($0.utf8), limit: 100))'" } ?? type.kind
            throw unexpected(response, "the response's token_type is \(shown), not Bearer")
        }
        return Grant(
            token: try token(body["access_token"], in: response), lifetime: lifetime(body["expires_in"]),
            narrowerScope: narrowerScope(body["scope"]?.string))
    }

    private func token(_ value: JSONValue?, in response: HTTPResponse) throws(Problem) -> Secret {
        guard let value else { throw unexpected(response, "the response holds no access_token") }
        guard let text = value.string else {
            throw unexpected(response, "the response's access_token is \(value.kind), not a string")
        }
        guard !text.isEmpty else { throw unexpected(response, "the response's access_token is empty") }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw unexpected(response, "the response's access_token holds characters that an access token cannot have")
        }
        return Secret(text)
    }

    /// Some servers send the number as text or as a fraction, or none that counts.
    private func lifetime(_ value: JSONValue?) -> Duration? {
        let seconds: Double? =
            switch value {
            case .number(let number): Double(number.text)
            case .string(let text): Double(text)
            default: nil
            }
        guard let seconds, seconds > 0 else { return nil }
        return .seconds(min(seconds, 31_536_000))
    }

    private func narrowerScope(_ granted: String?) -> String? {
        guard let granted, let asked = client.scope else { return nil }
        let parts = Set(granted.split(separator: " ").map { ExactText(String($0)) })
        return asked.split(separator: " ").allSatisfy({ parts.contains(ExactText(String($0))) })
            ? nil : redactor.excerpt(of: Array(granted.utf8), limit: 400)
    }

    /// The problem that a refusal is.
    private func problem(_ response: HTTPResponse, _ body: JSONValue?) -> Problem {
        let refusal = refusal(response)
        if let problem = Problem(misdirected: response, refusal, from: client.server) { return problem }
        if let reason = OAuthError(rawValue: body?["error"]?.string ?? "") {
            return Problem(
                .denied, at: "\(response.request)", refusal.text,
                cause: AccessProblem.tokenRefused(reason, isAssertion: client.method == .assertion))
        }
        if response.status >= 500 {
            return Problem(
                .refused, at: "\(response.request)", refusal.text,
                cause: AccessProblem.unexpected(response.request, from: client.server))
        }
        return unexpected(
            response, "this is not a response of an OAuth server" + (refusal.said.isEmpty ? "" : ": \(refusal.said)"))
    }

    private func unexpected(_ response: HTTPResponse, _ reason: String) -> Problem {
        Problem(unexpected: response, reason, from: client.server)
    }
}
