public import HTTP
import JSON
public import Objects
public import Redaction
import Synchronization

/// Where access tokens come from: asked for when first needed, kept, and renewed when that is due.
///
/// Threads may share one, each with its own client; while one asks for a token the others wait for it.
public final class TokenSource: Sendable {
    /// What a token is got from.
    public enum Origin: Sendable {
        /// An OAuth server.
        case client(OAuthClient)
        /// A file that another process keeps up to date, or the token itself, which never changes.
        case credential(Credential)
        /// Nowhere: the client's certificate is all that authenticates it.
        case none
    }

    /// What is worth knowing on the way to a token.
    public enum Event: Sendable {
        /// The OAuth server granted less than it was asked for.
        case narrowerScope(asked: String, granted: String)
        /// The API refuses a token that is seconds old; it is tried again after that time.
        case waitingForAcceptance(Duration)
    }

    /// A token and how it came about.
    struct Token {
        /// What requests carry; nil where there is no token.
        let text: Secret?
        let number: Int
        let obtained: ContinuousClock.Instant
        let renewal: ContinuousClock.Instant?
        let redactor: Redactor
        /// What it says of itself; read when that is asked for, which in most runs it is not.
        var claims: TokenClaims? { text.flatMap { TokenClaims($0, redactor: redactor) } }
    }

    private struct State {
        var origin: Origin
        var current: Token?
        var count = 0
        /// Whether the API took a token since the last renewal for a 401, or ever.
        var wasAccepted = false
        var wasRenewed = false
    }

    let timing: Timing
    let redactor: Redactor
    private let report: @Sendable (Event) -> Void
    private let state: Mutex<State>

    /// A token that was obtained less long ago may be refused because a clock or a key set lags.
    private static let youth = Duration.seconds(10)

    /// Tokens from there; every token is registered with the redactor.
    public init(
        _ origin: Origin, timing: Timing, redactor: Redactor, report: @escaping @Sendable (Event) -> Void = { _ in }
    ) {
        state = Mutex(State(origin: origin))
        self.timing = timing
        self.redactor = redactor
        self.report = report
    }

    /// The request that asks for a token, to be shown; none where a file holds one, which is read to see that it does.
    ///
    /// A file of a credential is read at each call.
    public func plan() throws(Problem) -> [PlannedRequest] {
        switch state.withLock({ $0.origin }) {
        case .credential(let credential):
            _ = try credential.read(redactor)
            return []
        case .none: return []
        case .client(let client):
            let request = try client.tokenRequest(redactor: redactor, now: timing.wallClock())
            return [PlannedRequest(request: request, condition: nil)]
        }
    }

    /// Whether requests carry a token.
    var hasToken: Bool {
        if case .none = state.withLock({ $0.origin }) { false } else { true }
    }

    /// What the token in use says of itself; nil where there is none or it is opaque.
    var claims: TokenClaims? { state.withLock { $0.current?.claims } }

    /// The token to use now; where it has to be asked for, that request opens the connection for what comes next meanwhile.
    func token(over client: HTTPClient, warmingUp api: HTTPRequest) throws(Problem) -> Token {
        try state.withLock { state throws(Problem) in
            if let current = state.current, current.renewal.map({ timing.now() < $0 }) ?? true { return current }
            return try renew(&state, over: client, warmingUp: api)
        }
    }

    /// Notes that the API took the token.
    func noteAccepted() {
        state.withLock { state in
            state.wasAccepted = true
            state.wasRenewed = false
        }
    }

    /// Whether a request that was refused with 401 is worth another try; waits or has the token renewed before.
    ///
    /// A token that was good before is renewed, once until the next success. One that is seconds old is tried again after
    /// one second and, renewed, after two: a clock or a key set may lag. `waits` counts these of one request.
    func isWorthAnotherTry(
        after refused: Token, waits: inout Int, over client: HTTPClient
    ) -> Bool {
        let isRenewed = state.withLock { state in
            if state.current?.number != refused.number { return true }
            if state.wasRenewed { return false }
            switch state.origin {
            case .client: guard state.wasAccepted else { return false }
            case .credential(.given), .none: return false
            case .credential(.file(let file)):
                // What can be read once, as a pipe, is no reason to forget that the API refused.
                guard let text = try? file.read() else { return false }
                let isNew = !text.revealed().utf8.elementsEqual((refused.text?.revealed() ?? "").utf8)
                guard state.wasAccepted || isNew else { return false }
            }
            state.wasRenewed = true
            state.current = nil
            return true
        }
        if isRenewed { return true }
        let wait = Duration.seconds(waits + 1)
        guard waits < 2, isYoung(refused), client.deadline.remaining > wait else { return false }
        waits += 1
        report(.waitingForAcceptance(wait))
        timing.sleep(wait)
        if waits == 2 {
            state.withLock { state in
                if state.current?.number == refused.number { state.current = nil }
            }
        }
        return true
    }

    private func isYoung(_ token: Token) -> Bool {
        if case .client = state.withLock({ $0.origin }) {
            return token.obtained.duration(to: timing.now()) < Self.youth
        }
        // Of what came from elsewhere the token alone knows the age.
        let birth = token.claims?.issuedAt ?? token.claims?.notBefore
        return birth.map { abs(timing.wallClock() - $0) < 10 } ?? false
    }

    private func renew(
        _ state: inout State, over client: HTTPClient, warmingUp api: HTTPRequest
    ) throws(Problem) -> Token {
        var lifetime: Duration?
        var text: Secret?
        switch state.origin {
        case .credential(let credential): text = try credential.read(redactor)
        case .none: break
        case .client(var oauth):
            // A secret is read once, for its file may be a pipe; an assertion whenever it is needed, for it may be new.
            try oauth.keepSecret(redactor)
            state.origin = .client(oauth)
            let grant = try TokenRequest(client: oauth, redactor: redactor, timing: timing)
                .send(over: client, warmingUp: api)
            (text, lifetime) = (grant.token, grant.lifetime)
            if let granted = grant.narrowerScope, let asked = oauth.scope {
                report(.narrowerScope(asked: asked, granted: granted))
            }
        }
        state.count += 1
        let now = timing.now()
        let token = Token(
            text: text, number: state.count, obtained: now, renewal: lifetime.map { now.advanced(by: $0 * 0.8) },
            redactor: redactor)
        state.current = token
        return token
    }
}
