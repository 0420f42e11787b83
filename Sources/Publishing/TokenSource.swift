public import HTTP
import JSON

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

    /// The token to use now.
    func token() throws(PublishingError) -> Secret {
        if let current { return current }
        let token = try fetch()
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

    private func fetch() throws(PublishingError) -> Secret {
        switch origin {
        case .file(let file): return try file.read()
        case .client(let oauth): return try token(in: try answer(of: oauth))
        }
    }

    /// Asks until there is an answer; the request is built anew for each try, for an assertion may have been renewed.
    private func answer(of oauth: OAuthClient) throws(PublishingError) -> HTTPResponse {
        var retries = Retries(client.backoff())
        while true {
            let request = try oauth.tokenRequest(redactor: redactor)
            do {
                return try client.attempt(request)
            } catch {
                try retries.pause(after: error, said: error.said(redactor))
            }
        }
    }

    /// The token in an answer (RFC 6749 §5.1).
    private func token(in response: HTTPResponse) throws(PublishingError) -> Secret {
        let request = response.request
        let body = try? JSONValue(parsing: response.body)
        guard (200..<300).contains(response.status) else {
            let isRefusal = [400, 401, 403].contains(response.status)
            let isOAuthError = (400..<500).contains(response.status) && body?["error"]?.string != nil
            let answer = ServerAnswer(response, redactor: redactor)
            if isRefusal || isOAuthError { throw .tokenRefused(answer) }
            if (400..<500).contains(response.status) {
                throw .unexpectedAnswer(
                    request, reason: "no OAuth answer: \(answer.statusAndText); check the token URL")
            }
            throw .refused(answer)
        }
        guard let body else {
            let excerpt = redactor.excerpt(of: response.body)
            throw .unexpectedAnswer(
                request,
                reason: "the answer is not JSON: \(excerpt.isEmpty ? "it is empty" : excerpt); check the token URL")
        }
        if body["error"]?.string != nil { throw .tokenRefused(ServerAnswer(response, redactor: redactor)) }
        try response.requireJSON()
        guard let value = body["access_token"] else {
            throw .unexpectedAnswer(request, reason: "the answer holds no access_token; check the token URL")
        }
        guard let text = value.string else {
            throw .unexpectedAnswer(request, reason: "the answer's access_token is \(value.kind), not a string")
        }
        let secret = Secret(text)
        redactor.register(secret)
        guard !text.isEmpty else { throw .unexpectedAnswer(request, reason: "the answer's access_token is empty") }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .unexpectedAnswer(
                request, reason: "the answer's access_token holds characters that no token may have")
        }
        if let type = body["token_type"], type.string?.lowercased() != "bearer" {
            let shown = type.string.map { "'\(redactor.excerpt(of: Array($0.utf8)))'" } ?? type.kind
            throw .unexpectedAnswer(request, reason: "the answer's token_type is \(shown), not Bearer")
        }
        return secret
    }
}

extension ServerAnswer {
    /// The status with what the server said.
    var statusAndText: String {
        HTTPResponse.text(ofStatus: status) + (said.isEmpty ? "" : ": \(said)")
    }
}
