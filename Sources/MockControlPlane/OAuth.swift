import JSON

/// The tokens that were issued, and what is left of each.
struct TokenStore: Sendable {
    private struct Token {
        let text: String
        var remainingUses: Int?
    }

    private var tokens: [Token] = []

    /// All tokens, the oldest first.
    var issued: [String] { tokens.map(\.text) }

    /// A new token in the form of a JWT.
    mutating func issue(to client: String, _ configuration: MockControlPlane.Configuration) -> String {
        let header: JSONValue = ["alg": "none", "typ": "at+jwt", "kid": "mock"]
        let now = configuration.now()
        let claims: JSONValue = [
            "jti": .number(JSONNumber(tokens.count + 1)), "sub": .string(client), "client_id": .string(client),
            "aud": .string(client), "iss": .string(configuration.issuer), "iat": .number(JSONNumber(now)),
            "nbf": .number(JSONNumber(now)), "exp": .number(JSONNumber(now + configuration.tokenLifetime)),
        ]
        let text = [header.serialized(), claims.serialized(), Array("mock signature".utf8)]
            .map(Base64.encodeForURL).joined(separator: ".")
        tokens.append(Token(text: text, remainingUses: configuration.tokenUses))
        return text
    }

    /// Takes one use of a token; false where it was never issued or has none left.
    mutating func use(_ text: String) -> Bool {
        guard let index = tokens.lastIndex(where: { $0.text.isIdentical(to: text) }) else { return false }
        guard let uses = tokens[index].remainingUses else { return true }
        guard uses > 0 else { return false }
        tokens[index].remainingUses = uses - 1
        return true
    }

    /// Leaves no use of any token issued so far.
    mutating func revokeAll() {
        for index in tokens.indices { tokens[index].remainingUses = 0 }
    }
}

extension ControlPlaneState {
    /// The token endpoint: the client credentials grant (RFC 6749 §4.4).
    mutating func issueToken(_ request: HTTPRequest) throws(Refusal) -> MockControlPlane.Response {
        // Thunder reads no body of another type, and then finds that everything is missing.
        guard let form = FormField.fields(of: request) else {
            throw .oauth("invalid_request", "Missing client_id parameter")
        }
        for (index, field) in form.enumerated()
        where form[..<index].contains(where: { $0.name.isIdentical(to: field.name) }) {
            throw .oauth("invalid_request", "repeated parameter \(field.name)")
        }
        switch form["grant_type"] {
        case "client_credentials": break
        case nil: throw .oauth("invalid_request", "Missing grant_type parameter")
        default: throw .oauth("unsupported_grant_type", "only client_credentials is supported")
        }
        let client = try authenticateClient(form, request)
        if let scope = configuration.requiredScope, form["scope"]?.isIdentical(to: scope) != true {
            throw .oauth("invalid_scope", "the scope must be \(scope)")
        }
        if let audience = configuration.requiredAudience, form["audience"]?.isIdentical(to: audience) != true {
            throw .oauth("invalid_target", "the audience must be \(audience)")
        }
        var body = JSONObject()
        body["access_token"] = .string(tokens.issue(to: client.id, configuration))
        body["token_type"] = "Bearer"
        body["expires_in"] = .number(JSONNumber(configuration.tokenLifetime))
        body["scope"] = form["scope"].map(JSONValue.string)
        var response = MockControlPlane.Response.json(200, .object(body), layout: configuration.tokenLayout)
        response.headers.append(MockControlPlane.Header("Cache-Control", "no-store"))
        return response
    }

    /// The client, by the one method of authentication that the request uses (RFC 6749 §2.3).
    private func authenticateClient(
        _ form: [FormField], _ request: HTTPRequest
    ) throws(Refusal) -> MockControlPlane.OAuthClient {
        typealias Client = MockControlPlane.OAuthClient
        let basic = request.header("Authorization")
        let assertion = form["client_assertion"]
        let secret = form["client_secret"]
        guard [basic, assertion, secret].count(where: { $0 != nil }) <= 1 else {
            throw .oauth("invalid_request", "Multiple client authentication methods were provided")
        }
        let match: (Client) -> Bool
        let method: Client.AuthMethod
        if let basic {
            guard let credentials = BasicCredentials(basic) else {
                throw .invalidClient("Invalid client credentials", basic: true)
            }
            method = .basic
            match = { client in
                client.id.isIdentical(to: credentials.id) && client.secret?.isIdentical(to: credentials.secret) == true
            }
        } else if let assertion {
            method = .assertion
            // The client_id is optional beside an assertion, but must not name another client (RFC 7521 §4.2).
            match = { client in
                client.assertion?.isIdentical(to: assertion) == true
                    && form["client_assertion_type"]?.isIdentical(to: client.assertionType) == true
                    && form["client_id"]?.isIdentical(to: client.id) != false
            }
        } else if let secret, let id = form["client_id"] {
            method = .body
            match = { $0.id.isIdentical(to: id) && $0.secret?.isIdentical(to: secret) == true }
        } else {
            throw .invalidClient("no client authentication", basic: false)
        }
        guard let client = configuration.clients.first(where: match) else {
            throw .invalidClient(
                method == .assertion ? "Invalid client assertion" : "Invalid client credentials",
                basic: method == .basic)
        }
        guard client.methods.contains(method) else {
            throw .oauth(
                "unauthorized_client",
                "Client is not allowed to use the specified token endpoint authentication method")
        }
        return client
    }
}

/// A user and password pair of the Authorization header, form-encoded inside (RFC 6749 §2.3.1).
private struct BasicCredentials {
    let id: String
    let secret: String

    init?(_ header: String) {
        guard let text = header.credentials(of: "Basic"), let pair = Base64.decode(Array(text.utf8)),
            let colon = pair.firstIndex(of: UInt8(ascii: ":")),
            let id = String(percentDecoding: pair[..<colon], plusIsSpace: true),
            let secret = String(percentDecoding: pair[(colon + 1)...], plusIsSpace: true)
        else { return nil }
        self.id = id
        self.secret = secret
    }
}

extension Refusal {
    fileprivate static func oauth(_ code: String, _ description: String) -> Refusal {
        Refusal(status: 400, message: description, form: .oauth(code))
    }

    /// With the challenge that a client which tried by header is owed (RFC 6749 §5.2).
    fileprivate static func invalidClient(_ description: String, basic: Bool) -> Refusal {
        let challenge = MockControlPlane.Header("WWW-Authenticate", "Basic realm=\"mock\"")
        return Refusal(
            status: 401, message: description, form: .oauth("invalid_client"), headers: basic ? [challenge] : [])
    }
}
