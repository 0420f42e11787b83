import Glibc
import JSON
import MockControlPlane
import Testing

@Suite struct MockLifecycle {
    @Test func `the mock starts and stops fifty at once`() throws {
        let servers = try (0..<50).map { _ in try MockControlPlane.open() }
        #expect(Set(servers.map(\.port)).count == 50)
        let clients = try servers.map { server in
            let client = try RawClient(server)
            client.send(server.request("GET", workloadPath))
            return client
        }
        for client in clients { #expect(try client.readResponse().status == 404) }
        for server in servers { server.stop() }
        for client in clients { #expect(client.readToEnd() == ("", .closed)) }
        #expect(servers.map(\.openConnectionCount) == Array(repeating: 0, count: 50))
    }

    @Test func `the mock refuses connections once it is stopped and takes its port back when it starts again`() throws {
        let server = try MockControlPlane.open()
        #expect(try server.call("POST", collectionPath, workload()).status == 201)
        server.stop()
        server.stop()
        #expect(throws: RawClient.Failure.self) { try RawClient(server) }
        let port = server.port
        try server.start()
        try server.start()
        #expect(server.port == port)
        #expect(try server.call("GET", workloadPath).status == 200)
        #expect(server.connectionCount == 2)
        #expect(server.requests.map(\.status) == [201, 200])
    }

    @Test func `the mock holds its port but does not respond before it starts`() throws {
        let server = try MockControlPlane()
        let client = try RawClient(server)
        client.send(server.request("GET", "/"))
        #expect(server.connectionCount == 0)
        try server.start()
        #expect(try client.readResponse().status == 404)
    }

    @Test func `the mock says that its port is taken`() throws {
        let server = try MockControlPlane()
        var configuration = MockControlPlane.Configuration()
        configuration.port = server.port
        #expect {
            try MockControlPlane(configuration: configuration)
        } throws: {
            "\($0)" == "the mock control plane cannot start: bind: Address already in use; is its port taken?"
        }
    }

    @Test(
        arguments: [
            MockControlPlane.Fault.delay(.seconds(600)), .silence, .drip(every: .seconds(600)),
            .hugeBody(1 << 40), .hugeBody(1 << 40, announced: false),
        ])
    func `the mock ends whatever a connection waits for when it stops`(fault: MockControlPlane.Fault) throws {
        let server = try MockControlPlane.open()
        server.script(.getWorkload, [fault])
        let client = try RawClient(server)
        client.send(server.request("GET", workloadPath))
        #expect(server.waitForRequests(count: 1))
        server.stop()
        #expect(server.openConnectionCount == 0)
        #expect(client.readToEnd().ending != .timedOut)
    }

    @Test func `the mock stops when it is dropped`() throws {
        var server: MockControlPlane? = try MockControlPlane.open()
        let client = try RawClient(try #require(server))
        server = nil
        #expect(client.readToEnd().ending != .timedOut)
    }

    @Test func `the mock waits for requests and gives up in time`() throws {
        let server = try MockControlPlane.open()
        #expect(server.waitForRequests(count: 0))
        let start = ContinuousClock.now
        #expect(!server.waitForRequests(count: 1, timeout: .milliseconds(20)))
        #expect(ContinuousClock.now - start >= .milliseconds(20))
        #expect(!server.waitForRequests(count: 1, timeout: .seconds(-1)))
        let client = try RawClient(server)
        client.send(server.request("GET", "/"))
        #expect(server.waitForRequests(count: 1))
    }

    @Test func `the mock creates an object once however many ask at the same time`() throws {
        let server = try MockControlPlane.open()
        let clients = try (0..<20).map { _ in try RawClient(server) }
        for client in clients { client.send(server.request("POST", collectionPath, workload().text())) }
        let statuses = try clients.map { try $0.readResponse().status }.sorted()
        #expect(statuses == [201] + Array(repeating: 409, count: 19))
        #expect(server.connectionCount == 20)
        #expect(Set(server.requests.map(\.connection)) == Set(1...20))
    }

    @Test func `the mock lets a hook change the state before a request has its effect`() throws {
        let server = try MockControlPlane.open()
        server.workloads["default", "api-workload"] = workload()
        server.onRequest { [weak server] request in
            if request.route == .updateWorkload { server?.workloads["default", "api-workload"] = nil }
        }
        #expect(try server.call("GET", workloadPath).status == 200)
        #expect(try server.call("PUT", workloadPath, workload()).status == 404)
        server.onRequest(nil)
    }

    @Test func `the mock lets a hook change a response after the work`() throws {
        let server = try MockControlPlane.open()
        server.beforeResponding { request, response in
            response.status = 202
            response.headers.append(.init("X-Target", request.target))
        }
        let response = try server.call("POST", collectionPath, workload())
        #expect(response.status == 202)
        #expect(response.header("X-Target") == collectionPath)
        #expect(server.workloads["default", "api-workload"] != nil)
        #expect(server.requests.map(\.status) == [202])
    }

    @Test func `the mock echoes a request's secrets in errors and header fields where it is configured to`() throws {
        let server = try MockControlPlane.open { $0.echoesRequests = true }
        let refused = try server.call("POST", "/oauth2/token", "client_secret=canary", headers: [form])
        let description = try #require(refused.json?["error_description"]?.string)
        #expect(
            description
                == "Missing grant_type parameter [request: Host: 127.0.0.1:\(server.port); \(form); Content-Length: 20 | "
                + "client_secret=canary]")
        #expect(refused.header("X-Echo-Body") == "client_secret=canary")
        let missing = try server.call("GET", workloadPath, "a\r\nb")
        #expect(missing.json?["error"]?.string?.contains("Authorization: Bearer t; ") == true)
        #expect(missing.header("X-Echo-Headers")?.contains("Authorization: Bearer t; ") == true)
        #expect(missing.header("X-Echo-Body") == "a  b")
        server.script(.getWorkload, [.error(500)])
        #expect(try server.call("GET", workloadPath).text.contains("Authorization: Bearer t; "))
    }
}
