import Foundation
import TestPrograms
import Testing

@testable import HTTP

@Suite struct RequestsSideBySide {
    private let responded: [LoopbackServer.Step] = [.read, .response("200 OK")]

    private func get(_ url: HTTPURL) -> HTTPRequest { HTTPRequest(method: .get, url: url) }

    @Test func `requests side by side warm up no server over plain HTTP, nor the one that is asked anyway`() throws {
        try LoopbackServer.run(responded) { server in
            try LoopbackServer.run([]) { other in
                let client = HTTPClient(configuration: .test)
                let response = try client.attempt(get(try server.url()), warmingUp: get(try other.url("/health")))
                #expect(response.status == 200)
                #expect(other.accepted == 0)
                #expect(client.requestCount == 1)
            }
        }
    }

    @Test func `requests side by side are failed by no server that is warmed up`() throws {
        try LoopbackServer.run(responded) { server in
            let nowhere = try HTTPURL("https://127.0.0.1:\(try LoopbackServer.unusedPort())/health")
            let client = HTTPClient(configuration: .test)
            #expect(try client.attempt(get(try server.url()), warmingUp: get(nowhere)).status == 200)
            #expect(client.requestCount == 1)
        }
    }

    @Test func `requests side by side give up a server that is slow to be warmed up`() throws {
        try LoopbackServer.run(responded) { server in
            try LoopbackServer.run([.silence]) { silent in
                let client = HTTPClient(configuration: .test)
                let slow = get(try silent.url("/health", scheme: "https"))
                let start = ContinuousClock.now
                #expect(try client.attempt(get(try server.url()), warmingUp: slow).status == 200)
                // Its own limit is ten seconds.
                #expect(start.duration(to: .now) < .seconds(5))
            }
        }
    }

    @Test func `requests side by side go from several threads, each with its own client`() async throws {
        try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 1...8 {
                group.addTask {
                    try LoopbackServer.run(responded + responded) { server in
                        let client = HTTPClient(configuration: .test)
                        return try (1...2).map { _ in try client.attempt(get(try server.url())).status }
                    }
                }
            }
            for try await statuses in group { #expect(statuses == [200, 200]) }
        }
    }
}

@Suite struct ServersBehindTLS {
    private let responded: [LoopbackServer.Step] = [.read, .response("200 OK")]

    /// Runs the body with a configuration that trusts it, the URL behind TLS, and the server there.
    private func run(
        _ version: TLSProxy.Version, _ body: (HTTPConfiguration, HTTPURL, LoopbackServer) throws -> Void
    ) throws {
        let folder = try TemporaryFolder()
        let authority = try TestAuthority.make(in: folder.path)
        // The program in between may open a connection for each request.
        let script = Array(repeating: responded, count: 4).flatMap { $0 }
        try LoopbackServer.run(script, script, script, script) { server in
            let proxy = try TLSProxy(version, of: UInt16(server.port), authority)
            var configuration = HTTPConfiguration.test
            configuration.authorities = try AuthorityFile(
                at: authority.certificate, bytes: Array(TestFile.text(of: authority.certificate).utf8))
            // Whatever the machine has to do meanwhile.
            configuration.readFreshness = .seconds(60)
            try body(configuration, try HTTPURL("\(proxy.baseURL)/"), server)
        }
    }

    private func get(_ url: HTTPURL, _ path: String) -> HTTPRequest {
        HTTPRequest(method: .get, url: url.appending(pathSegments: [path]))
    }

    private func post(_ url: HTTPURL) -> HTTPRequest {
        HTTPRequest(method: .post, url: url, body: .json(Array("{}".utf8)))
    }

    private func paths(_ server: LoopbackServer) -> [String] {
        server.requests.map { String($0.split(separator: " ")[1]) }
    }

    @Test(arguments: [TLSProxy.Version.http1, .http2])
    func `servers behind TLS are warmed up, so that the next request finds a connection`(version: TLSProxy.Version)
        throws
    {
        try run(version) { configuration, api, server in
            let waiting = LoopbackServer.Step.run {
                while server.requests.isEmpty { Thread.sleep(forTimeInterval: 0.001) }
            }
            // What is waited for takes as long as the other.
            try LoopbackServer.run([.read, waiting, .pause(0.2), .response("200 OK")]) { plain in
                let log = EventLog()
                let client = HTTPClient(configuration: configuration, observer: log.record)
                let token = try client.attempt(post(try plain.url()), warmingUp: get(api, "health"))
                #expect(token.status == 200)
                let response = try client.attempt(get(api, "x"))
                #expect(response.status == 200)
                #expect(paths(server) == ["/health", "/x"])
                #expect(log.lines == ["#1 POST 200", "#2 GET 200", "#3 GET 200"])
                #expect(log.exchanges.map(\.reusedConnection) == [false, false, true])
            }
        }
    }

    @Test func `servers behind TLS get reads beside a write over HTTP/2, which are not repeated`() throws {
        try run(.http2) { configuration, api, server in
            let client = HTTPClient(configuration: configuration)
            let read = get(api, "read")
            // Not before it is known which version the server speaks.
            _ = try client.attempt(post(api), beside: [read])
            #expect(client.requestCount == 1)
            _ = try client.attempt(post(api), beside: [read])
            #expect(client.requestCount == 3)
            let response = try client.attempt(read)
            #expect(response.status == 200)
            #expect(client.requestCount == 3)
            #expect(paths(server).sorted() == ["/", "/", "/read"])
            _ = try client.attempt(read)
            #expect(client.requestCount == 4)
        }
    }

    @Test func `servers behind TLS are read anew where a read beside a write is to be forgotten`() throws {
        try run(.http2) { configuration, api, _ in
            let client = HTTPClient(configuration: configuration)
            let read = get(api, "read")
            for _ in 1...2 { _ = try client.attempt(post(api), beside: [read]) }
            #expect(client.requestCount == 3)
            client.forget(read.line)
            _ = try client.attempt(read)
            #expect(client.requestCount == 4)
        }
    }

    @Test func `servers behind TLS are read anew where a read beside a write is old by then`() throws {
        try run(.http2) { configuration, api, server in
            var configuration = configuration
            configuration.readFreshness = .zero
            let client = HTTPClient(configuration: configuration)
            for _ in 1...2 { _ = try client.attempt(post(api), beside: [get(api, "read")]) }
            let before = client.requestCount
            _ = try client.attempt(get(api, "read"))
            #expect(client.requestCount == before + 1)
        }
    }

    @Test func `servers behind TLS get no read beside a write over HTTP/1.1`() throws {
        try run(.http1) { configuration, api, server in
            let client = HTTPClient(configuration: configuration)
            for _ in 1...2 { _ = try client.attempt(post(api), beside: [get(api, "read")]) }
            #expect(client.requestCount == 2)
            #expect(paths(server) == ["/", "/"])
        }
    }
}
