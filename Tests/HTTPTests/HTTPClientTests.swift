import Redaction
import Testing

@testable import HTTP

@Suite struct HTTPClientExchanges {
    private func post(_ url: HTTPURL, headers: [HTTPHeader] = [], body: String = "{}") -> HTTPRequest {
        HTTPRequest(method: .post, url: url, headers: headers, body: .json(Array(body.utf8)))
    }

    @Test func `exchanges over HTTP send what the request says and no more`() throws {
        let script: [LoopbackServer.Step] = [.read, .response("201 Created", body: "{}")]
        try LoopbackServer.run(script, script, script, script) { server in
            var configuration = HTTPConfiguration.test
            configuration.userAgent = "test/1"
            let bearer = HTTPHeader(name: "Authorization", value: RequestText("Bearer ", secret: Secret("s")))
            let requests = [
                post(try server.url("/a%2Fb?c"), headers: [bearer, HTTPHeader(name: "X-Empty", value: "")]),
                HTTPRequest(method: .get, url: try server.url("/../x")),
                HTTPRequest(
                    method: .put, url: try server.url(), headers: [HTTPHeader(name: "host", value: "api.test")]),
                HTTPRequest(
                    method: .post, url: try server.url(), headers: [HTTPHeader(name: "content-TYPE", value: "a/b")],
                    body: .form([("a", "b c")])),
            ]
            for request in requests {
                #expect(try HTTPClient(configuration: configuration).attempt(request).status == 201)
            }
            let common = "User-Agent: test/1\r\nAccept: */*\r\n"
            let host = "Host: 127.0.0.1:\(server.port)\r\n"
            #expect(
                server.requests == [
                    "POST /a%2Fb?c HTTP/1.1\r\n\(host)\(common)Authorization: Bearer s\r\nX-Empty:\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
                    "GET /x HTTP/1.1\r\n\(host)\(common)\r\n",
                    "PUT / HTTP/1.1\r\nHost: api.test\r\n\(common)Content-Length: 0\r\n\r\n",
                    "POST / HTTP/1.1\r\n\(host)\(common)content-TYPE: a/b\r\nContent-Length: 5\r\n\r\na=b+c",
                ])
        }
    }

    @Test func `exchanges over HTTP keep the headers in order and drop those of interim responses and trailers`() throws
    {
        let response =
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 Fine\r\nA: 1\r\na:2 \r\nEmpty:\r\n"
            + "Transfer-Encoding: chunked\r\nContent-Type: Text/JSON;x\r\n\r\n"
            + "3\r\nabc\r\n4\r\ndefg\r\n0\r\nTrailer: t\r\n\r\n"
        try LoopbackServer.run([.read, .send(response)]) { server in
            let request = HTTPRequest(method: .get, url: try server.url("/x"))
            let response = try HTTPClient(configuration: .test).attempt(request)
            #expect(response.status == 200)
            #expect(
                response.headers.map { "\($0.name)=\($0.value)" } == [
                    "A=1", "a=2", "Empty=", "Transfer-Encoding=chunked", "Content-Type=Text/JSON;x",
                ])
            #expect(response.header("CONTENT-TYPE") == "Text/JSON;x")
            #expect(response.contentType == "text/json")
            #expect(response.body == Array("abcdefg".utf8))
            #expect(response.request == request.line)
        }
    }

    @Test func `exchanges over HTTP reuse a connection for the same server`() throws {
        let responses: [LoopbackServer.Step] = [
            .read, .response("200 OK", body: "1"), .read, .send("HTTP/1.1 204 No Content\r\n\r\n"),
            .read, .response("404 Not Found", body: "3"),
        ]
        try LoopbackServer.run(responses) { server in
            let log = EventLog()
            let client = HTTPClient(configuration: .test, observer: log.record)
            let statuses = try (1...3).map { try client.send(post(try server.url("/\($0)"))).status }
            #expect(statuses == [200, 204, 404])
            #expect(server.accepted == 1)
            #expect(client.requestCount == 3)
            #expect(log.lines == ["#1 POST 200", "#2 POST 204", "#3 POST 404"])
            #expect(log.exchanges.map(\.reusedConnection) == [false, true, true])
            #expect(log.exchanges.map(\.responseBodySize) == [1, 0, 1])
            #expect(log.exchanges.map(\.requestBodySize) == [2, 2, 2])
        }
    }

    @Test func `exchanges over HTTP open another connection when a kept one was closed meanwhile`() throws {
        let script: [LoopbackServer.Step] = [.read, .response("200 OK")]
        try LoopbackServer.run(script, script) { server in
            let client = HTTPClient(configuration: .test)
            for _ in 1...2 {
                let response = try client.attempt(post(try server.url()))
                #expect(response.status == 200)
                server.waitForClosing()
            }
            #expect(server.accepted == 2)
        }
    }

    @Test func `exchanges over HTTP are never repeated by libcurl itself when a kept connection is cut`() throws {
        let responded: [LoopbackServer.Step] = [.read, .response("200 OK")]
        try LoopbackServer.run(responded + [.read], [.read], responded) { server in
            let log = EventLog()
            let client = HTTPClient(configuration: .test, observer: log.record)
            let request = post(try server.url())
            _ = try client.attempt(request)
            let error = failure { _ = try client.attempt(request) }
            #expect(
                error.map { "\($0)" } == "POST \(request.url): the connection was cut while waiting for the response")
            #expect(error?.isRetryable == true)
            #expect(server.requests.count == 2)
            #expect(try client.attempt(request).status == 200)
            #expect(client.requestCount == 3)
            #expect(server.requests.count == 3)
            #expect(log.exchanges.map(\.reusedConnection) == [false, true, false])
        }
    }

    @Test(arguments: [301, 302, 307, 308, 401, 403, 404, 409, 422, 501, 505, 304])
    func `exchanges over HTTP hand every other status to the caller, redirects included`(status: Int) throws {
        try LoopbackServer.run([.read, .response("\(status) X", headers: ["Location: /elsewhere"])]) { server in
            let client = HTTPClient(configuration: .test)
            let response = try client.send(HTTPRequest(method: .get, url: try server.url()))
            #expect(response.status == status)
            #expect(client.requestCount == 1)
        }
    }

    @Test(arguments: [408, 429, 500, 502, 503, 504])
    func `exchanges over HTTP try again what may be different a moment later`(status: Int) throws {
        let script: [LoopbackServer.Step] = [
            .read, .response("\(status) X", body: "wait"), .read, .response("\(status) X", headers: ["Retry-After: 2"]),
            .read, .response("200 OK"),
        ]
        try LoopbackServer.run(script) { server in
            let time = FakeTime()
            let log = EventLog()
            var configuration = HTTPConfiguration.test
            configuration.maxRetries = 2
            let client = HTTPClient(configuration: configuration, timing: time.timing(), observer: log.record)
            let response = try client.send(post(try server.url()))
            #expect(response.status == 200)
            #expect(time.sleeps == [.milliseconds(250), .seconds(2)])
            #expect(
                log.lines == [
                    "#1 POST \(status)", "wait 0.25 seconds 1/2", "#2 POST \(status)", "wait 2.0 seconds 2/2 as asked",
                    "#3 POST 200",
                ])
        }
    }

    @Test func `exchanges over HTTP keep the last response when all tries failed`() throws {
        try LoopbackServer.run([.read, .response("503 X", body: "1"), .read, .response("503 X", body: "2")]) { server in
            var configuration = HTTPConfiguration.test
            configuration.maxRetries = 1
            let client = HTTPClient(configuration: configuration, timing: FakeTime().timing())
            let url = try server.url("/x")
            let error = failure { _ = try client.send(HTTPRequest(method: .get, url: url)) }
            #expect(error?.response?.body == Array("2".utf8))
            #expect(
                error.map { "\($0)" }
                    == "GET \(url): 503 Service Unavailable "
                    + "(2 attempts; no retries are left)")
        }
    }
}
