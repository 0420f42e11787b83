import Testing

@testable import HTTP

@Suite struct EarlyConnections {
    private let answered: [LoopbackServer.Step] = [.read, .answer("200 OK")]

    private func post(_ url: HTTPURL, token: String? = nil) throws -> HTTPRequest {
        let headers = try token.map { [try HTTPHeader(name: "Authorization", value: RequestText($0))] } ?? []
        return HTTPRequest(method: .post, url: url, headers: headers, body: .json(Array("{}".utf8)))
    }

    @Test func `carry the request that was announced, with what it lacked, and those after it`() throws {
        try LoopbackServer.run(answered) { tokens in
            try LoopbackServer.run(answered + answered) { api in
                let log = EventLog()
                let client = try HTTPClient(configuration: .test, observer: log.record)
                client.connect(aheadOf: try post(try api.url("/first")))
                #expect(try client.attempt(try post(try tokens.url())).status == 200)
                #expect(try client.attempt(try post(try api.url("/first"), token: "t")).status == 200)
                #expect(try client.attempt(try post(try api.url("/second"), token: "t")).status == 200)
                #expect(api.accepted == 1)
                #expect(api.requests.map { $0.split(separator: " ")[1] } == ["/first", "/second"])
                #expect(
                    api.requests.allSatisfy { $0.contains("\r\nAuthorization: t\r\n") && $0.hasSuffix("\r\n\r\n{}") })
                #expect(log.lines == ["#1 POST 200", "#2 POST 200", "#3 POST 200"])
                #expect(log.exchanges.map(\.reusedConnection) == [false, false, true])
            }
        }
    }

    @Test func `show a server nothing of a request that is never sent`() throws {
        try LoopbackServer.run([.read]) { server in
            var client: HTTPClient? = try HTTPClient(configuration: .test)
            client?.connect(aheadOf: try post(try server.url()))
            #expect(client?.requestCount == 0)
            client = nil
            server.waitForClosing()
            #expect(server.accepted == 1)
            #expect(server.requests == [])
        }
    }

    @Test func `give way to another request than the one that was announced`() throws {
        try LoopbackServer.run(answered, answered) { server in
            let client = try HTTPClient(configuration: .test)
            client.connect(aheadOf: try post(try server.url("/announced")))
            #expect(try client.attempt(try post(try server.url("/other"))).status == 200)
            #expect(server.requests.map { $0.split(separator: " ")[1] } == ["/other"])
        }
    }

    @Test func `are not used when they have waited for too long`() throws {
        try LoopbackServer.run(answered, answered) { server in
            var configuration = HTTPConfiguration.test
            configuration.freshness = .zero
            let client = try HTTPClient(configuration: configuration)
            let request = try post(try server.url())
            client.connect(aheadOf: request)
            #expect(try client.attempt(request).status == 200)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `that fail leave the request to fail by itself`() throws {
        let url = try HTTPURL("http://127.0.0.1:\(try LoopbackServer.unusedPort())/")
        let request = try post(url)
        let client = try HTTPClient(configuration: .test)
        client.connect(aheadOf: request)
        let error = failure { _ = try client.attempt(request) }
        guard case .network(.unreachable, request.line) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(client.requestCount == 1)
    }

    @Test func `are cut like any other`() throws {
        try LoopbackServer.run([.read]) { server in
            let request = try post(try server.url())
            let client = try HTTPClient(configuration: .test)
            client.connect(aheadOf: request)
            let error = failure { _ = try client.attempt(request) }
            #expect(error?.isRetryable == true)
            #expect(client.requestCount == 1)
        }
    }
}
