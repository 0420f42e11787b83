public import HTTP
import Objects
import Redaction

/// An OAuth client that can ask for tokens by the client-credentials grant (RFC 6749 §4.4).
public struct OAuthClient: Sendable {
    /// How the client proves who it is.
    public enum Method: Sendable {
        /// The secret in the body (RFC 6749 §2.3.1).
        case post
        /// The secret in HTTP Basic credentials (RFC 6749 §2.3.1).
        case basic
        /// A JWT that an identity provider has signed (RFC 7523 §2.2).
        case assertion
    }

    /// The client's identifier; nil where its assertion says who it is (RFC 7521 §4.2).
    public var id: String?
    /// How it proves who it is.
    public let method: Method
    /// The secret, or the assertion.
    private var credential: Credential
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
    public init(id: String?, _ method: Method, _ credential: Credential, tokenURL: HTTPURL, hostHeader: HTTPHeader?) {
        self.id = id
        self.method = method
        self.credential = credential
        self.tokenURL = tokenURL
        self.hostHeader = hostHeader
    }

    /// Reads a secret that is in a file and keeps it.
    mutating func keepSecret(_ redactor: Redactor) throws(Problem) {
        if method != .assertion { credential = .given(try credential.read(redactor)) }
    }

    /// The token endpoint's server, as problems name it.
    var server: Server { .oauth(hasHostHeader: hostHeader != nil) }

    /// The request for a token; a credential in a file is read now, and registered with the redactor.
    ///
    /// Throws `.denied` for an assertion that has expired at `now`, in seconds since 1970.
    func tokenRequest(redactor: Redactor, now: Double) throws(Problem) -> HTTPRequest {
        var fields: [(name: String, value: RequestText)] = [("grant_type", "client_credentials")]
        var headers = [HTTPHeader.acceptJSON]
        if let hostHeader { headers.append(hostHeader) }
        let secret = try credential.read(redactor)
        switch method {
        case .post:
            fields += [("client_id", RequestText(id ?? "")), ("client_secret", RequestText(secret: secret))]
        case .basic:
            let credentials = Secret.basicCredentials(clientID: id ?? "", clientSecret: secret)
            redactor.register(credentials)
            headers.append(.authorization("Basic", credentials))
        case .assertion:
            if let expiry = TokenClaims(secret, redactor: redactor)?.expires, expiry <= now {
                throw Problem(
                    .denied, at: "POST \(tokenURL)",
                    "not sent, because the client assertion expired \(Int(min(now - expiry, 1e9))) s ago",
                    cause: AccessProblem.assertionExpired)
            }
            if let id { fields.append(("client_id", RequestText(id))) }
            fields.append(("client_assertion_type", RequestText(assertionType)))
            fields.append(("client_assertion", RequestText(secret: secret)))
        }
        if let scope { fields.append(("scope", RequestText(scope))) }
        if let audience { fields.append(("audience", RequestText(audience))) }
        fields += parameters.map { ($0.name, RequestText($0.value)) }
        return HTTPRequest(method: .post, url: tokenURL, headers: headers, body: .form(fields))
    }

    /// A JWT (RFC 7523 §2.2).
    public static let jwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
}
