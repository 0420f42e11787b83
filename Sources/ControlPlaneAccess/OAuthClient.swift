public import HTTP
import Objects
import Redaction

/// An OAuth client that can ask for tokens by the client-credentials grant (RFC 6749 §4.4).
public struct OAuthClient: Sendable {
    /// How the client proves who it is.
    public enum Authentication: Sendable {
        /// The secret in the body (RFC 6749 §2.3.1).
        case post(Credential)
        /// The secret in HTTP Basic credentials (RFC 6749 §2.3.1).
        case basic(Credential)
        /// A JWT that an identity provider has signed (RFC 7523 §2.2).
        case assertion(Credential)
    }

    /// The client's identifier; nil where its assertion says who it is (RFC 7521 §4.2).
    public var id: String?
    /// How it proves who it is.
    public var authentication: Authentication
    /// The scope to ask for.
    public var scope: String?
    /// The audience to ask for.
    public var audience: String?
    /// The type of an assertion.
    public var assertionType = OAuthClient.jwtBearer
    /// More parameters of the token request, in order.
    public var parameters: [(name: String, value: String)] = []
    /// The token endpoint.
    public var tokenURL: HTTPURL
    /// The Host header for it, where that is not the URL's.
    public var hostHeader: HTTPHeader?

    /// A client of that token endpoint.
    public init(id: String?, authentication: Authentication, tokenURL: HTTPURL, hostHeader: HTTPHeader?) {
        self.id = id
        self.authentication = authentication
        self.tokenURL = tokenURL
        self.hostHeader = hostHeader
    }

    /// Reads a secret that is in a file and keeps it.
    mutating func keepSecret(_ redactor: Redactor) throws(Problem) {
        switch authentication {
        case .post(let credential): authentication = .post(.given(try credential.read(redactor)))
        case .basic(let credential): authentication = .basic(.given(try credential.read(redactor)))
        case .assertion: break
        }
    }

    /// Whether the client proves who it is by an assertion.
    var usesAssertion: Bool {
        if case .assertion = authentication { true } else { false }
    }

    /// The token endpoint's server, as problems name it.
    var server: Server { .oauth(hasHostHeader: hostHeader != nil) }

    /// The request for a token; a credential in a file is read now, and registered with the redactor.
    ///
    /// Throws `.denied` for an assertion that has expired at `now`, in seconds since 1970.
    func tokenRequest(redactor: Redactor, now: Double) throws(Problem) -> HTTPRequest {
        var fields = [FormField(name: "grant_type", value: "client_credentials")]
        var headers = [HTTPHeader.acceptJSON]
        if let hostHeader { headers.append(hostHeader) }
        switch authentication {
        case .post(let credential):
            let secret = try credential.read(redactor)
            fields.append(FormField(name: "client_id", value: RequestText(id ?? "")))
            fields.append(FormField(name: "client_secret", value: RequestText(secret: secret)))
        case .basic(let credential):
            let secret = try credential.read(redactor)
            let credentials = Secret.basicCredentials(clientID: id ?? "", clientSecret: secret)
            redactor.register(credentials)
            headers.append(.authorization("Basic", credentials))
        case .assertion(let credential):
            let assertion = try credential.read(redactor)
            if let expiry = TokenClaims(assertion, redactor: redactor)?.expires, expiry <= now {
                throw Problem(
                    .denied, at: "POST \(tokenURL)",
                    "not sent, because the client assertion expired \(Int(min(now - expiry, 1e9))) s ago",
                    cause: AccessProblem.assertionExpired)
            }
            if let id { fields.append(FormField(name: "client_id", value: RequestText(id))) }
            fields.append(FormField(name: "client_assertion_type", value: RequestText(assertionType)))
            fields.append(FormField(name: "client_assertion", value: RequestText(secret: assertion)))
        }
        if let scope { fields.append(FormField(name: "scope", value: RequestText(scope))) }
        if let audience { fields.append(FormField(name: "audience", value: RequestText(audience))) }
        for parameter in parameters {
            fields.append(FormField(name: parameter.name, value: RequestText(parameter.value)))
        }
        return HTTPRequest(method: .post, url: tokenURL, headers: headers, body: .form(fields))
    }

    /// A JWT (RFC 7523 §2.2).
    public static let jwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
}
