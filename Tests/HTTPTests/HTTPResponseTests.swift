import Testing

@testable import HTTP

@Suite struct HTTPResponsesOfAllKinds {
    private typealias Step = LoopbackServer.Step

    private func attempt(_ script: [Step], requestTimeout: Duration = .seconds(10)) throws -> HTTPResponse {
        try LoopbackServer.run(script) { server in
            var configuration = HTTPConfiguration.test
            configuration.requestTimeout = requestTimeout
            return try HTTPClient(configuration: configuration)
                .attempt(HTTPRequest(method: .put, url: try server.url(), body: .json(Array("{}".utf8))))
        }
    }

    @Test(arguments: [
        "HTTP/1.0 200 OK\r\n\r\n{}", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", "HTTP/1.1 200 OK\r\n\r\n{}",
        "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}", "HTTP/1.1 200 OK\nContent-Length: 2\n\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}and more than was announced",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
    ])
    func `responses are read as what they are`(response: String) throws {
        let response = try attempt([.read, .send(response)])
        #expect(response.status == 200)
        #expect(response.body == Array("{}".utf8))
    }

    @Test func `responses have a header that goes on in the next line`() throws {
        let response = try attempt([.read, .send("HTTP/1.1 200 OK\r\nX: a\r\n  b\r\nContent-Length: 0\r\n\r\n")])
        #expect(response.header("x") == "a b")
    }

    @Test func `responses end at the limits even if interim responses never do`() throws {
        let interim = Array(String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 20_000).utf8)
        let flood = failure { _ = try attempt([.read, .send(interim), .silence]) }
        #expect(flood.map { "\($0)" }?.contains("the response's headers are larger than 256 KiB") == true)
        let drip = failure {
            _ = try attempt([.read, .drip(interim, pause: 0.001)], requestTimeout: .milliseconds(200))
        }
        #expect(drip.map { "\($0)" }?.contains("timed out after 200ms") == true)
        let field = Array(String(repeating: "A: b\r\n", count: 20_000).utf8)
        let headers = failure {
            _ = try attempt(
                [.read, .send("HTTP/1.1 200 OK\r\n"), .drip(field, pause: 0.001)], requestTimeout: .milliseconds(200))
        }
        #expect(headers.map { "\($0)" }?.contains("timed out after 200ms while reading the response") == true)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}", "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 99999 OK\r\n\r\n",
    ])
    func `responses that are broken end in an error`(response: String) throws {
        let error = failure { _ = try attempt([.read, .send(response)]) }
        #expect(error != nil)
        #expect(error.map { "\($0)" }?.contains("libcurl failed") == false, "\(error.map { "\($0)" } ?? "")")
    }

    @Test func `responses are whole refusals where the connection is reset behind them`() throws {
        // What Go's server says to plain HTTP on its TLS port. The request is read, so that no reset overtakes the response.
        let text = "Client sent an HTTP request to an HTTPS server.\n"
        let response = try attempt([.read, .send("HTTP/1.0 400 Bad Request\r\n\r\n" + text), .pause(0.1), .reset])
        #expect(response.status == 400)
        #expect(response.body == Array(text.utf8))
    }

    @Test(arguments: [
        "HTTP/1.0 200 OK\r\n\r\n{}", "HTTP/1.1 400 X\r\nContent-Length: 9\r\n\r\nabc",
        "HTTP/1.1 400 X\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
    ])
    func `responses are no responses where a reset cuts them`(response: String) throws {
        let error = failure { _ = try attempt([.read, .send(response), .pause(0.1), .reset]) }
        guard case .network(.cut(.reading)) = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
