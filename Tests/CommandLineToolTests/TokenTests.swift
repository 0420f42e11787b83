import CommandLineTool
import Foundation
import HTTP
import JSON
import MockControlPlane
import Synchronization
import Testing

@Suite struct Tokens {
    private func bench(_ configure: (inout MockControlPlane.Configuration) -> Void = { _ in }) throws -> Bench {
        let bench = try Bench(configure)
        bench.controlPlane.workloads["default", "api-workload"] = FaultBench.oldWorkload
        return bench
    }

    @Test func `access tokens are renewed once when a good one is refused, and the request is made again`() throws {
        let bench = try bench()
        let controlPlane = bench.controlPlane
        controlPlane.onRequest { request in
            if request.route == .updateWorkload, controlPlane.requests(.updateWorkload).count == 1 {
                controlPlane.revokeTokens()
            }
        }
        let run = bench.publish()
        #expect(run.output == "workload/api-workload updated\n")
        #expect(run.sleeps == [])
        #expect(
            bench.routes == [
                .token, .createWorkload, .getWorkload, .updateWorkload, .token, .updateWorkload, .listWorkloads,
            ])
        #expect(controlPlane.issuedTokens.count == 2)
        let bearers = controlPlane.requests(.updateWorkload).map { $0.header("Authorization") }
        #expect(bearers == controlPlane.issuedTokens.map { "Bearer \($0)" })
    }

    @Test func `access tokens are renewed from the file that another program keeps up to date`() throws {
        let bench = try bench { $0.acceptedTokens = ["first-token", "second-token"] }
        let path = "\(bench.checkout.path)/token"
        try bench.checkout.write("first-token\n", to: "token")
        bench.controlPlane.script(.getWorkload, [.error(401)])
        let checkout = bench.checkout.path
        bench.controlPlane.onRequest { request in
            if request.route == .getWorkload { try? "second-token".write(toFile: "\(checkout)/token") }
        }
        #expect(bench.publish("--access-token-file", path).output == "workload/api-workload updated\n")
        #expect(
            bench.controlPlane.requests(.getWorkload).map { $0.header("Authorization") } == [
                "Bearer first-token", "Bearer second-token",
            ])
        #expect(bench.controlPlane.requests(.token).isEmpty)
    }

    @Test func `access tokens are asked for with the assertion that is in its file at that moment`() throws {
        let bench = try bench { configuration in
            configuration.clients = [.init(id: "ci", assertion: "third.assertion.here", methods: [.assertion])]
        }
        let path = "\(bench.checkout.path)/assertion"
        try bench.checkout.write("first.assertion.here\n", to: "assertion")
        bench.controlPlane.script(.token, [.error(503), .resetBeforeWork])
        let assertions = Mutex(["third.assertion.here\n", "second.assertion.here\n"])
        bench.controlPlane.onRequest { request in
            if request.route == .token, let next = assertions.withLock({ $0.popLast() }) {
                try? next.write(toFile: path)
            }
        }
        let run = bench.publish(
            "--oauth-client-assertion-file", path, variables: ["CLIENT_ID": "ci", "CLIENT_SECRET": ""])
        #expect(run.output == "workload/api-workload updated\n", "\(run.errors)")
        #expect(
            bench.controlPlane.requests(.token).map { $0.formValue("client_assertion") } == [
                "first.assertion.here", "second.assertion.here", "third.assertion.here",
            ])
    }

    @Test(arguments: [(5, 2), (9, 1), (0, 1)])
    func `access tokens are renewed when four fifths of their time are over`(lifetime: Int, tokens: Int) throws {
        let bench = try bench { $0.tokenLifetime = lifetime }
        let busy = MockControlPlane.Response(status: 429, headers: [.init("Retry-After", "7")])
        bench.controlPlane.script(.getWorkload, [.response(busy)])
        let run = bench.publish()
        #expect(run.output == "workload/api-workload updated\n")
        #expect(run.sleeps == [.seconds(7)])
        #expect(bench.controlPlane.issuedTokens.count == tokens)
    }

    @Test func `access tokens are asked for with a secret that is read once, without a byte order mark`() throws {
        let bench = try bench { $0.clients = [.init(id: "ci", secret: "of-a-file")] }
        try bench.checkout.write([0xEF, 0xBB, 0xBF] + Array("of-a-file\n".utf8), to: "secret")
        bench.controlPlane.script(.token, [.error(503)])
        let path = "\(bench.checkout.path)/secret"
        bench.controlPlane.onRequest { _ in try? FileManager.default.removeItem(atPath: path) }
        let run = bench.publish(
            "--oauth-client-secret-file", path, variables: ["CLIENT_ID": "ci", "CLIENT_SECRET": ""])
        #expect(run.output == "workload/api-workload updated\n", "\(run.errors)")
        #expect(
            bench.controlPlane.requests(.token).map { $0.formValue("client_secret") } == ["of-a-file", "of-a-file"])
    }

    @Test func `access tokens whose file can be read once are refused by the API's words, not the file's`() throws {
        let bench = try bench { $0.acceptedTokens = ["first-token"] }
        let path = "\(bench.checkout.path)/token"
        for route in [MockControlPlane.Route.createWorkload, .getWorkload] {
            try bench.checkout.write("first-token\n", to: "token")
            bench.controlPlane.onRequest { _ in try? FileManager.default.removeItem(atPath: path) }
            bench.controlPlane.always(route, .error(401))
            let run = bench.publish("--access-token-file", path)
            #expect(run.code == .noPermission)
            #expect(run.lastLine.contains(": 401 Unauthorized: "), "\(run.lastLine)")
            bench.controlPlane.always(route, nil)
        }
    }

    @Test func `access tokens count among the attempts, like every retry`() throws {
        let bench = try bench { $0.tokenUses = 2 }
        bench.controlPlane.script(.token, [.error(500)])
        bench.controlPlane.script(.createWorkload, [.resetAfterWork])
        let run = bench.publish("--output=json")
        let attempts = try JSONValue(parsing: run.output)["attempts"]?.integer
        #expect(attempts == bench.controlPlane.requests.count)
        #expect(attempts == 11)
    }

    @Test func `access tokens are never sent to a server that was not meant to have them`() throws {
        let oauth = try MockControlPlane.started()
        let bench = try bench { $0.acceptedTokens = [] }
        // Tokens of the one server mean nothing to the other, which is refused before it could learn the secret.
        let run = bench.publish("--oauth-token-url", oauth.tokenURL)
        #expect(run.code == .noPermission)
        #expect(bench.routes == [.createWorkload, .createWorkload, .createWorkload])
        #expect(oauth.requests.map(\.route) == [.token, .token])
        let secret = bench.environment["CLIENT_SECRET"] ?? ""
        let heard = bench.controlPlane.requests.map { "\($0.headers) \($0.text)" }.joined()
        #expect(!heard.contains(secret))
        #expect(oauth.requests.first?.text.contains(secret) == true)
        #expect(oauth.requests.first?.header("Authorization") == nil)
    }
}

extension String {
    fileprivate func write(toFile path: String) throws {
        try write(toFile: path, atomically: false, encoding: .utf8)
    }
}

@Suite struct TimeLimits {
    @Test(arguments: ["400", "Tue, 14 Nov 2023 22:23:20 GMT"])
    func `a wait that the server asks for and that is too long ends the step at once`(retryAfter: String) throws {
        let bench = try Bench()
        let response = MockControlPlane.Response(status: 503, headers: [.init("Retry-After", retryAfter)])
        bench.controlPlane.always(.createWorkload, .response(response))
        let run = bench.publish()
        let wait = retryAfter == "400" ? "6m40s" : "10m"
        #expect(run.code == .temporaryFailure)
        #expect(run.sleeps == [])
        #expect(bench.routes == [.token, .createWorkload])
        #expect(
            run.lastLine.hasSuffix(
                "503 Service Unavailable; try again later, or allow a longer --timeout (TIMEOUT) "
                    + "(1 attempt; the server asked to wait \(wait), beyond the time for the whole step)"
            ), "\(run.lastLine)")
    }

    @Test func `all waits and requests together stay within --timeout`() throws {
        let bench = try Bench()
        bench.controlPlane.always(.createWorkload, .error(503))
        let run = bench.publish("--timeout=20s", "--max-retries=1000")
        #expect(run.code == .temporaryFailure)
        #expect(run.sleeps.reduce(.zero, +) < .seconds(20))
        #expect(run.sleeps.count == 7)
        #expect(run.lastLine.contains("another would be beyond the time for the whole step"))
    }

    /// The machine's own clock, for a response that would take minutes; a slow machine is over its time sooner.
    @Test(arguments: [[], ["--request-timeout=100ms", "--max-retries=1000"]])
    func `nothing outlives --timeout, not even a response that drips`(arguments: [String]) throws {
        let bench = try Bench()
        bench.controlPlane.always(.createWorkload, .drip(every: .milliseconds(500)))
        let run = ToolRun(
            ["publish", "--timeout=600ms"] + arguments, environment: bench.environment, timing: .system)
        #expect(run.code == .temporaryFailure)
        #expect(run.output == "")
        #expect(run.lastLine.contains(" --timeout"), "\(run.lastLine)")
    }
}
