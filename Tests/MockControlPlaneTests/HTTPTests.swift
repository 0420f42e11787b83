import JSON
import MockControlPlane
import Testing

@Suite struct MockHTTP {
    @Test func `the mock's HTTP keeps a connection for the next request`() throws {
        let server = try MockControlPlane.open()
        let client = try RawClient(server)
        client.send(server.request("GET", workloadPath))
        let first = try client.readResponse()
        #expect(first.status == 404)
        #expect(first.header("Connection") == nil)
        client.send(server.request("POST", collectionPath, workload().text()))
        #expect(try client.readResponse().status == 201)
        #expect(server.requests.map(\.connection) == [1, 1])
        #expect(server.connectionCount == 1)
    }

    @Test func `the mock's HTTP responds to requests that come in one piece one after the other`() throws {
        let server = try MockControlPlane.open()
        let client = try RawClient(server)
        client.send(server.request("POST", collectionPath, workload().text()) + server.request("GET", workloadPath))
        #expect(try client.readResponse().status == 201)
        #expect(try client.readResponse().status == 200)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "close"),
        ("GET / HTTP/1.0\r\n\r\n", "close"),
        ("GET / HTTP/1.1\r\nHost: x\r\nConnection: te, CLOSE\r\n\r\n", "close"),
    ])
    func `the mock's HTTP closes the connection where the client asks for it`(request: String, connection: String)
        throws
    {
        let server = try MockControlPlane.open()
        let client = try RawClient(server)
        client.send(request)
        let response = try client.readResponse()
        #expect(response.status == 404)
        #expect(response.header("Connection") == connection)
        #expect(client.readToEnd() == ("", .closed))
    }

    @Test func `the mock's HTTP keeps an old client's connection that asks to be kept`() throws {
        let server = try MockControlPlane.open()
        let client = try RawClient(server)
        client.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\nGET / HTTP/1.0\r\n\r\n")
        #expect(try client.readResponse().header("Connection") == nil)
        #expect(try client.readResponse().header("Connection") == "close")
    }

    @Test func `the mock's HTTP reads a body in chunks, with extensions and trailers`() throws {
        let server = try MockControlPlane.open()
        let client = try RawClient(server)
        client.send(
            "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3;a=b\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n" + server.request("GET", "/y"))
        #expect(try client.readResponse().status == 404)
        #expect(try client.readResponse().status == 404)
        #expect(server.requests.map(\.text) == ["abc0123456789", ""])
        #expect(server.requests.map(\.path) == ["/x", "/y"])
    }

    @Test func `the mock's HTTP lets an empty line pass before a request`() throws {
        let server = try MockControlPlane.open()
        let client = try RawClient(server)
        client.send("\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try client.readResponse().status == 404)
    }

    @Test func `the mock's HTTP counts the lines between chunks to no head`() throws {
        let server = try MockControlPlane.open()
        let client = try RawClient(server)
        let chunks = String(repeating: "1\r\nx\r\n", count: 20_000)
        client.send("POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)0\r\n\r\n")
        #expect(try client.readResponse().status == 404)
        #expect(server.requests.map(\.body.count) == [20_000])
    }

    @Test func `the mock's HTTP lets a client finish what it sends although it is refused`() throws {
        let server = try MockControlPlane.open()
        let client = try RawClient(server)
        client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n")
        #expect(client.send([UInt8](repeating: 0x20, count: 4_000_000)))
        #expect(try client.readResponse().status == 413)
        client.finishSending()
        #expect(client.readToEnd() == ("", .closed))
    }

    @Test func `the mock's HTTP invites a client that waits with its body`() throws {
        let server = try MockControlPlane.open()
        let client = try RawClient(server)
        client.send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        #expect(try client.readResponse().head == "HTTP/1.1 100 Continue\r\n\r\n")
        client.send("abc")
        #expect(try client.readResponse().status == 404)
        #expect(server.requests.map(\.text) == ["abc"])
    }

    @Test func `the mock's HTTP does not invite a body that is there already`() throws {
        let server = try MockControlPlane.open()
        let client = try RawClient(server)
        client.send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc")
        #expect(try client.readResponse().status == 404)
    }

    @Test(arguments: [
        ("GET /\r\n\r\n", 400, "malformed request line"),
        ("G<T / HTTP/1.1\r\n\r\n", 400, "malformed request line"),
        ("GET / HTTP/2.0\r\n\r\n", 505, "unsupported HTTP version"),
        ("GET x HTTP/1.1\r\n\r\n", 400, "malformed request target"),
        ("GET /%4 HTTP/1.1\r\n\r\n", 400, "malformed request target"),
        ("GET /%ff HTTP/1.1\r\n\r\n", 400, "malformed request target"),
        ("GET / HTTP/1.1\nHost: x\n\n", 400, "a line ends with CR LF"),
        ("GET / HTTP/1.1\r\n\r\n", 400, "a request has one Host header"),
        ("GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400, "a request has one Host header"),
        ("GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400, "malformed header field"),
        ("GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", 400, "malformed header field"),
        ("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\n", 400, "malformed Content-Length"),
        (
            "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400,
            "malformed Content-Length"
        ),
        (
            "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400,
            "both Content-Length and Transfer-Encoding"
        ),
        ("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "unsupported transfer coding"),
        ("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", 400, "malformed chunk size"),
        ("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400, "malformed chunk"),
        ("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 16777217\r\n\r\n", 413, "request body too large"),
        (
            "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1000001\r\n", 413,
            "request body too large"
        ),
        (
            "GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "x", count: 65_536))\r\n\r\n", 431,
            "request header too large"
        ),
        ("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nExpect: x\r\n\r\n", 417, "unknown expectation"),
    ])
    func `the mock's HTTP refuses what is not a request and closes`(request: String, status: Int, reason: String) throws
    {
        let server = try MockControlPlane.open()
        let client = try RawClient(server)
        client.send(request)
        // A chunk with too many bytes only shows when the line after it is read.
        if reason == "malformed chunk" { client.send("\r\n") }
        let response = try client.readResponse()
        #expect(response.status == status)
        #expect(response.text == reason + "\n")
        #expect(response.header("Connection") == "close")
        #expect(server.requests.isEmpty)
    }

    @Test func `the mock's HTTP refuses a head without end and says so before it closes`() throws {
        let server = try MockControlPlane.open()
        let client = try RawClient(server)
        client.send("GET / HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "x", count: 70_000))
        #expect(try client.readResponse().status == 431)
    }

    @Test func `the mock's HTTP decodes a path segment by segment and records it`() throws {
        let server = try MockControlPlane.open()
        server.workloads["my ns", "a/b"] = workload()
        let response = try server.call("GET", "/api/v1/namespaces/my%20ns/workloads/a%2Fb?x=%41")
        #expect(response.json?["metadata"]?["name"] == "a/b")
        let request = try #require(server.requests.first)
        #expect(request.target == "/api/v1/namespaces/my%20ns/workloads/a%2Fb?x=%41")
        #expect(request.path == "/api/v1/namespaces/my ns/workloads/a/b")
        #expect(request.route == .getWorkload)
        #expect(request.status == 200)
        #expect(request.response?.body == response.body)
    }

    @Test func `the mock's HTTP takes a whole URL as its target, as a proxy has to`() throws {
        let server = try MockControlPlane.open { $0.hostRouting = .init(api: "api.test", oauth: "oauth.test") }
        let path = "http://api.test:80\(workloadPath)"
        #expect(try server.call("GET", path).json?["code"] == "NOT_FOUND")
        #expect(server.requests.map(\.route) == [.getWorkload])
    }

    @Test func `the mock's HTTP records header fields in order and as written`() throws {
        let server = try MockControlPlane.open()
        _ = try server.call("PUT", "/x", "äö", headers: ["Host: h", "X-B:  2 ", "x-a: 1"])
        let request = try #require(server.requests.first)
        #expect(
            request.headers == [.init("Host", "h"), .init("X-B", "2"), .init("x-a", "1"), .init("Content-Length", "4")])
        #expect(request.header("x-b") == "2")
        #expect(request.body == Array("äö".utf8))
        #expect(request.route == .other)
    }

    @Test(
        arguments: [
            ("a+b", nil), ("a b", "c& d"), ("e", ""), ("f", "1=2"),
        ] as [(String, String?)])
    func `the mock's HTTP records the parameters of a form`(name: String, value: String?) throws {
        let server = try MockControlPlane.open()
        _ = try server.call("POST", "/x", "a+b=c%26+d&e&f=1=2", headers: [form])
        #expect(server.requests.first?.formValue(name) == value)
    }

    @Test(arguments: [
        ("DELETE", workloadPath, 405, "GET, PUT"), ("PUT", collectionPath, 405, "GET, HEAD, POST"),
        ("GET", "/oauth2/token", 405, "POST"), ("POST", runPath, 405, "GET, PUT"), ("GET", "/", 404, nil),
        ("GET", "/api/v1/namespaces//workloads", 404, nil), ("GET", "/api/v1/things/default", 404, nil),
        ("GET", runPath + "/logs", 404, nil),
    ])
    func `the mock's HTTP knows its calls and no others`(method: String, path: String, status: Int, allowed: String?)
        throws
    {
        let server = try MockControlPlane.open()
        let response = try server.call(method, path)
        #expect(response.status == status)
        #expect(response.header("Allow") == allowed)
        #expect(server.requests.map(\.route) == [.other])
    }

    @Test func `the mock's HTTP leaves the body out of a response to HEAD`() throws {
        let server = try MockControlPlane.open()
        let client = try RawClient(server)
        client.send(server.request("HEAD", "/") + server.request("GET", "/"))
        #expect(try client.readResponse(to: "HEAD").header("Content-Length") == "19")
        #expect(try client.readResponse().text == "404 page not found\n")
    }

    @Test func `the mock's HTTP keeps the API under its base path`() throws {
        let server = try MockControlPlane.open { $0.basePath = "/gateway/choreo" }
        #expect(server.baseURL == "http://127.0.0.1:\(server.port)/gateway/choreo")
        #expect(server.tokenURL == "http://127.0.0.1:\(server.port)/oauth2/token")
        #expect(try server.call("POST", "/gateway/choreo" + collectionPath, workload()).status == 201)
        #expect(try server.call("POST", collectionPath, workload()).status == 404)
    }

    @Test(arguments: [
        ("api.openchoreo.localhost", collectionPath, 401), ("API.openchoreo.localhost:8080", collectionPath, 401),
        ("thunder.openchoreo.localhost", collectionPath, 404), ("localhost", collectionPath, 404),
        ("thunder.openchoreo.localhost", "/oauth2/token", 200), ("api.openchoreo.localhost", "/oauth2/token", 404),
        ("localhost", "/oauth2/token", 404), ("api.openchoreo.localhost", "/", 404),
    ])
    func `the mock's HTTP knows API and OAuth apart by host`(host: String, path: String, status: Int) throws {
        let server = try MockControlPlane.open { $0.hostRouting = .init() }
        let response = try server.call("POST", path, quickStartForm, headers: ["Host: \(host)", form])
        #expect(response.status == status)
        #expect(
            server.requests.map(\.route) == [status == 404 ? .other : path == collectionPath ? .createWorkload : .token]
        )
        #expect((response.text == "no such host\n") == (status == 404 && path != "/"))
    }
}
