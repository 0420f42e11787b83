import JSON
import MockControlPlane
import Testing

private let componentPath = "/api/v1/namespaces/default/components/api"
private let bindingsPath = "/api/v1/namespaces/default/releasebindings?component=api"
private let siblingsPath = "/api/v1/namespaces/default/workloads?component=api"
private let profilePath = "/api/v1/authz/profile?namespace=default&project=shop&component=api"

/// What the API says about what becomes of a Workload.
@Suite struct MockRollouts {
    private func server(_ configure: (inout MockControlPlane.Configuration) -> Void = { _ in }) throws
        -> MockControlPlane
    {
        try MockControlPlane.open { configuration in
            configuration.permissions = Set(MockControlPlane.Permission.allCases)
            configuration.now = { 1_764_244_800 }
            configuration.rollout = .healthy
            configure(&configuration)
        }
    }

    /// The release that the binding carries, its generation, and status and times of its `Ready`.
    private func binding(_ server: MockControlPlane) -> [JSONValue?] {
        let binding = server.releaseBindings["default", "api-development"]
        let ready = binding?["status"]?["conditions"]?.array?.first { $0["type"] == "Ready" }
        return [
            binding?["spec"]?["releaseName"], binding?["status"]?["observedGeneration"], ready?["status"],
            ready?["reason"], ready?["observedGeneration"],
        ]
    }

    @Test func `rollouts in the mock lie for a moment as the controllers do, a step at each read`() throws {
        let server = try server()
        _ = try server.call("POST", collectionPath, workload())
        for _ in MockControlPlane.RolloutStep.healthySteps { _ = try server.call("GET", bindingsPath) }
        let first = try #require(server.components["default", "api"]?["status"]?["latestRelease"]?["name"])
        #expect(binding(server) == [first, 1, "True", "Ready", 1])
        _ = try server.call("PUT", workloadPath, workload(image: "registry/api:2"))
        var seen: [[JSONValue?]] = []
        var names: [JSONValue?] = []
        for _ in MockControlPlane.RolloutStep.healthySteps {
            let list = try server.call("GET", bindingsPath)
            #expect(list.json?["items"] == .array([try #require(server.releaseBindings["default", "api-development"])]))
            seen.append(binding(server))
            names.append(server.components["default", "api"]?["status"]?["latestRelease"]?["name"])
        }
        let second = try #require(names.last ?? nil)
        #expect(second != first)
        #expect(names == [first, first, second, second, second, second])
        #expect(
            seen == [
                [first, 1, "True", "Ready", 1], [second, 1, "True", "Ready", 1], [second, 1, "True", "Ready", 1],
                [second, 2, "True", "Ready", 2], [second, 2, "False", "ResourcesProgressing", 2],
                [second, 2, "True", "Ready", 2],
            ])
        let release = try server.call("GET", "/api/v1/namespaces/default/componentreleases/\(second.string ?? "")")
        #expect(release.json?["spec"]?["workload"] == ["container": ["image": "registry/api:2"]])
        // The same content is the same release.
        _ = try server.call("PUT", workloadPath, workload())
        for _ in MockControlPlane.RolloutStep.healthySteps { _ = try server.call("GET", componentPath) }
        #expect(binding(server).first == first)
    }

    @Test func `rollouts in the mock end in the failure that is asked for`() throws {
        let failure = MockControlPlane.RolloutStep.failed(
            condition: "ReleaseSynced", reason: "RenderingFailed", message: "no endpoint")
        let server = try server { $0.rollout = [.released, failure] }
        _ = try server.call("POST", collectionPath, workload())
        for _ in 0..<2 { _ = try server.call("GET", componentPath) }
        #expect(binding(server).dropFirst(2) == ["False", "RenderingFailed", 1])
        let conditions = server.releaseBindings["default", "api-development"]?["status"]?["conditions"]?.array
        #expect(conditions?.map { $0["type"] } == ["ReleaseSynced", "Ready"])
    }

    @Test func `rollouts in the mock wait in a condition that Ready does not name`() throws {
        let pending = MockControlPlane.RolloutStep.pending(
            condition: "ConnectionsResolved", reason: "ConnectionsPending", message: "1 connections pending")
        let server = try server { $0.rollout = [pending] }
        _ = try server.call("POST", collectionPath, workload())
        _ = try server.call("GET", componentPath)
        #expect(binding(server).dropFirst(2) == ["False", "ReleaseSynced", 1])
    }

    @Test func `rollouts in the mock release neither of two Workloads, nor one where nothing deploys by itself`() throws
    {
        let server = try server()
        server.components["default", "api"] = ["spec": ["autoDeploy": true, "owner": ["projectName": "shop"]]]
        server.workloads["default", "other"] = workload(name: "other")
        _ = try server.call("POST", collectionPath, workload())
        let condition = try server.call("GET", componentPath).json?["status"]?["conditions"]?.array?.first
        #expect(condition?["reason"] == "InvalidConfiguration")
        #expect(condition?["message"] == #"Multiple Workloads found for component "api" (expected exactly 1)"#)
        #expect(server.componentReleases.paths.isEmpty)
        server.workloads["default", "other"] = nil
        server.components["default", "api"] = ["spec": ["autoDeploy": false, "owner": ["projectName": "shop"]]]
        _ = try server.call("PUT", workloadPath, workload(image: "registry/api:2"))
        #expect(
            try server.call("GET", componentPath).json?["status"]?["conditions"]?.array?.first?["reason"]
                == "Reconciled")
        #expect(server.componentReleases.paths.isEmpty)
    }

    @Test func `rollouts in the mock stop at a Component of another project`() throws {
        let server = try server()
        server.components["default", "api"] = ["spec": ["autoDeploy": true, "owner": ["projectName": "other"]]]
        #expect(try server.call("POST", collectionPath, workload()).status == 201)
        #expect(try server.call("GET", componentPath).json?["status"] == [:])
    }

    @Test
    func `rollouts in the mock are hidden from the shipped role, which sees empty lists and a component that is there`()
        throws
    {
        let server = try server { configuration in
            configuration.permissions = MockControlPlane.Permission.shipped.subtracting([.workloadView])
            configuration.existingComponents = ["api"]
        }
        server.workloads["default", "api-workload"] = workload()
        for path in [bindingsPath, siblingsPath] {
            let list = try server.call("GET", path)
            #expect(list.status == 200)
            #expect(list.text == #"{"items":[],"pagination":{}}"#)
        }
        let there = try server.call("GET", componentPath)
        #expect(there.status == 403)
        #expect(
            there.text == #"{"code":"FORBIDDEN","error":"You do not have permission to perform this operation"}"#)
        let absent = try server.call("GET", "/api/v1/namespaces/default/components/none")
        #expect(absent.status == 404)
        #expect(absent.text == #"{"code":"NOT_FOUND","error":"Component not found"}"#)
    }

    @Test func `rollouts in the mock list a component's Workloads, a page at a time`() throws {
        let server = try server { $0.rollout = nil }
        for name in ["b", "a"] { server.workloads["default", name] = workload(name: name) }
        server.workloads["default", "web"] = workload(name: "web") {
            $0["owner"] = ["projectName": "shop", "componentName": "web"]
        }
        let list = try server.call("GET", siblingsPath)
        #expect(list.json?["items"]?.array?.map { $0["metadata"]?["name"] } == ["a", "b"])
        #expect(list.json?["pagination"] == [:])
        let page = try server.call("GET", siblingsPath + "&limit=1")
        #expect(page.json?["items"]?.array?.map { $0["metadata"]?["name"] } == ["a"])
        #expect(page.json?["pagination"] == ["nextCursor": "more"])
    }

    @Test func `rollouts in the mock say the rights of a token's bearer`() throws {
        let server = try server { configuration in
            configuration.permissions = [.workloadView]
            configuration.permissionPath = "ns/default/project/shop"
        }
        let profile = try server.call("GET", profilePath)
        #expect(profile.status == 200)
        #expect(
            profile.json?["capabilities"] == [
                "workload:view": ["allowed": [["path": "ns/default/project/shop"]], "denied": []]
            ])
        #expect(
            profile.json?["user"] == [
                "entitlement_claim": "sub", "entitlement_values": ["openchoreo-workload-publisher-client"],
                "type": "service_account",
            ])
        let none = try self.server { $0.permissions = [] }
        #expect(try none.call("GET", profilePath).json?["capabilities"] == [:])
        #expect(try none.call("GET", profilePath, headers: []).status == 401)
    }
}

extension MockControlPlane.RolloutStep {
    fileprivate static let healthySteps: [Self] = .healthy
}

/// What the API does to a Workload, and what it says to everyone.
@Suite struct MockDiscovery {
    @Test(arguments: [
        ("/health", "text/plain", "OK"), ("/ready", "text/plain", "Ready"),
    ])
    func `the mock's OpenChoreo API needs no token for a probe`(path: String, type: String, body: String) throws {
        let server = try MockControlPlane.started()
        let response = try server.call("GET", path, headers: [])
        #expect(response.status == 200)
        #expect(response.header("Content-Type") == type)
        #expect(response.text == body)
        #expect(try server.call("HEAD", path, headers: []).status == 200)
        #expect(server.requests.map(\.route) == [.publicPage, .publicPage])
    }

    @Test func `the mock's OpenChoreo API names its version and its issuer`() throws {
        let server = try MockControlPlane.started { $0.issuer = "https://id.example" }
        #expect(try server.call("GET", "/version", headers: []).json?["version"] == "v1.2.3")
        let metadata = try server.call("GET", "/.well-known/oauth-protected-resource", headers: []).json
        #expect(metadata?["authorization_servers"] == ["https://id.example"])
        #expect(metadata?["openchoreo_security_enabled"] == true)
    }

    @Test(arguments: [
        (MockControlPlane.TokenRefusal.invalidToken, "invalid or expired token"),
        (.invalidClaims, "token claims validation failed"),
        (.missingToken, "missing or invalid authentication token"),
    ])
    func `the mock's OpenChoreo API refuses a token by kind`(code: MockControlPlane.TokenRefusal, message: String)
        throws
    {
        let server = try MockControlPlane.started { $0.tokenRefusal = code }
        let text = #"{"error":"\#(code.rawValue)","message":"\#(message)"}"#
        #expect(try server.call("GET", workloadPath).text == text)
        let scripted = try MockControlPlane.open()
        scripted.script(.getWorkload, [.unauthorized(code)])
        #expect(try scripted.call("GET", workloadPath).text == text)
    }

    @Test func `the mock's OpenChoreo API says in plain text that it cannot decode a body`() throws {
        let server = try MockControlPlane.open()
        server.script(.createWorkload, [.undecodable("unexpected EOF")])
        let response = try server.call("POST", collectionPath, workload())
        #expect(response.status == 400)
        #expect(response.header("Content-Type") == "text/plain; charset=utf-8")
        #expect(response.header("X-Content-Type-Options") == "nosniff")
        #expect(response.text == "can't decode JSON body: unexpected EOF\n")
    }

    @Test func `the mock's OpenChoreo API sets the labels of project and component, whatever is sent`() throws {
        let server = try MockControlPlane.open { $0.setsOwnerLabels = true }
        let labels: JSONValue = ["a": "b", "openchoreo.dev/component": "other"]
        let response = try server.call("POST", collectionPath, workload(metadata: [("labels", labels)]))
        #expect(
            response.json?["metadata"]?["labels"]
                == ["a": "b", "openchoreo.dev/component": "api", "openchoreo.dev/project": "shop"])
        let replaced = try server.call("PUT", workloadPath, workload())
        #expect(
            replaced.json?["metadata"]?["labels"]
                == ["openchoreo.dev/component": "api", "openchoreo.dev/project": "shop"])
    }

    @Test func `the mock's OpenChoreo API leaves out what it does not know and says that it was created`() throws {
        let server = try MockControlPlane.open { $0.droppedMembers = ["source", "dependencies.resources"] }
        let sent = workload {
            $0["source"] = ["commit": "abc"]
            $0["dependencies"] = ["endpoints": [], "resources": [["ref": "db"]]]
        }
        let response = try server.call("POST", collectionPath, sent)
        #expect(response.status == 201)
        #expect(response.json?["spec"]?["source"] == nil)
        #expect(response.json?["spec"]?["dependencies"] == ["endpoints": []])
    }

    @Test func `the mock's OpenChoreo API takes writes to a Workload that is being deleted, until it is gone`() throws {
        let server = try MockControlPlane.open()
        server.workloads["default", "api-workload"] = workload()
        server.deleteWorkload("default", "api-workload", afterRequests: 2)
        #expect(try server.call("GET", workloadPath).json?["metadata"]?["deletionTimestamp"] != nil)
        let written = try server.call("PUT", workloadPath, workload())
        #expect(written.status == 200)
        #expect(written.json?["metadata"]?["deletionTimestamp"] != nil)
        #expect(try server.call("GET", workloadPath).status == 404)
        #expect(try server.call("POST", collectionPath, workload()).status == 201)
    }

    @Test func `the mock's OpenChoreo API says the time of the control plane with every response of its own`() throws {
        let server = try MockControlPlane.open { $0.now = { 1_764_244_800 } }
        #expect(try server.call("GET", workloadPath).header("Date") == "Thu, 27 Nov 2025 12:00:00 GMT")
    }

    @Test func `the mock's OAuth server calls every unknown path unauthorized`() throws {
        let server = try MockControlPlane.started { $0.hostRouting = .init() }
        let response = try server.call("POST", "/oauth/token", headers: ["Host: thunder.openchoreo.localhost"])
        #expect(response.status == 401)
        #expect(response.header("WWW-Authenticate") == "Bearer")
        #expect(
            response.text
                == #"{"error":"unauthorized","error_description":"Authentication is required to access this resource"}"#
        )
    }
}
