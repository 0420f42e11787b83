import JSON
import MockControlPlane
import Testing

@Suite struct MockOAuth {
    private static let clients = [
        MockControlPlane.OAuthClient(id: "a&b", secret: "s:/ %+", methods: [.body, .basic]),
        MockControlPlane.OAuthClient(id: "body", secret: "s"),
        MockControlPlane.OAuthClient(id: "signer", assertion: "h.c.s", methods: [.assertion]),
    ]
    private static let jwt = "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"

    @Test func `the mock's OAuth server issues a token to the quick-start client that the API then takes`() throws {
        let server = try MockControlPlane.started()
        let response = try server.call("POST", "/oauth2/token", quickStartForm, headers: [form])
        let token = try #require(server.issuedTokens.first)
        #expect(response.status == 200)
        #expect(response.text == #"{"access_token":"\#(token)","expires_in":3600,"token_type":"Bearer"}"#)
        #expect(response.header("Content-Type") == "application/json")
        #expect(response.header("Cache-Control") == "no-store")
        #expect(token.split(separator: ".").count == 3)
        #expect(try server.call("GET", workloadPath, headers: ["Authorization: bearer \(token)"]).status == 404)
        #expect(server.requests.map(\.route) == [.token, .getWorkload])
        #expect(server.requests.first?.formValue("grant_type") == "client_credentials")
    }

    @Test(arguments: [
        ("client_id=a%26b&client_secret=s%3A%2F+%25%2B", nil),
        // a%26b:s%3A%2F+%25%2B
        ("", "Basic YSUyNmI6cyUzQSUyRislMjUlMkI="),
        ("client_id=signer&\(jwt)&client_assertion=h.c.s", nil),
        ("\(jwt)&client_assertion=h.c.s", nil),
    ])
    func `the mock's OAuth server takes a client by every way that is open to it`(
        parameters: String, authorization: String?
    ) throws {
        let server = try MockControlPlane.started { $0.clients = Self.clients }
        let response = try server.call(
            "POST", "/oauth2/token", "grant_type=client_credentials&\(parameters)",
            headers: [form + "; charset=utf-8"] + (authorization.map { ["Authorization: \($0)"] } ?? []))
        #expect(response.status == 200)
        #expect(response.json?["access_token"] == .string(server.issuedTokens.last ?? ""))
    }

    @Test(arguments: [
        ("client_id=body&client_secret=s", nil, "invalid_request", "Missing grant_type parameter"),
        ("grant_type=password", nil, "unsupported_grant_type", "only client_credentials is supported"),
        ("grant_type=a&grant_type=b", nil, "invalid_request", "repeated parameter grant_type"),
        ("grant_type=client_credentials", nil, "invalid_client", "no client authentication"),
        ("grant_type=client_credentials&client_id=body", nil, "invalid_client", "no client authentication"),
        (
            "grant_type=client_credentials&client_id=body&client_secret=x", nil, "invalid_client",
            "Invalid client credentials"
        ),
        (
            "grant_type=client_credentials&client_id=body&client_secret=s", "Basic Ym9keTpz", "invalid_request",
            "Multiple client authentication methods were provided"
        ),
        ("grant_type=client_credentials", "Basic Ym9keTp4", "invalid_client", "Invalid client credentials"),
        ("grant_type=client_credentials", "Basic !", "invalid_client", "Invalid client credentials"),
        (
            "grant_type=client_credentials", "Basic Ym9keTpz", "unauthorized_client",
            "Client is not allowed to use the specified token endpoint authentication method"
        ),
        (
            "grant_type=client_credentials", "Basic Ym9keTpz=", "invalid_client",
            "Invalid client credentials"
        ),
        (
            "grant_type=client_credentials", "Basic Y===", "invalid_client", "Invalid client credentials"
        ),
        (
            "grant_type=client_credentials", "Basic Ym9k*Tpz", "invalid_client", "Invalid client credentials"
        ),
        (
            "grant_type=client_credentials&client_assertion=h.c.s", nil, "invalid_client", "Invalid client assertion"
        ),
        (
            "grant_type=client_credentials&\(jwt)&client_assertion=x", nil, "invalid_client",
            "Invalid client assertion"
        ),
        (
            "grant_type=client_credentials&\(jwt)&client_assertion=h.c.s&client_id=body", nil, "invalid_client",
            "Invalid client assertion"
        ),
    ])
    func `the mock's OAuth server refuses as the specification says`(
        parameters: String, authorization: String?, code: String, description: String
    ) throws {
        let server = try MockControlPlane.started { $0.clients = Self.clients }
        let response = try server.call(
            "POST", "/oauth2/token", parameters,
            headers: [form] + (authorization.map { ["Authorization: \($0)"] } ?? []))
        #expect(response.status == (code == "invalid_client" ? 401 : 400))
        #expect(response.text == #"{"error":"\#(code)","error_description":"\#(description)"}"#)
        #expect((response.header("WWW-Authenticate") != nil) == (code == "invalid_client" && authorization != nil))
        #expect(server.issuedTokens.isEmpty)
    }

    @Test(arguments: [(quickStartForm, ["Content-Type: text/plain"]), (quickStartForm, []), ("a=%4", [form])])
    func `the mock's OAuth server wants a form`(body: String, headers: [String]) throws {
        let server = try MockControlPlane.started()
        let response = try server.call("POST", "/oauth2/token", body, headers: headers)
        #expect(response.text == #"{"error":"invalid_request","error_description":"Missing client_id parameter"}"#)
    }

    @Test(arguments: [
        ("", 400, "invalid_scope"), ("&scope=read", 400, "invalid_scope"), ("&scope=write", 400, "invalid_target"),
        ("&scope=write&audience=choreo", 200, nil),
    ])
    func `the mock's OAuth server asks for scope and audience where it is configured to`(
        extra: String, status: Int, code: JSONValue?
    ) throws {
        let server = try MockControlPlane.started { configuration in
            configuration.requiredScope = "write"
            configuration.requiredAudience = "choreo"
        }
        let response = try server.call("POST", "/oauth2/token", quickStartForm + extra, headers: [form])
        #expect(response.status == status)
        #expect(response.json?["error"] == code)
        #expect(response.json?["scope"] == (status == 200 ? "write" : nil))
    }

    @Test func `the mock's OAuth server lays the token response out as configured`() throws {
        let server = try MockControlPlane.started { configuration in
            configuration.tokenLayout = .pretty
            configuration.tokenLifetime = 60
        }
        let response = try server.call("POST", "/oauth2/token", quickStartForm, headers: [form])
        let token = try #require(server.issuedTokens.first)
        #expect(
            response.text
                == "{\n  \"access_token\": \"\(token)\",\n  \"expires_in\": 60,\n  \"token_type\": \"Bearer\"\n}")
    }

    @Test func `the mock's OAuth server lets a token expire after its uses, or when it is revoked`() throws {
        let server = try MockControlPlane.started { $0.tokenUses = 2 }
        _ = try server.call("POST", "/oauth2/token", quickStartForm, headers: [form])
        _ = try server.call("POST", "/oauth2/token", quickStartForm, headers: [form])
        let tokens = server.issuedTokens
        #expect(Set(tokens).count == 2)
        func status(_ token: String) throws -> Int {
            try server.call("GET", workloadPath, headers: ["Authorization: Bearer \(token)"]).status
        }
        #expect(try (0..<3).map { _ in try status(tokens[0]) } == [404, 404, 401])
        #expect(try status(tokens[1]) == 404)
        server.revokeTokens()
        #expect(try status(tokens[1]) == 401)
    }

    @Test(arguments: [
        ([], "MISSING_TOKEN"), (["Authorization: Basic dDp0"], "MISSING_TOKEN"),
        (["Authorization: Bearer t", "Authorization: Bearer t"], "MISSING_TOKEN"),
        (["Authorization: Bearer T"], "INVALID_TOKEN"),
        (["Authorization: Bearer "], "MISSING_TOKEN"),
    ])
    func `the mock's OAuth server refuses API calls without a token it knows`(headers: [String], code: String) throws {
        let server = try MockControlPlane.open()
        for (method, path) in [
            ("POST", collectionPath), ("GET", workloadPath), ("PUT", workloadPath), ("GET", runPath), ("PUT", runPath),
        ] {
            let response = try server.call(method, path, "{", headers: headers)
            #expect(response.status == 401)
            let message =
                code == "INVALID_TOKEN" ? "invalid or expired token" : "missing or invalid authentication token"
            #expect(response.text == #"{"error":"\#(code)","message":"\#(message)"}"#)
            #expect(response.header("WWW-Authenticate") == nil)
        }
    }
}
