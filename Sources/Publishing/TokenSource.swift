public import HTTP
import JSON
public import Redaction

/// Where access tokens come from: asked for when first needed, kept, and renewed once when the API stops accepting them.
public final class TokenSource {
    /// What a token is got from.
    public enum Origin: Sendable {
        /// An OAuth server.
        case client(OAuthClient)
        /// A file that somebody else keeps up to date.
        case file(CredentialFile)
    }

    private let origin: Origin
    private let client: HTTPClient
    private let redactor: Redactor
    private var current: Secret?
    private var wasAccepted = false
    private var wasRenewed = false

    /// Tokens from there, over that client; every token is told to the redactor.
    public init(_ origin: Origin, client: HTTPClient, redactor: Redactor) {
        self.origin = origin
        self.client = client
        self.redactor = redactor
    }

    /// The token to use now; where it has to be asked for, the connection for what comes next is opened meanwhile by that request.
    func token(warmingUp api: HTTPRequest) throws(PublishingError) -> Secret {
        if let current { return current }
        let token = try fetch(warmingUp: api)
        redactor.register(token)
        current = token
        return token
    }

    /// Notes that the API took the token.
    func noteAccepted() {
        wasAccepted = true
    }

    /// Drops a token that the API has refused; false where a fresh one would be no use.
    ///
    /// Only a token that was good before is worth renewing, and only once.
    func renew() -> Bool {
        guard wasAccepted, !wasRenewed else { return false }
        wasRenewed = true
        current = nil
        return true
    }

    private func fetch(warmingUp api: HTTPRequest) throws(PublishingError) -> Secret {
        switch origin {
        case .file(let file): return try file.read()
        case .client(let oauth): return try token(in: try answer(of: oauth, warmingUp: api))
        }
    }

    /// Asks until there is an answer; the request is built anew for each try, for an assertion may have been renewed.
    private func answer(
        of oauth: OAuthClient, warmingUp api: HTTPRequest
    ) throws(PublishingError) -> HTTPResponse {
        var retries = Retries(client.backoff())
        while true {
            let request = try oauth.tokenRequest(redactor: redactor)
            do {
                return try client.attempt(request, warmingUp: api)
            } catch {
                try retries.pause(after: error, said: error.said(redactor))
            }
        }
    }

    /// The token in an answer (RFC 6749 §5.1).
    private func token(in response: HTTPResponse) throws(PublishingError) -> Secret {
        let body = try? JSONValue(parsing: response.body)
        // Before anything of the answer is shown: whatever is wrong with it, there may be a token in it.
        if let text = body?["access_token"]?.string { redactor.register(Secret(text)) }
        guard (200..<300).contains(response.status) else { throw refusal(response, body) }
        guard let body else {
            // Nothing of it is shown: the token may be in it in a form that is not known here.
            let size = response.body.isEmpty ? "it is empty" : "\(response.body.count) bytes"
            throw unexpected(
                response,
                "the answer is not JSON (\(response.otherContentType(redactor).map { "\($0), " } ?? "")\(size))")
        }
        if body["error"]?.string != nil { throw .tokenRefused(ServerAnswer(response, redactor: redactor)) }
        if let other = response.otherContentType(redactor) {
            throw unexpected(response, "the answer is \(other), not application/json")
        }
        guard let value = body["access_token"] else { throw unexpected(response, "the answer holds no access_token") }
        guard let text = value.string else {
            throw unexpected(response, "the answer's access_token is \(value.kind), not a string")
        }
        guard !text.isEmpty else { throw unexpected(response, "the answer's access_token is empty") }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw unexpected(response, "the answer's access_token holds characters that an access token cannot have")
        }
        if let type = body["token_type"], type.string?.lowercased() != "bearer" {
            let shown = type.string.map { "'\(redactor.excerpt(of: Array($0.utf8), limit: 100))'" } ?? type.kind
            throw unexpected(response, "the answer's token_type is \(shown), not Bearer")
        }
        return Secret(text)
    }

    /// The error that an answer without success is.
    private func refusal(_ response: HTTPResponse, _ body: JSONValue?) -> PublishingError {
        let answer = ServerAnswer(response, redactor: redactor)
        guard (400..<500).contains(response.status) else { return .refused(answer) }
        if [400, 401, 403].contains(response.status) || body?["error"]?.string != nil { return .tokenRefused(answer) }
        return unexpected(
            response, "this is not an answer of an OAuth server" + (answer.said.isEmpty ? "" : ": \(answer.said)"))
    }

    private func unexpected(_ response: HTTPResponse, _ reason: String) -> PublishingError {
        .unexpectedAnswer(
            response.request, status: response.status, reason: reason,
            flag: "that --oauth-token-url (OAUTH_TOKEN_URL) is the OAuth server's token endpoint")
    }
}
