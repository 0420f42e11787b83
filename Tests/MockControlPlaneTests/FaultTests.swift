import Glibc
import JSON
import MockControlPlane
import Testing

@Suite struct MockFaults {
    private typealias Fault = MockControlPlane.Fault

    /// What a `POST` of a Workload gets to read and how its connection ends, and whether the Workload exists then.
    private func post(
        _ faults: [MockControlPlane.Fault], _ configure: (inout MockControlPlane.Configuration) -> Void = { _ in }
    ) throws -> (text: String, ending: RawClient.Ending, isCreated: Bool, status: Int?) {
        let server = try MockControlPlane.open(configure)
        server.script(.createWorkload, faults)
        let client = try RawClient(server)
        client.send(
            server.request(
                "POST", collectionPath, workload().text(),
                headers: ["Authorization: Bearer t", "Connection: close"]))
        let (text, ending) = client.readToEnd()
        #expect(server.pendingFaultCount == 0)
        return (text, ending, server.workloads["default", "api-workload"] != nil, server.requests.first?.status)
    }

    private static let busy = MockControlPlane.Response(
        status: 503, headers: [.init("Retry-After", "7"), .init("Content-Type", "text/html")], body: Array("<p>".utf8))
    private static let busyText =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nContent-Type: text/html\r\nContent-Length: 3\r\n"
        + "Connection: close\r\n\r\n<p>"

    @Test func `the mock responds as the script says, with the work undone or done`() throws {
        #expect(try post([.response(Self.busy)]) == (Self.busyText, .closed, false, 503))
        #expect(try post([.workThenResponse(Self.busy)]) == (Self.busyText, .closed, true, 503))
    }

    @Test func `the mock resets, closes or garbles a connection, with the work undone or done`() throws {
        #expect(try post([.resetBeforeWork]) == ("", .reset, false, nil))
        #expect(try post([.resetAfterWork]) == ("", .reset, true, nil))
        #expect(try post([.close]) == ("", .closed, false, nil))
        #expect(try post([.close.afterWork]) == ("", .closed, true, nil))
        #expect(try post([.garbage(Array("SSH-2.0\r\n".utf8))]) == ("SSH-2.0\r\n", .closed, false, nil))
    }

    @Test func `the mock breaks a response off in its head or its body`() throws {
        let whole = try post([])
        #expect(whole.status == 201)
        #expect(whole.isCreated)
        let head = try #require(whole.text.firstRange(of: "\r\n\r\n"))
        let bodyStart = whole.text.utf8.distance(from: whole.text.startIndex, to: head.upperBound)
        let half = (whole.text.utf8.count - bodyStart) / 2

        let headers = try post([.halfHeaders])
        #expect(headers == (String(decoding: whole.text.utf8.prefix(bodyStart / 2), as: UTF8.self), .closed, true, 201))
        let truncated = try post([.truncated()])
        #expect(truncated.text.utf8.elementsEqual(whole.text.utf8.prefix(bodyStart + half)))
        #expect(truncated.isCreated)
        #expect(try post([.truncated(keeping: 4)]).text.utf8.elementsEqual(whole.text.utf8.prefix(bodyStart + 4)))
    }

    @Test func `the mock announces more than it sends even where nothing is left to cut`() throws {
        let server = try MockControlPlane.open()
        server.workloads["default", "api-workload"] = workload()
        server.beforeResponding { _, response in response.body = [] }
        server.script(.getWorkload, [.truncated(keeping: 9)])
        let client = try RawClient(server)
        client.send(server.request("GET", workloadPath))
        let (text, ending) = client.readToEnd()
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"))
        #expect(text.hasSuffix("\r\nContent-Length: 1\r\n\r\n"))
        #expect(ending == .closed)
    }

    @Test func `the mock drips a response that is whole in the end and keeps the connection`() throws {
        let server = try MockControlPlane.open()
        server.script(.getWorkload, [.drip(every: .milliseconds(1))])
        let client = try RawClient(server)
        let start = ContinuousClock.now
        client.send(server.request("GET", workloadPath))
        #expect(try client.readResponse().json?["code"] == "NOT_FOUND")
        // At a byte a millisecond, a hundred bytes of head alone.
        #expect(ContinuousClock.now - start >= .milliseconds(100))
        client.send(server.request("GET", workloadPath))
        #expect(try client.readResponse().status == 404)
    }

    @Test func `the mock holds a response back while the work is done`() throws {
        let server = try MockControlPlane.open()
        server.script(.createWorkload, [.delay(.milliseconds(60))])
        let start = ContinuousClock.now
        #expect(try server.call("POST", collectionPath, workload()).status == 201)
        #expect(ContinuousClock.now - start >= .milliseconds(60))
        server.script(.getWorkload, [.error(503).delayed(by: .milliseconds(30)).delayed(by: .milliseconds(30))])
        let next = ContinuousClock.now
        #expect(try server.call("GET", workloadPath).status == 503)
        #expect(ContinuousClock.now - next >= .milliseconds(60))
    }

    @Test func `the mock stays silent until the client leaves, and does nothing`() throws {
        let server = try MockControlPlane.open()
        server.script(.createWorkload, [.silence])
        do {
            let client = try RawClient(server)
            client.send(server.request("POST", collectionPath, workload().text()))
            #expect(server.waitForRequests(count: 1))
            #expect(server.openConnectionCount == 1)
        }
        #expect(server.waitForOpenConnections(0))
        #expect(server.workloads["default", "api-workload"] == nil)
        #expect(server.requests.map(\.status) == [nil])
    }

    @Test(arguments: [true, false])
    func `the mock streams a huge body, announced or in chunks`(isAnnounced: Bool) throws {
        let server = try MockControlPlane.open()
        server.script(.getWorkload, [.hugeBody(3_000_001, announced: isAnnounced)])
        let client = try RawClient(server)
        client.send(server.request("GET", workloadPath))
        let response = try client.readResponse()
        #expect(response.header("Content-Length") == (isAnnounced ? "3000001" : nil))
        #expect(response.body.count == 3_000_001)
        client.send(server.request("GET", workloadPath))
        #expect(try client.readResponse().status == 404)
    }

    @Test func `the mock redirects`() throws {
        let server = try MockControlPlane.open()
        server.script(.token, [.redirect(to: "http://elsewhere/"), .redirect(to: "/", status: 302)])
        let first = try server.call("POST", "/oauth2/token", quickStartForm, headers: [form])
        #expect(
            first.head == "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\r\n")
        #expect(try server.call("POST", "/oauth2/token", quickStartForm, headers: [form]).status == 302)
        #expect(server.issuedTokens.isEmpty)
    }

    @Test(arguments: [
        (
            MockControlPlane.Route.token, 503,
            #"{"error":"temporarily_unavailable","error_description":"Service Unavailable"}"#
        ),
        (.token, 500, #"{"error":"server_error","error_description":"Internal Server Error"}"#),
        (.token, 401, #"{"error":"invalid_client","error_description":"Unauthorized"}"#),
        (.token, 400, #"{"error":"invalid_request","error_description":"Bad Request"}"#),
        (.getWorkload, 401, #"{"error":"INVALID_TOKEN","message":"invalid or expired token"}"#),
        (.getWorkload, 500, #"{"code":"INTERNAL_ERROR","error":"Internal server error"}"#),
        (.getWorkload, 418, #"{"code":"INTERNAL_ERROR","error":"Status 418"}"#),
    ])
    func `the mock fails in the form of the endpoint`(route: MockControlPlane.Route, status: Int, body: String) throws {
        let server = try MockControlPlane.open()
        server.always(route, .error(status))
        let response =
            route == .token
            ? try server.call("POST", "/oauth2/token", quickStartForm, headers: [form])
            : try server.call("GET", workloadPath)
        #expect(response.status == status)
        #expect(response.text == body)
    }

    @Test func `the mock closes after a response that says so`() throws {
        let server = try MockControlPlane.open()
        server.script(.getWorkload, [.response(.init(status: 500, headers: [.init("connection", "Close")]))])
        let client = try RawClient(server)
        client.send(server.request("GET", workloadPath))
        #expect(
            client.readToEnd()
                == ("HTTP/1.1 500 Internal Server Error\r\nconnection: Close\r\nContent-Length: 0\r\n\r\n", .closed))
    }

    @Test func `the mock sends a response without a body as one`() throws {
        let server = try MockControlPlane.open()
        server.script(.createWorkload, [.workThenResponse(.init(status: 204))])
        let client = try RawClient(server)
        client.send(server.request("POST", collectionPath, workload().text()) + server.request("GET", workloadPath))
        #expect(try client.readResponse().head == "HTTP/1.1 204 No Content\r\n\r\n")
        #expect(try client.readResponse().status == 200)
    }

    @Test func `the mock takes scripted faults in order for their route alone, then the standing one, then none`()
        throws
    {
        let server = try MockControlPlane.open()
        server.always(.getWorkload, .error(502))
        server.script(.getWorkload, [.error(500), .normal])
        server.script(.getWorkload, [.error(503)])
        #expect(server.pendingFaultCount == 3)
        #expect(try server.call("GET", runPath).status == 404)
        #expect(try (0..<5).map { _ in try server.call("GET", workloadPath).status } == [500, 404, 503, 502, 502])
        server.always(.getWorkload, nil)
        #expect(try server.call("GET", workloadPath).status == 404)
        #expect(server.pendingFaultCount == 0)
        #expect(server.requests(.getWorkload).map(\.status) == [500, 404, 503, 502, 502, 404])
    }
}

extension MockControlPlane {
    /// Waits for the server's side of connections to end; it has no event of its own for that.
    func waitForOpenConnections(_ count: Int) -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while openConnectionCount != count {
            if ContinuousClock.now > deadline { return false }
            sched_yield()
        }
        return true
    }
}
