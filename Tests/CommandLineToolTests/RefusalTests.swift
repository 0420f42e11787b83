import CommandLineTool
import Foundation
import JSON
import MockControlPlane
import Testing

/// What a run says of a server that says no.
@Suite struct Refusals {
    private typealias Response = MockControlPlane.Response

    private func response(_ body: String, _ status: Int) -> MockControlPlane.Fault {
        .response(
            Response(status: status, headers: [.init("Content-Type", "application/json")], body: Array(body.utf8)))
    }

    private func bench(_ route: MockControlPlane.Route, _ body: String, _ status: Int) throws -> Bench {
        let bench = try Bench()
        bench.controlPlane.always(route, response(body, status))
        return bench
    }

    @Test(arguments: [
        ("invalid_client", 401, "its secret is wrong, so check --oauth-client-id (CLIENT_ID) and --oauth-client-"),
        ("unauthorized_client", 400, "so check --oauth-auth-method (OAUTH_AUTH_METHOD), and that the client is"),
        ("invalid_scope", 400, "; check --oauth-scope (OAUTH_SCOPE)"),
        ("invalid_target", 400, "; check --oauth-audience (OAUTH_AUDIENCE), or the resource"),
        ("access_denied", 403, "; check --oauth-audience (OAUTH_AUDIENCE), or the resource"),
        ("unsupported_grant_type", 400, "set up for the grant client_credentials"),
        ("invalid_request", 400, "; check --oauth-client-id (CLIENT_ID), --oauth-auth-method"),
    ])
    func `refusals of the OAuth server with a code of the standard are 77 with a hint for it`(
        code: String, status: Int, hint: String
    ) throws {
        let body = "{\"error\":\"\(code)\",\"error_description\":\"No,\\r\\n not you.\"}"
        let run = try bench(.token, body, status).publish()
        #expect(run.code == .noPermission)
        #expect(run.lastLine.contains(": \(code): No, not you.; "), "\(run.lastLine)")
        #expect(run.lastLine.contains(hint), "\(run.lastLine)")
    }

    @Test(arguments: [
        ("{\"error\":\"unauthorized\",\"error_description\":\"Log in first\"}", 401, "unauthorized: Log in"),
        ("{\"code\":\"AUTH-4010\",\"message\":{\"defaultValue\":\"Unauthorized\"}}", 401, "AUTH-4010"),
        ("{\"errorCode\":\"E0000011\",\"errorSummary\":\"Invalid token\"}", 401, ": Invalid token (E0000011);"),
        ("{\"error\":{\"code\":404,\"message\":\"Gone\",\"status\":\"NOT_FOUND\"}}", 404, ": Gone (NOT_FOUND);"),
        ("<html>Sign in</html>", 403, "<html>Sign in</html>"), ("", 400, "not a response of an OAuth server;"),
        ("404 page not found", 404, "404 page not found"),
    ])
    func `refusals of the OAuth server without such a code are 76 and name the URL`(
        body: String, status: Int, words: String
    ) throws {
        let bench = try bench(.token, body, status)
        let run = bench.publish()
        #expect(run.code == .protocolError)
        #expect(run.lastLine.hasPrefix("error: POST \(bench.controlPlane.tokenURL): \(status) "))
        #expect(run.lastLine.contains(words), "\(run.lastLine)")
        #expect(
            run.lastLine.hasSuffix(
                "; check that --oauth-token-url (OAUTH_TOKEN_URL, OAUTH_URL) is the OAuth server's token endpoint, or "
                    + "name its host with --oauth-host-header (OAUTH_HOST) where a gateway goes by it"),
            "\(run.lastLine)")
        let withHost = bench.publish("--oauth-host-header=id.example")
        #expect(withHost.lastLine.hasSuffix("token endpoint and --oauth-host-header (OAUTH_HOST) its host"))
    }

    @Test(arguments: ["temporarily_unavailable", "server_error", "slow_down"], [400, 401, 200, 501])
    func `refusals of the OAuth server that pass are tried again, whatever the status`(code: String, status: Int) throws
    {
        let bench = try Bench()
        bench.controlPlane.script(.token, [response("{\"error\":\"\(code)\"}", status)])
        let run = bench.publish()
        #expect(run.output == "workload/api-workload created\n", "\(run.errors)")
        #expect(run.sleeps == [.milliseconds(250)])
        bench.controlPlane.always(.token, response("{\"error\":\"\(code)\"}", status))
        let failed = bench.publish()
        #expect(failed.code == .temporaryFailure)
        #expect(failed.lastLine.contains(code))
    }

    @Test func `a scope that is narrower than the one that was asked for is a warning`() throws {
        func errors(_ scope: String) throws -> String {
            let token = "{\"access_token\":\"ready-made\",\"token_type\":\"bearer\"\(scope)}"
            let bench = try Bench { $0.acceptedTokens = ["ready-made"] }
            bench.controlPlane.always(.token, response(token, 200))
            let run = bench.publish("--oauth-scope=a b", "--quiet")
            #expect(run.code == .success)
            return run.errors
        }
        #expect(
            try errors(",\"scope\":\"b c\"").hasPrefix(
                "warning: the OAuth server granted the scope 'b c' alone, where 'a b' was asked for; check "
                    + "--oauth-scope (OAUTH_SCOPE)\n"))
        #expect(try errors(",\"scope\":\"b c a\"") == "")
        #expect(try errors("") == "")
    }

    @Test(arguments: [
        ",\"token_type\":\"BEARER\",\"expires_in\":\"3600\"", ",\"expires_in\":3599.5", ",\"expires_in\":null",
        ",\"expires_in\":0", "", ",\"token_type\":null",
    ])
    func `a token that comes with less or in another form than usual is taken`(members: String) throws {
        let bench = try Bench { $0.acceptedTokens = ["ready-made"] }
        bench.controlPlane.always(.token, response("{\"access_token\":\"ready-made\"\(members)}", 201))
        #expect(bench.publish().code == .success)
        bench.controlPlane.always(.token, response("\u{FEFF}{\"access_token\":\"ready-made\"\(members)}", 200))
        #expect(bench.publish().code == .success)
    }

    private func assertion(expiring time: Int) -> String {
        let payload = Data("{\"exp\":\(time)}".utf8).base64EncodedString().replacing("=", with: "")
            .replacing("+", with: "-").replacing("/", with: "_")
        return "e30.\(payload).c2lnbmF0dXJl"
    }

    @Test func `an assertion that has expired is found before it is sent`() throws {
        let assertion = assertion(expiring: 1_699_999_940)
        let bench = try Bench { $0.clients = [.init(id: "ci", assertion: assertion, methods: [.assertion])] }
        try bench.checkout.write(assertion, to: "assertion")
        let run = bench.publish(
            "--oauth-client-assertion-file=\(bench.checkout.path)/assertion",
            variables: ["CLIENT_ID": "ci", "CLIENT_SECRET": ""])
        #expect(run.code == .noPermission)
        #expect(
            run.lastLine
                == "error: POST \(bench.controlPlane.tokenURL): not sent, because the client assertion expired 60 s "
                + "ago; have it renewed, or check this machine's clock; --oauth-client-assertion-file (CLIENT_ASSERTION_FILE) is "
                + "read whenever it is needed")
        #expect(bench.routes == [])
    }

    @Test func `Basic beside an assertion is a usage error`() throws {
        let bench = try Bench()
        let run = bench.publish(
            "--oauth-auth-method=basic", "--oauth-client-assertion-file=/nowhere",
            variables: ["CLIENT_ID": "ci", "CLIENT_SECRET": ""])
        #expect(run.code == .usage)
        #expect(
            run.lastLine.hasPrefix(
                "error: --oauth-auth-method (OAUTH_AUTH_METHOD): an assertion takes the place of HTTP Basic"))
    }

    @Test func `refusals of a token that is seconds old are tried again after one second and after two`() throws {
        let bench = try Bench()
        bench.controlPlane.script(.createWorkload, [.unauthorized(.invalidToken), .unauthorized(.invalidToken)])
        let run = bench.publish()
        #expect(run.output == "workload/api-workload created\n")
        #expect(run.sleeps == [.seconds(1), .seconds(2)])
        #expect(bench.routes.prefix(5) == [.token, .createWorkload, .createWorkload, .token, .createWorkload])
        #expect(run.errors.contains("the API does not accept an access token that is seconds old, perhaps"))
    }

    @Test func `refusals of a token say whose it is, and never the token`() throws {
        let bench = try Bench()
        bench.controlPlane.always(.createWorkload, .unauthorized(.invalidClaims))
        let run = bench.publish()
        #expect(run.code == .noPermission)
        let client = "openchoreo-workload-publisher-client"
        #expect(
            run.lastLine.contains(
                "(the token: issuer http://thunder.openchoreo.localhost:8080; subject \(client); audience \(client); "
                    + "client \(client)"), "\(run.lastLine)")
        #expect(
            run.lastLine.contains("the API trusts http://thunder.openchoreo.localhost:8080); get the token from"))
        for token in bench.controlPlane.issuedTokens { #expect(!run.errors.contains(token)) }
    }

    @Test func `refusals of a token for the time say how the clocks differ`() throws {
        let bench = try Bench { $0.now = { 2_000_000_000 } }
        bench.controlPlane.always(
            .createWorkload,
            .response(
                Response(
                    status: 401,
                    headers: [
                        .init("Content-Type", "application/json"), .init("Date", "Wed, 18 May 2033 03:32:50 GMT"),
                    ], body: Array("{\"error\":\"INVALID_TOKEN\",\"message\":\"invalid or expired token\"}".utf8))))
        let run = bench.publish()
        #expect(run.code == .noPermission)
        #expect(run.lastLine.contains("; valid only in 30 s by the server's clock)"), "\(run.lastLine)")
        #expect(run.lastLine.contains("; check the clocks of this machine, the OAuth server and the API: it allows"))
    }

    @Test func `refusals of a right name it, where it is needed, and the subject`() throws {
        let bench = try Bench { $0.permissions.remove(.workloadCreate) }
        let run = bench.publish()
        #expect(run.code == .noPermission)
        #expect(
            run.lastLine.hasSuffix(
                " (the token's subject, by which roles are bound: openchoreo-workload-publisher-client); the client "
                    + "lacks a permission, so grant it workload:create in the namespace default, the project shop and the "
                    + "component api"), "\(run.lastLine)")
    }

    @Test func `a 422 is shown by its causes, without the last that says nothing`() throws {
        let body =
            #"{"code":"UNPROCESSABLE_CONTENT","error":"spec.endpoints.x.port: Invalid value: 0: too small; "#
            + "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; "
            + #"correct the existing errors to complete validation"}"#
        let run = try bench(.createWorkload, body, 422).publish()
        #expect(run.code == .invalidData)
        #expect(
            run.lastLine.contains(
                ": spec.endpoints.x.port: Invalid value: 0: too small (UNPROCESSABLE_CONTENT); the API calls"),
            "\(run.lastLine)")
    }

    @Test func `an absent component is named with its namespace`() throws {
        let run = try bench(
            .createWorkload, #"{"code":"BAD_REQUEST","error":"Referenced component not found"}"#, 400
        ).publish()
        #expect(run.code == .invalidData)
        #expect(run.lastLine.hasSuffix("and check that the component api exists in the namespace default"))
    }

    @Test func `a 500 that stays comes with what may hide behind it`() throws {
        let run = try bench(.createWorkload, #"{"code":"INTERNAL_ERROR","error":"Oh no"}"#, 500).publish()
        #expect(run.code == .temporaryFailure)
        for cause in ["too large", "admission webhook", "quota", "namespace is being deleted", "openchoreo-api"] {
            #expect(run.lastLine.contains(cause), "\(run.lastLine)")
        }
        let token = try bench(.token, "{}", 500).publish()
        #expect(!token.lastLine.contains("quota"))
    }

    @Test(arguments: [
        "Client sent an HTTP request to an HTTPS server.\n",
        "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>",
        "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
    ])
    func `refusals of plain HTTP on a port for TLS are 78 and say what to write`(body: String) throws {
        for (route, flag) in [
            (MockControlPlane.Route.token, "--oauth-token-url (OAUTH_TOKEN_URL, OAUTH_URL)"),
            (.createWorkload, "--api-server-url (API_URL)"),
        ] {
            let bench = try Bench()
            bench.controlPlane.always(route, .response(Response(status: 400, body: Array(body.utf8))))
            let run = bench.publish()
            #expect(run.code == .tls)
            #expect(run.lastLine.hasSuffix("; this port speaks TLS, so write https:// in \(flag)"), "\(run.lastLine)")
        }
    }

    @Test func `refusals of a replacement that collides are read afresh, and say so where they stay`() throws {
        let bench = try Bench()
        bench.controlPlane.workloads["default", "api-workload"] = FaultBench.oldWorkload
        bench.controlPlane.script(.updateWorkload, [.error(409)])
        #expect(bench.publish("--image=r.example/api:2.0.0").output == "workload/api-workload updated\n")
        bench.controlPlane.always(.updateWorkload, .error(409))
        let run = bench.publish("--max-retries=2")
        #expect(run.code == .unavailable)
        #expect(bench.controlPlane.requests(.updateWorkload).count == 5)
        #expect(!run.lastLine.contains("again later"), "\(run.lastLine)")
    }
}
