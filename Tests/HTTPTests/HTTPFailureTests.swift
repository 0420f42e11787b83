import Loopback
import Redaction
import Testing

@testable import HTTP

@Suite struct HTTPClientFailures {
    private typealias Step = LoopbackServer.Step

    /// What an attempt at a server with that script ends in, after the method and the URL.
    private func message(
        _ script: [Step], scheme: String = "http", configuration: HTTPConfiguration = .test
    ) throws -> (HTTPError?, String) {
        try LoopbackServer.run(script) { server in
            let url = try server.url(scheme: scheme)
            let client = HTTPClient(configuration: configuration)
            let error = failure { _ = try client.attempt(HTTPRequest(method: .get, url: url)) }
            return (error, error.map { "\($0)".replacing("GET \(url): ", with: "") } ?? "no error")
        }
    }

    @Test(
        arguments: [
            ([.read, .reset], "the connection was cut while waiting for the response"),
            ([.read], "the connection was cut while waiting for the response"),
            (
                [.read, .send("HTTP/1.1 201 Created\r\nContent-Le")],
                "the connection was cut while reading the response"
            ),
            ([.read, .send("HTTP/1.1 201 Created\r\nA: b\r\n")], "the connection was cut while reading the response"),
            (
                [.read, .send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\n")],
                "the connection was cut while reading the response"
            ),
            (
                [.read, .send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")],
                "the response broke off before its end"
            ),
            (
                [.read, .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")],
                "the response broke off before its end"
            ),
        ] as [([LoopbackServer.Step], String)])
    func `failures that may be gone in a moment are network failures`(script: [LoopbackServer.Step], event: String)
        throws
    {
        let (error, text) = try message(script)
        #expect(text == event)
        #expect(error?.isRetryable == true)
    }

    @Test func `failures by a reset in the midst of a response are network failures`() throws {
        // The reset may overtake the bytes before it, so the phase is not certain.
        let (error, _) = try message([.read, .send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), .reset])
        #expect(error?.isRetryable == true)
    }

    @Test(arguments: [
        "SSH-2.0-OpenSSH_9.2\r\n", "garbage", "\u{0}\u{1}\u{2}\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
        "HTTP/1.1 200 OK\r\nA\u{0}B: c\r\n\r\n",
    ])
    func `failures to speak HTTP are not tried again`(response: String) throws {
        let (error, text) = try message([.read, .send(response)])
        #expect(text == "the response is not HTTP")
        #expect(error?.isRetryable == false)
    }

    @Test func `failures to connect name the system's reason`() throws {
        let url = try HTTPURL("http://127.0.0.1:\(LoopbackServer.unusedPort())/")
        let client = HTTPClient(configuration: .test)
        let error = failure { _ = try client.send(HTTPRequest(method: .get, url: url)) }
        #expect(
            error.map { "\($0)" }
                == "GET \(url): no connection: Connection refused "
                + "(1 attempt; no retries are left)")
    }

    @Test func `failures to connect to an IPv6 address are not taken for the proxy's`() throws {
        let url = try HTTPURL("http://[::1]:\(LoopbackServer.unusedPort())/")
        let error = failure { _ = try HTTPClient(configuration: .test).attempt(HTTPRequest(method: .get, url: url)) }
        #expect(
            error.map { "\($0)" }?.hasPrefix("GET \(url): no connection: ") == true, "\(error.map { "\($0)" } ?? "")")
    }

    @Test func `failures to find the host say so`() throws {
        // A label of 64 letters is no name, so that no name server needs to be asked.
        let url = try HTTPURL("http://\(String(repeating: "a", count: 64))/")
        let error = failure { _ = try HTTPClient(configuration: .test).attempt(HTTPRequest(method: .get, url: url)) }
        #expect(
            error.map { "\($0)" } == "GET \(url): the host name does not resolve")
        #expect(error?.isRetryable == true)
    }

    @Test(
        arguments: [
            ([.silence], "timed out after 150ms while waiting for the response"),
            ([.read, .send("HTTP/1.1 200 OK\r\n"), .silence], "timed out after 150ms while reading the response"),
            (
                [
                    .read, .send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"),
                    .drip(Array(repeating: 0x61, count: 1000), pause: 0.02),
                ], "timed out after 150ms while reading the response"
            ),
        ] as [([LoopbackServer.Step], String)])
    func `failures to respond in time end at the request's limit`(script: [LoopbackServer.Step], event: String) throws {
        var configuration = HTTPConfiguration.test
        configuration.requestTimeout = .milliseconds(150)
        let (error, text) = try message(script, configuration: configuration)
        #expect(text == event)
        #expect(error?.isRetryable == true)
    }

    @Test func `failures to respond within two seconds are said once`() throws {
        try LoopbackServer.run([.silence]) { server in
            var configuration = HTTPConfiguration.test
            configuration.requestTimeout = .milliseconds(2500)
            let log = EventLog()
            let client = HTTPClient(configuration: configuration, observer: log.record)
            let error = failure { _ = try client.attempt(HTTPRequest(method: .get, url: try server.url())) }
            #expect(error?.isRetryable == true)
            #expect(log.lines == ["pending GET", "#1 GET failed"])
        }
    }

    @Test func `failures to connect end at the connection's limit`() throws {
        // The one place in the queue is taken and nothing accepts, so the next connection gets no response.
        let listener = try LoopbackSocket.listening(backlog: 0)
        let waiting = try LoopbackSocket.connected(to: listener.port)
        defer { for socket in [listener, waiting] { socket.close() } }
        var configuration = HTTPConfiguration.test
        configuration.connectTimeout = .milliseconds(150)
        let url = try HTTPURL("http://127.0.0.1:\(listener.port)/")
        let client = HTTPClient(configuration: configuration)
        let error = failure { _ = try client.attempt(HTTPRequest(method: .get, url: url)) }
        #expect(
            error.map { "\($0)" } == "GET \(url): timed out after 150ms while connecting")
    }

    @Test func `failures to shake hands for TLS end at the connection's limit`() throws {
        var configuration = HTTPConfiguration.test
        configuration.connectTimeout = .milliseconds(150)
        let (error, text) = try message([.silence], scheme: "https", configuration: configuration)
        #expect(text == "timed out after 150ms while negotiating TLS")
        #expect(error?.isRetryable == true)
    }

    @Test func `failures to respond before the deadline end there, and nothing is sent after it`() throws {
        try LoopbackServer.run([.silence], [.silence]) { server in
            var configuration = HTTPConfiguration.test
            configuration.timeout = .milliseconds(150)
            configuration.maxRetries = 5
            let client = HTTPClient(configuration: configuration)
            let request = HTTPRequest(method: .put, url: try server.url())
            let first = failure { _ = try client.send(request) }
            let second = failure { _ = try client.send(request) }
            #expect(
                first.map { "\($0)" } == "PUT \(request.url): the time for the whole step (150ms) ended while "
                    + "waiting for the response")
            #expect(
                second.map { "\($0)" }
                    == "PUT \(request.url): not sent, because the time for the whole step (150ms) is over")
            #expect(client.requestCount == 1)
            #expect(server.accepted == 1)
        }
    }

    @Test(arguments: [
        "Content-Length: 1025\r\n\r\n", "Content-Length: 99999999999999999999\r\n\r\n",
        "\r\n" + String(repeating: "a", count: 1025),
        "Transfer-Encoding: chunked\r\n\r\n401\r\n" + String(repeating: "a", count: 1025) + "\r\n0\r\n\r\n",
    ])
    func `failures by a response too large end before it is taken`(rest: String) throws {
        var configuration = HTTPConfiguration.test
        configuration.maximumBodySize = 1024
        let (error, text) = try message(
            [.read, .send("HTTP/1.1 200 OK\r\n" + rest), .silence], configuration: configuration)
        #expect(text == "the response's body is larger than 1 KiB")
        #expect(error?.isRetryable == false)
    }

    @Test(arguments: [1, 200])
    func `failures by headers too large end before they are taken`(lines: Int) throws {
        let field = "A: " + String(repeating: "a", count: 300_000 / lines) + "\r\n"
        let (error, text) = try message([
            .read, .send("HTTP/1.1 200 OK\r\n" + String(repeating: field, count: lines)), .silence,
        ])
        #expect(text == "the response's headers are larger than 256 KiB")
        #expect(error?.isRetryable == false)
    }

    @Test func `a response of just the size that is allowed is taken`() throws {
        var configuration = HTTPConfiguration.test
        configuration.maximumBodySize = 1024
        let (error, _) = try message(
            [.read, .response("200 OK", body: String(repeating: "a", count: 1024))], configuration: configuration)
        #expect(error == nil)
    }
}

@Suite struct HTTPProxies {
    private func message(proxy: String, to target: String) throws -> String {
        var configuration = HTTPConfiguration.test
        configuration.proxy = proxy
        let client = HTTPClient(configuration: configuration)
        let url = try HTTPURL(target)
        let error = failure { _ = try client.attempt(HTTPRequest(method: .get, url: url)) }
        guard case .network? = error?.reason else {
            Issue.record("\(String(describing: error))")
            return ""
        }
        return error.map { "\($0)" } ?? "no error"
    }

    private static let unresolvable = "its host name does not resolve, or its URL makes no sense"

    @Test(arguments: ["http", "https"])
    func `proxies that refuse connections are named as the cause`(scheme: String) throws {
        let proxy = "http://user:s3cr3t@127.0.0.1:\(try LoopbackServer.unusedPort())"
        #expect(
            try message(proxy: proxy, to: "\(scheme)://api.test/")
                == "GET \(scheme)://api.test/: no connection to the proxy: Connection refused")
    }

    @Test(arguments: [
        ("http://user:s3cr3t@\(String(repeating: "a", count: 64)):3128", unresolvable),
        ("http://user:s3cr3t@127.0.0.1:port", unresolvable),
        ("gopher://user:s3cr3t@127.0.0.1:70", "its URL makes no sense"),
    ])
    func `proxies that cannot be found are named as the cause`(proxy: String, reason: String) throws {
        #expect(
            try message(proxy: proxy, to: "http://api.test/")
                == "GET http://api.test/: no connection to the proxy: \(reason)")
    }

    @Test func `proxies that refuse a request are named as the cause`() throws {
        try LoopbackServer.run([.read, .response("407 No", headers: ["Proxy-Authenticate: Basic"])]) { server in
            let proxy = "http://127.0.0.1:\(server.port)"
            let text = try message(proxy: proxy, to: "http://api.test/")
            #expect(
                text
                    == "GET http://api.test/: the proxy refused the connection: 407 Proxy Authentication "
                    + "Required"
            )
        }
    }

    @Test(
        arguments: [
            ("http://user:p%40ss@proxy:3128", ["p@ss", "dXNlcjpwQHNz"]), ("user:p@proxy", ["p", "dXNlcjpw"]),
            ("http://:secret@proxy", ["secret", "OnNlY3JldA=="]),
            ("socks5h://u:secret@proxy", ["secret", "dTpzZWNyZXQ="]),
            ("http://user@proxy:3128", []), ("http://proxy", []), ("", []), ("http://user:secret@proxy:port", []),
        ] as [(String, [String])])
    func `proxies have passwords that are kept out of all texts`(url: String, secrets: [String]) {
        #expect(ProxyEnvironment.secrets(in: url).map { $0.revealed() } == secrets)
    }

    @Test func `proxies that refuse a tunnel are named as the cause and never see the credentials`() throws {
        try LoopbackServer.run([.read, .response("407 No", headers: ["Proxy-Authenticate: Basic"])]) { server in
            var configuration = HTTPConfiguration.test
            configuration.proxy = "http://127.0.0.1:\(server.port)"
            let client = HTTPClient(configuration: configuration)
            let bearer = HTTPHeader(name: "Authorization", value: RequestText(secret: Secret("s3cr3t")))
            let request = HTTPRequest(method: .get, url: try HTTPURL("https://api.test/"), headers: [bearer])
            let error = failure { _ = try client.send(request) }
            #expect(
                error.map { "\($0)" } == "GET https://api.test/: the proxy refused the connection: "
                    + "407 Proxy Authentication Required")
            #expect(server.requests.first?.hasPrefix("CONNECT api.test:443 HTTP/1.1\r\n") == true)
            #expect(server.requests.first?.contains("s3cr3t") == false)
        }
    }
}
