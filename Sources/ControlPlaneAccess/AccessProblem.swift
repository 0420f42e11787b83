public import HTTP
public import Objects
import Redaction

/// What advice about a problem with a server depends on.
public enum AccessProblem: Error, Sendable {
    /// The network, the time or a temporary status, with what the server said.
    case http(HTTPError, said: String, from: Server)
    /// A redirect, which is not followed.
    case redirected
    /// The OAuth server refused the client, for a reason of RFC 6749 §5.2 or RFC 8707 §2.
    case tokenRefused(OAuthError, isAssertion: Bool)
    /// The response is not one of this server's interface.
    case unexpected(RequestLine, from: Server)
    /// The server speaks TLS on a port that was asked in plain HTTP.
    case plainHTTP(from: Server)
    /// A file with credentials cannot be used.
    case credentialFile(CredentialFile.Role)
    /// The client's assertion has expired.
    case assertionExpired
}

/// Which server a request went to.
public enum Server: Sendable, Hashable {
    /// The API; whether requests to it carry a Host header of their own.
    case api(hasHostHeader: Bool)
    /// The OAuth server; whether requests to it carry a Host header of their own.
    case oauth(hasHostHeader: Bool)
}

/// Why an OAuth server gives no token, as it says it (RFC 6749 §5.2, RFC 8707 §2; `access_denied` is Auth0's).
public enum OAuthError: String, Sendable, CaseIterable {
    case accessDenied = "access_denied"
    case invalidClient = "invalid_client"
    case invalidGrant = "invalid_grant"
    case invalidRequest = "invalid_request"
    case invalidScope = "invalid_scope"
    case invalidTarget = "invalid_target"
    case unauthorizedClient = "unauthorized_client"
    case unsupportedGrantType = "unsupported_grant_type"

    /// Those that may be gone a moment later, whatever the status.
    static let temporary: Set<String> = ["temporarily_unavailable", "server_error", "slow_down"]
}

extension Problem {
    /// The problem that a failed request is.
    init(_ error: HTTPError, said: String, from server: Server) {
        let kind: Kind =
            switch error.reason {
            case .network, .deadlinePassed: .temporary
            case .status(let response): response.status == 409 ? .conflict : .temporary
            case .tls, .unusableAuthorities: .configuration
            case .tooLarge, .notHTTP: .protocolViolation
            case .libcurl: .program
            }
        self.init(
            kind, at: error.request.map { "\($0)" } ?? "", error.event + (said.isEmpty ? "" : ": \(said)"),
            cause: AccessProblem.http(error, said: said, from: server))
    }

    /// The problem that a response is which its interface does not promise.
    public init(unexpected response: HTTPResponse, _ reason: String, from server: Server) {
        self.init(
            .protocolViolation, at: "\(response.request)",
            "\(response.statusText), but \(reason)",
            cause: AccessProblem.unexpected(response.request, from: server))
    }

    /// The problem that a redirect or a refusal of plain HTTP is; nil where the response is neither.
    init?(misdirected response: HTTPResponse, _ refusal: Refusal, from server: Server) {
        if response.isPlainHTTPRefused {
            self.init(
                .configuration, at: "\(response.request)", refusal.text, cause: AccessProblem.plainHTTP(from: server))
        } else if (300..<400).contains(response.status) {
            self.init(
                .protocolViolation, at: "\(response.request)", refusal.text, cause: AccessProblem.redirected)
        } else {
            return nil
        }
    }
}

extension Problem {
    /// Whether the time for everything was over before there was a response.
    public var isEndOfTime: Bool {
        guard case .http(let error, _, _) = cause as? AccessProblem else { return false }
        return if case .deadlinePassed = error.reason { true } else { false }
    }
}

extension HTTPError {
    /// Whether the request may have had its effect although its response did not come.
    var mayHaveTakenEffect: Bool {
        switch reason {
        case .network(.cut(.waiting)), .network(.cut(.reading)), .network(.truncated), .network(.stream),
            .network(.timedOut(.waiting, _)), .network(.timedOut(.reading, _)):
            true
        case .status(let response): response.status == 502 || response.status == 504
        default: false
        }
    }
}
