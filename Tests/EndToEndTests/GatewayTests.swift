import Foundation
import JSON
import MockControlPlane
import TestPrograms
import Testing

/// Publishing through a gateway that ends TLS.
@Suite struct Gateways {
    private typealias Route = MockControlPlane.Route

    private let folder: TemporaryFolder
    private let authority: TestAuthority

    init() throws {
        folder = try TemporaryFolder()
        authority = try .make(in: folder.path)
        let descriptor = "apiVersion: openchoreo.dev/v1alpha1\nmetadata: {name: shop}\n"
        try TestFile.write(descriptor.utf8, to: "\(folder.path)/workload.yaml")
    }

    private func controlPlane(hasWorkload: Bool) throws -> MockControlPlane {
        let controlPlane = try MockControlPlane.started()
        // Long enough to have the connection to the API meanwhile, on a machine that has other things to do.
        controlPlane.script(.token, [.delay(.milliseconds(200))])
        controlPlane.workflowRuns["default", "run-7"] = ["spec": ["workflow": ["name": "docker"]]]
        if hasWorkload {
            controlPlane.workloads["default", "api-workload"] = [
                "metadata": ["labels": ["team": "a"]],
                "spec": [
                    "owner": ["projectName": "shop", "componentName": "api"],
                    "container": ["image": "registry.example.com/shop/api:0.9.0"],
                ],
            ]
        }
        return controlPlane
    }

    /// Publishes; the OAuth server is another origin, as it usually is.
    private func publish(
        to controlPlane: MockControlPlane, _ version: TLSProxy.Version, _ arguments: String...
    ) throws -> ChildProcess.Result {
        let gateway = try TLSProxy(version, of: controlPlane.port, authority)
        let client = MockControlPlane.OAuthClient.quickStart
        let environment = [
            "IMAGE": "registry.example.com/shop/api:1.0.0", "NAMESPACE_NAME": "default", "PROJECT_NAME": "shop",
            "COMPONENT_NAME": "api", "SOURCE_DIR": folder.path, "OAUTH_URL": controlPlane.tokenURL,
            "API_URL": gateway.baseURL, "CA_FILE": authority.certificate, "CLIENT_ID": client.id,
            "CLIENT_SECRET": client.secret ?? "", "RUN_NAME": "run-7", "MAX_RETRIES": "0", "OUTPUT": "json",
            "REQUEST_TIMEOUT": "10m", "TIMEOUT": "20m",
        ]
        let loudness = arguments.contains("--verbose") ? [] : ["--quiet"]
        return try BuiltProgram.publisher.run(["publish"] + loudness + arguments, environment: environment)
    }

    /// Action, whether the run was annotated, and the requests: as many as the server saw.
    private func result(_ run: ChildProcess.Result, _ controlPlane: MockControlPlane) throws -> [String] {
        let result = try JSONValue(parsing: run.output)
        #expect(result["attempts"]?.text() == "\(controlPlane.requests.count)")
        return ["action", "annotated"].map { result[$0]?.text() ?? "" }
    }

    /// The requests without the one by which the connection is opened while the token is asked for.
    private func routes(_ controlPlane: MockControlPlane) -> [Route] {
        let others = controlPlane.requests.filter { $0.route == .publicPage }.map(\.path)
        // It is given up where it would cost time.
        #expect(others.isEmpty || others == ["/health"])
        return controlPlane.requests.map(\.route).filter { $0 != .publicPage }
    }

    /// Lets the creation have its response when the reads beside it have come, which on a busy machine may be late; what is
    /// scripted for them would else meet what asks again.
    private func holdCreation(of controlPlane: MockControlPlane) {
        controlPlane.beforeResponding { [weak controlPlane] request, _ in
            if request.route == .createWorkload { _ = controlPlane?.waitForRequests(count: 6, timeout: .seconds(3)) }
        }
    }

    private func sorted(_ routes: [Route]) -> [String] { routes.map { "\($0)" }.sorted() }

    @Test func `that speak HTTP/2 get the reads together with the creation`() throws {
        let controlPlane = try controlPlane(hasWorkload: true)
        // The POST only gets its response when the reads have come: one after the other they never would.
        controlPlane.beforeResponding { [weak controlPlane] request, response in
            guard request.route == .createWorkload, controlPlane?.waitForRequests(count: 6) != true else { return }
            response = .text(500, "the reads did not come")
        }
        let run = try publish(to: controlPlane, .http2)
        #expect(run.errors == "")
        #expect(try result(run, controlPlane) == ["\"updated\"", "true"])
        let routes = routes(controlPlane)
        #expect(routes.first == .token)
        // The gateway hands on what comes together in any order.
        let together = Array(routes.dropFirst().prefix(4))
        #expect(sorted(together) == sorted([.createWorkload, .getWorkload, .listWorkloads, .getWorkflowRun]))
        // What was read is read again where it was too old by then.
        let rest = routes.dropFirst(5).filter { ![.getWorkload, .getWorkflowRun, .listWorkloads].contains($0) }
        #expect(rest == [.updateWorkload, .updateWorkflowRun])
        #expect(controlPlane.workloads["default", "api-workload"]?["metadata"]?["labels"] == ["team": "a"])
    }

    @Test func `that speak HTTP/2 are asked after a creation for what was created meanwhile`() throws {
        let controlPlane = try controlPlane(hasWorkload: false)
        controlPlane.beforeResponding { [weak controlPlane] request, response in
            guard request.route == .createWorkload, let controlPlane else { return }
            if !controlPlane.waitForRequests(count: 6) { response = .text(500, "the reads did not come") }
            controlPlane.workloads["default", "api-main"] = [
                "spec": [
                    "owner": ["projectName": "shop", "componentName": "api"],
                    "container": ["image": "registry.example.com/shop/api:0.9.0"],
                ]
            ]
        }
        let run = try publish(to: controlPlane, .http2)
        #expect(run.status == 69)
        #expect(run.errors.contains("component/api: it has 2 Workloads, api-workload and api-main"), "\(run.errors)")
        #expect(controlPlane.requests(.listWorkloads).count == 2)
    }

    @Test func `that speak HTTP/2 get the Component's read together with the list after a creation`() throws {
        let controlPlane = try controlPlane(hasWorkload: false)
        controlPlane.beforeResponding { [weak controlPlane] request, response in
            guard request.route == .listWorkloads, let controlPlane, controlPlane.requests(.listWorkloads).count == 2
            else { return }
            let before = controlPlane.requests.map(\.route)
            // One after the other they never would come.
            if !before.contains(.getComponent), !controlPlane.waitForRequests(count: before.count + 1) {
                response = .text(500, "the read did not come")
            }
        }
        let run = try publish(to: controlPlane, .http2)
        #expect(run.errors == "")
        #expect(try result(run, controlPlane) == ["\"created\"", "true"])
    }

    @Test func `that speak HTTP/1.1 get every request in its turn`() throws {
        let controlPlane = try controlPlane(hasWorkload: true)
        let run = try publish(to: controlPlane, .http1)
        #expect(try result(run, controlPlane) == ["\"updated\"", "true"])
        let expected: [Route] = [
            .token, .createWorkload, .getWorkload, .updateWorkload, .getWorkflowRun, .updateWorkflowRun,
            .listWorkloads,
        ]
        #expect(routes(controlPlane) == expected)
    }

    @Test func `get no read that an update does not need`() throws {
        let controlPlane = try controlPlane(hasWorkload: true)
        let run = try publish(to: controlPlane, .http2, "--update", "replace")
        #expect(try result(run, controlPlane) == ["\"updated\"", "true"])
        #expect(controlPlane.requests(.getWorkload).isEmpty)
        #expect(!controlPlane.requests(.getWorkflowRun).isEmpty)
    }

    @Test(arguments: [
        MockControlPlane.Fault.error(404), .error(503), .error(401), .close, .response(.text(500, "x")),
    ])
    func `are asked again for what could not be read ahead`(fault: MockControlPlane.Fault) throws {
        let controlPlane = try controlPlane(hasWorkload: true)
        controlPlane.script(.getWorkload, [fault])
        controlPlane.script(.getWorkflowRun, [fault])
        holdCreation(of: controlPlane)
        let run = try publish(to: controlPlane, .http2)
        #expect(run.errors == "")
        #expect(try result(run, controlPlane) == ["\"updated\"", "true"])
        #expect(controlPlane.workloads["default", "api-workload"]?["metadata"]?["labels"] == ["team": "a"])
    }

    @Test func `are asked again where what was read ahead is old by then`() throws {
        let controlPlane = try controlPlane(hasWorkload: true)
        controlPlane.script(.createWorkload, [.delay(.milliseconds(300))])
        holdCreation(of: controlPlane)
        let run = try publish(to: controlPlane, .http2)
        #expect(try result(run, controlPlane) == ["\"updated\"", "true"])
        #expect(controlPlane.requests(.getWorkload).count == 2)
        #expect(controlPlane.requests(.getWorkflowRun).count == 2)
    }

    @Test func `that ask to wait are not asked again before`() throws {
        let controlPlane = try controlPlane(hasWorkload: true)
        let busy = MockControlPlane.Response(status: 503, headers: [.init("Retry-After", "1")])
        controlPlane.script(.getWorkload, [.response(busy)])
        let run = try publish(to: controlPlane, .http2)
        // No retries are allowed, so that this is the end.
        #expect(run.status == 75)
        #expect(run.errors.contains("GET") && run.errors.contains("503 Service Unavailable"))
        #expect(controlPlane.requests(.getWorkload).count == 1)
        #expect(controlPlane.requests(.updateWorkload).isEmpty)
    }

    @Test func `are logged once for each request`() throws {
        let controlPlane = try controlPlane(hasWorkload: true)
        let run = try publish(to: controlPlane, .http2, "--quiet=false", "--verbose")
        let logged = run.errors.split(separator: "\n").filter { $0.contains(" -> ") }
            .compactMap { $0.split(separator: " -> ").first }
        #expect(logged.count == controlPlane.requests.count)
    }

    @Test func `are not waited for where a read is not needed after all`() throws {
        let controlPlane = try controlPlane(hasWorkload: false)
        // Waiting for it would take longer than a test may.
        controlPlane.always(.getWorkload, .silence)
        let run = try publish(to: controlPlane, .http2)
        #expect(run.errors == "")
        #expect(try result(run, controlPlane) == ["\"created\"", "true"])
    }

    @Test func `report the failure of the creation and not of a read`() throws {
        let controlPlane = try controlPlane(hasWorkload: true)
        controlPlane.always(.createWorkload, .error(422))
        controlPlane.always(.getWorkload, .resetBeforeWork)
        let run = try publish(to: controlPlane, .http2)
        #expect(run.status == 65)
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(run.errors.contains("POST") && run.errors.contains("422"))
        #expect(controlPlane.requests(.updateWorkload).isEmpty && controlPlane.requests(.updateWorkflowRun).isEmpty)
    }

    @Test func `are reached anew after a timeout, for their connection may be dead`() throws {
        let controlPlane = try controlPlane(hasWorkload: true)
        controlPlane.script(.createWorkload, [.silence])
        let run = try publish(
            to: controlPlane, .http2, "--request-timeout", "2s", "--max-retries", "1", "--verbose")
        #expect(run.status == 0)
        #expect(run.errors.contains("(attempt 2, new connection"))
        #expect(controlPlane.workloads["default", "api-workload"]?["metadata"]?["labels"] == ["team": "a"])
    }

    @Test func `are said to be waited for where all time goes by with a read ahead`() throws {
        let controlPlane = try controlPlane(hasWorkload: true)
        controlPlane.always(.getWorkload, .silence)
        let run = try publish(to: controlPlane, .http2, "--timeout", "2s")
        #expect(run.status == 75)
        #expect(run.errors.contains("GET "))
        #expect(run.errors.contains("the time for the whole step (2s) ended while waiting for the response"))
        #expect(controlPlane.requests(.updateWorkload).isEmpty)
    }
}
