import CommandLineTool
import JSON
import MockControlPlane
import Testing

@Suite struct Authentication {
    private static let id = "ci", secret = "p&ss word/ü+%"

    private func bench(_ method: MockControlPlane.OAuthClient.AuthMethod) throws -> Bench {
        try Bench { configuration in
            configuration.clients = [
                .init(id: Self.id, secret: Self.secret, assertion: "header.payload.signature", methods: [method])
            ]
        }
    }

    @Test func `authentication by secret in the body`() throws {
        let run = try bench(.body).publish(variables: ["CLIENT_ID": Self.id, "CLIENT_SECRET": Self.secret])
        #expect(run.code == .success)
    }

    @Test func `authentication by secret in Basic credentials, both parts form-encoded`() throws {
        let bench = try bench(.basic)
        let run = bench.publish(
            "--oauth-auth-method", "basic", variables: ["CLIENT_ID": Self.id, "CLIENT_SECRET": Self.secret])
        #expect(run.code == .success)
        #expect(bench.controlPlane.requests(.token).first?.text == "grant_type=client_credentials")
    }

    @Test func `authentication by a file with the secret, its newline left out`() throws {
        let bench = try bench(.body)
        try bench.checkout.write(Self.secret + "\r\n", to: "secret")
        let run = bench.publish(
            "--oauth-client-secret-file", "\(bench.checkout.path)/secret", variables: ["CLIENT_ID": Self.id])
        #expect(run.code == .success)
    }

    @Test func `authentication by a secret with newlines at its end, as one made from a file has them`() throws {
        let bench = try bench(.body)
        let run = bench.publish(variables: ["CLIENT_ID": Self.id, "CLIENT_SECRET": Self.secret + "\r\n\n"])
        #expect(run.code == .success)
        #expect(bench.controlPlane.requests(.token).first?.formValue("client_secret") == Self.secret)
        let echo = Array("'\(Self.secret)' is no secret".utf8)
        bench.controlPlane.always(.createWorkload, .response(.init(status: 422, body: echo)))
        let echoed = bench.publish(variables: ["CLIENT_ID": Self.id, "CLIENT_SECRET": Self.secret + "\n"])
        #expect(echoed.errors.contains("'<redacted>' is no secret"))
        let empty = bench.publish(variables: ["CLIENT_SECRET": "\n"])
        #expect(empty.code == .usage)
        #expect(empty.lastLine.contains("--oauth-client-secret (CLIENT_SECRET): there is nothing in it but newlines"))
    }

    @Test func `authentication by an assertion file`() throws {
        let bench = try bench(.assertion)
        try bench.checkout.write("header.payload.signature\n", to: "assertion.jwt")
        let run = bench.publish(
            "--oauth-client-assertion-file=\(bench.checkout.path)/assertion.jwt", variables: ["CLIENT_ID": Self.id])
        #expect(run.code == .success)
        let request = try #require(bench.controlPlane.requests(.token).first)
        #expect(request.formValue("client_assertion_type") == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        #expect(request.formValue("client_secret") == nil)
    }

    @Test func `authentication by an access token file, without asking the OAuth server`() throws {
        let bench = try Bench { $0.acceptedTokens = ["ready-made"] }
        try bench.checkout.write("ready-made\n", to: "token")
        let run = bench.publish("--access-token-file", "\(bench.checkout.path)/token")
        #expect(run.code == .success)
        #expect(bench.routes == [.createWorkload, .listWorkloads, .getComponent])
    }

    @Test func `publish asks for scope and audience`() throws {
        let bench = try Bench { configuration in
            configuration.requiredScope = "a b"
            configuration.requiredAudience = "https://api"
        }
        #expect(bench.publish("--oauth-scope=a b", "--oauth-audience=https://api").code == .success)
    }

    @Test func `publish takes a token response with spaces in its JSON`() throws {
        let bench = try Bench { $0.tokenLayout = .pretty }
        #expect(bench.publish().code == .success)
    }

    @Test func `publish renews a token whenever the API stops accepting it, once until the next success`() throws {
        let bench = try Bench { $0.tokenUses = 1 }
        bench.controlPlane.workloads["default", "api-workload"] = [
            "spec": ["owner": ["projectName": "shop", "componentName": "api"], "container": ["image": "old"]]
        ]
        let run = bench.publish()
        #expect(run.code == .success)
        #expect(run.sleeps == [])
        #expect(
            bench.routes == [
                .token, .createWorkload, .getWorkload, .token, .getWorkload, .updateWorkload, .token, .updateWorkload,
                .listWorkloads, .token, .listWorkloads,
            ])
    }

    @Test func `publish ends with 77 when the first token is not accepted`() throws {
        let bench = try Bench { $0.acceptedTokens = [] }
        try bench.checkout.write("stale", to: "token")
        let run = bench.publish("--access-token-file", "\(bench.checkout.path)/token")
        #expect(run.code == .noPermission)
        #expect(bench.routes == [.createWorkload])
        #expect(run.lastLine.contains("the API does not accept the access token"))
    }

    @Test(arguments: [
        (
            "{\"error\":\"invalid_scope\",\"error_description\":\"no such scope\"}", 400, ExitCode.noPermission,
            "invalid_scope: no such scope"
        ),
        ("{\"error\":\"invalid_client\"}", 401, .noPermission, "invalid_client"),
        ("{\"error\":\"temporarily\"}", 200, .protocolError, "this is not a response of an OAuth server: temporarily"),
        ("{\"token_type\":\"bearer\"}", 200, .protocolError, "the response holds no access_token"),
        ("{\"access_token\":\"\",\"token_type\":\"bearer\"}", 200, .protocolError, "access_token is empty"),
        (
            "{\"access_token\":17,\"token_type\":\"bearer\"}", 200, .protocolError,
            "access_token is a number, not a string"
        ),
        (
            "{\"access_token\":\"a\\nb\",\"token_type\":\"bearer\"}", 200, .protocolError,
            "characters that an access token cannot have"
        ),
        (
            "{\"access_token\":\"abcdef\",\"token_type\":\"mac\"}", 200, .protocolError,
            "token_type is 'mac', not Bearer"
        ),
        (
            "{\"access_token\":true,\"token_type\":\"bearer\"}", 200, .protocolError,
            "access_token is a boolean, not a string"
        ),
        (
            "{\"access_token\":\"abcdef\",\"token_type\":17}", 200, .protocolError,
            "token_type is a number, not Bearer"
        ),
        ("<html>login</html>", 200, .protocolError, "200 OK, but the response is not JSON (18 bytes)"),
        ("", 200, .protocolError, "200 OK, but the response is not JSON (it is empty)"),
        ("[]", 200, .protocolError, "the response holds no access_token"),
        ("not found", 404, .protocolError, "404 Not Found, but this is not a response of an OAuth server: not found"),
        ("", 404, .protocolError, "404 Not Found, but this is not a response of an OAuth server"),
        ("teapot", 418, .protocolError, "418, but this is not a response of an OAuth server: teapot"),
        ("", 501, .unavailable, "501 Not Implemented"),
    ])
    func `publish names the reason when there is no token, and asks nothing of the API`(
        body: String, status: Int, code: ExitCode, reason: String
    ) throws {
        let bench = try Bench()
        bench.controlPlane.always(
            .token,
            .response(
                .init(status: status, headers: [.init("Content-Type", "application/json")], body: Array(body.utf8)))
        )
        let run = bench.publish()
        #expect(run.code == code)
        #expect(run.lastLine.contains(reason), "\(run.lastLine)")
        #expect(run.lastLine.hasPrefix("error: POST \(bench.controlPlane.tokenURL)"))
        #expect(bench.routes == [.token])
        #expect(run.output == "")
    }

    @Test(arguments: [
        "access_token=t0k3n-canary&token_type=bearer", "t0k3n-canary", "{\"access_token\": \"t0k3n-canary",
        "{\"access_token\":\"t0k3n-canary\",\"token_type\":\"t0k3n-canary\"}",
        "{\"access_token\":\"t0k3n-canary\",\"error\":\"t0k3n-canary\",\"error_description\":\"t0k3n-canary\"}",
        "{\"access_token\":\"t0k3n-canary\\n\"}",
    ])
    func `publish shows nothing of a token in a response that it cannot use`(body: String) throws {
        let bench = try Bench()
        bench.controlPlane.always(.token, .response(.init(status: 200, body: Array(body.utf8))))
        let run = bench.publish("--verbose")
        #expect([.protocolError, .noPermission].contains(run.code))
        #expect(!run.errors.contains("t0k3n"), "\(run.errors)")
    }

    @Test(arguments: [400, 404, 501, 503])
    func `publish shows nothing of a token in a response that says no`(status: Int) throws {
        let bench = try Bench()
        let body = "{\"access_token\":\"t0k3n-canary\",\"reason\":\"late\"}"
        bench.controlPlane.always(.token, .response(.init(status: status, body: Array(body.utf8))))
        let run = bench.publish("--verbose", "--max-retries=1")
        #expect(run.code != .success)
        #expect(run.lastLine.contains("{\"access_token\":\"<redacted>\",\"reason\":\"late\"}"), "\(run.lastLine)")
        #expect(!run.errors.contains("t0k3n"), "\(run.errors)")
    }

    @Test(arguments: [
        ("", "is empty"), ("\n", "is empty"),
        ("a\nb", "holds more than one line, or control characters"),
    ])
    func `publish refuses a credential file that holds none`(contents: String, reason: String) throws {
        let bench = try Bench()
        let path = "\(bench.checkout.path)/secret"
        try bench.checkout.write(contents, to: "secret")
        let run = bench.publish("--oauth-client-secret-file", path)
        #expect(run.code == .noInput)
        #expect(
            run.lastLine
                == "error: --oauth-client-secret-file (CLIENT_SECRET_FILE): '\(path)' \(reason); name a file "
                + "that holds the "
                + "credential alone")
        #expect(bench.routes == [])
    }
}
