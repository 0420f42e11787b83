public import HTTP
public import JSON
public import Objects
public import Redaction

/// One API: authenticated requests, and responses that are JSON.
public final class APIClient {
    /// Where it is.
    public let location: APILocation
    /// What takes secrets out of a server's words.
    public let redactor: Redactor
    private let client: HTTPClient
    private let tokens: TokenSource
    private let dialect: any APIDialect
    private var upcomingReads: [HTTPRequest] = []
    /// The server's time in its last response, in seconds since 1970; this machine's where it did not say so.
    public private(set) var lastResponseTime = 0.0

    /// What came of one try.
    public enum Attempt: Sendable {
        /// A response that another try would not change.
        case response(HTTPResponse)
        /// A failure that may pass; whether the request may have had its effect.
        case failed(Problem, mayHaveTakenEffect: Bool)
    }

    /// The API there, with tokens from that source; nothing is sent yet.
    public init(
        _ location: APILocation, client: HTTPClient, tokens: TokenSource, dialect: any APIDialect = CommonDialect()
    ) {
        self.location = location
        self.client = client
        self.tokens = tokens
        self.dialect = dialect
        redactor = tokens.redactor
    }

    /// The API, as problems name it.
    public var server: Server { .api(hasHostHeader: location.hostHeader != nil) }

    /// Announces what will be read soon: over HTTP/2 it is asked for together with the next request, so that it is there
    /// when it is needed; over HTTP/1.1 nothing changes.
    public func willRead(_ requests: [HTTPRequest]) {
        upcomingReads = requests
    }

    /// Forgets what was read ahead of a request, for something has changed since.
    public func forget(_ request: HTTPRequest) {
        client.forget(request.line)
    }

    /// Sends a request until there is a response that no retry would change.
    public func send(_ request: HTTPRequest) throws(Problem) -> HTTPResponse {
        var tries = 0
        while true {
            switch try attempt(request) {
            case .response(let response): return response
            case .failed(let problem, _):
                tries += 1
                try wait(after: problem, tries: tries)
            }
        }
    }

    /// Sends a request once, and again where another token may be all that it takes.
    public func attempt(_ bare: HTTPRequest) throws(Problem) -> Attempt {
        var waits = 0
        while true {
            let token = try tokens.token(over: client, warmingUp: location.health)
            let reads = upcomingReads.map { authorized($0, by: token) }
            upcomingReads = []
            let response: HTTPResponse
            do {
                response = try client.attempt(authorized(bare, by: token), beside: reads)
            } catch {
                guard let permanent = error.response, !dialect.isTemporary(permanent) else {
                    let said = error.response.map { refusal($0).said } ?? ""
                    let problem = Problem(error, said: said, from: server)
                    guard error.isRetryable else { throw problem }
                    return .failed(problem, mayHaveTakenEffect: error.mayHaveTakenEffect)
                }
                response = permanent
            }
            lastResponseTime = response.date ?? timing.wallClock()
            guard response.status == 401 else {
                tokens.noteAccepted()
                return .response(response)
            }
            guard tokens.isWorthAnotherTry(after: token, waits: &waits, over: client) else {
                return .response(response)
            }
        }
    }

    /// The failure that a conflict is, which reading afresh may mend.
    public func conflict(_ response: HTTPResponse) -> Problem {
        Problem(HTTPError(response), said: refusal(response).said, from: server)
    }

    /// Its clocks.
    public var timing: Timing { tokens.timing }

    /// Waits after so many tries of a request until the next may begin, exponentially with jitter or as the server asks; throws
    /// the problem where there is none.
    public func wait(after problem: Problem, tries: Int) throws(Problem) {
        guard case .http(let failure, let said, let server) = problem.cause as? AccessProblem else { throw problem }
        try client.wait(after: failure, said: said, from: server, tries: tries)
    }

    /// Waits so long; false at once where the time of the whole step would be over by then.
    public func pause(_ duration: Duration) -> Bool {
        guard client.deadline.remaining > duration else { return false }
        timing.sleep(duration)
        return true
    }

    /// What may be shown of a response that says no.
    public func refusal(_ response: HTTPResponse) -> Refusal {
        Refusal(response, dialect: dialect, redactor: redactor)
    }

    /// The problem that a redirect or a refusal of plain HTTP is; nil where the response is neither.
    public func misdirection(_ response: HTTPResponse) -> Problem? {
        Problem(misdirected: response, refusal(response), from: server)
    }

    /// How many requests were sent, retries among them.
    public var requestCount: Int { client.requestCount }

    /// Whether requests carry a token.
    public var hasToken: Bool { tokens.hasToken }

    /// What the token in use says of itself; nil where it is opaque.
    public var claims: TokenClaims? { tokens.claims }

    /// The JSON document in a response that promises one.
    public func json(in response: HTTPResponse) throws(Problem) -> JSONValue {
        let body: JSONValue
        do {
            body = try JSONValue(parsing: response.body)
        } catch {
            let excerpt = redactor.excerpt(of: response.body)
            throw unexpected(
                response, excerpt.isEmpty ? "the response is empty" : "the response is not JSON (\(error)): \(excerpt)")
        }
        if let other = response.otherContentType(redactor) {
            throw unexpected(response, "the response is \(other), not application/json")
        }
        return body
    }

    /// The problem that a response is which the API does not promise.
    public func unexpected(_ response: HTTPResponse, _ reason: String) -> Problem {
        Problem(unexpected: response, reason, from: server)
    }

    private func authorized(_ request: HTTPRequest, by token: TokenSource.Token) -> HTTPRequest {
        token.text.map(request.authorized) ?? request
    }
}

extension HTTPRequest {
    /// The request with a bearer token (RFC 6750 §2.1).
    func authorized(by token: Secret) -> HTTPRequest {
        var request = self
        request.headers.insert(.authorization("Bearer", token), at: min(1, headers.count))
        return request
    }
}

extension HTTPClient {
    /// Waits until the next try may begin; throws the problem that the failure is where there is none.
    func wait(after failure: HTTPError, said: String, from server: Server, tries: Int) throws(Problem) {
        do { try pause(after: failure, tries: tries) } catch { throw Problem(error, said: said, from: server) }
    }
}

extension APIClient {
    /// Asks for something that needs no token, once: whether there is a response at all.
    public func reach(_ path: String) throws(Problem) -> HTTPResponse {
        do {
            return try client.attempt(location.request(.get, [path]))
        } catch {
            guard let response = error.response else { throw Problem(error, said: "", from: server) }
            return response
        }
    }

    /// Gets a token, unless there is one; what it says of itself, nil where it is opaque.
    public func authenticate() throws(Problem) -> TokenClaims? {
        try tokens.token(over: client, warmingUp: location.health).claims
    }

    /// The issuers of tokens that the API says it trusts (RFC 9728 §2); empty where it does not say so.
    ///
    /// It is asked once and without a token, and no failure of that matters.
    public func trustedIssuers() -> [String] {
        let request = location.request(.get, [".well-known", "oauth-protected-resource"])
        guard let response = try? client.attempt(request), response.status == 200,
            let servers = try? JSONValue(parsing: response.body)["authorization_servers"]?.array
        else { return [] }
        return servers.prefix(5).compactMap { $0.string.map { redactor.excerpt(of: Array($0.utf8), limit: 200) } }
    }
}
