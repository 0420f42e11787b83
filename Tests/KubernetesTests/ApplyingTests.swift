import ControlPlaneAccess
import JSON
import Kubernetes
import MockControlPlane
import Objects
import Testing

@Suite struct ApplyingManifests {
    private func config(_ data: JSONValue, name: String = "c") throws -> Manifest {
        let object: JSONValue = [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name)], "data": data,
        ]
        return try Cluster.manifest(object.text())
    }

    private func applying(
        _ cluster: Cluster, manager: String = "workload-publisher", force: Bool = false, dryRun: Bool = false
    ) throws -> Applying {
        Applying(
            try cluster.api(fieldManager: manager), defaultNamespace: "shop", forcesConflicts: force, isDryRun: dryRun)
    }

    @Test func `applying creates, leaves unchanged and updates`() throws {
        let cluster = try Cluster()
        var applying = try applying(cluster)
        let created = try applying.apply(config(["a": "1"]))
        #expect(created.action == .created)
        #expect("\(created.identity)" == "configmap/c")
        #expect(created.identity.namespace == "shop")
        #expect(try applying.apply(config(["a": "1"])).action == .unchanged)
        #expect(try applying.apply(config(["a": "2"])).action == .updated)
        #expect(
            cluster.routes == [.kubernetesDiscovery]
                + Array(repeating: [.kubernetesGet, .kubernetesApply], count: 3).joined())
        #expect(
            cluster.server.requests[2].target
                == "/api/v1/namespaces/shop/configmaps/c?fieldManager=workload-publisher&fieldValidation=Strict")
        #expect(cluster.server.requests[2].header("Content-Type") == "application/apply-patch+yaml")
    }

    @Test func `applying takes away what is no longer in the manifest`() throws {
        let cluster = try Cluster()
        var applying = try applying(cluster)
        _ = try applying.apply(config(["a": "1", "b": "2"]))
        #expect(try applying.apply(config(["a": "1"])).object["data"] == ["a": "1"])
    }

    /// Every character that YAML or JSON treats in a way of its own, between two others.
    @Test func `applying brings each text over as it was written`() throws {
        let cluster = try Cluster()
        var applying = try applying(cluster)
        var scalars = (0...0x2FF).compactMap(Unicode.Scalar.init)
        scalars += [0x2028, 0x2029, 0xD7FF, 0xE000, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F642, 0x1FFFE, 0x10FFFF]
            .compactMap { Unicode.Scalar(UInt32($0)) }
        let text = scalars.map { "a \($0) /b" }.joined()
        let applied = try applying.apply(config(["text": .string(text)]))
        #expect(applied.object["data"]?["text"] == .string(text))
        #expect(cluster.server.kubernetes["configmaps", "shop", "c"]?["data"]?["text"] == .string(text))
    }

    @Test func `applying names field and manager of a conflict, and takes the field over by force`() throws {
        let cluster = try Cluster()
        var theirs = try applying(cluster, manager: "kubectl")
        _ = try theirs.apply(config(["a": "1"]))
        var ours = try applying(cluster)
        let problem = #expect(throws: Problem.self) { try ours.apply(config(["a": "2"])) }
        #expect(problem?.kind == .conflict)
        guard case .fieldConflict(let conflicts)? = (problem?.cause as? KubernetesRefusal)?.reason else {
            Issue.record("no conflict")
            return
        }
        #expect(conflicts.map { "\($0.field) \($0.manager)" } == [".data.a kubectl"])
        var forcing = try applying(cluster, force: true)
        #expect(try forcing.apply(config(["a": "2"])).action == .updated)
    }

    @Test(arguments: [
        (#"conflict with "kubectl" with subresource "status" using v1"#, "kubectl"),
        ("conflict with a manager of no name", "conflict with a manager of no name"),
    ])
    func `applying takes nothing over where one of several conflicts is another manager's`(
        message: String, manager: String
    ) throws {
        let cluster = try Cluster()
        let causes: JSONValue = [
            ["reason": "FieldManagerConflict", "field": ".data.a", "message": #"conflict with "workload-publisher""#],
            ["reason": "FieldManagerConflict", "field": ".data.b", "message": .string(message)],
        ]
        cluster.server.always(
            .kubernetesApply, .response(.kubernetesStatus(409, "no", reason: "Conflict", details: ["causes": causes])))
        var applying = try applying(cluster)
        let problem = #expect(throws: Problem.self) { try applying.apply(config(["a": "2"])) }
        guard case .fieldConflict(let conflicts)? = (problem?.cause as? KubernetesRefusal)?.reason else {
            Issue.record("no conflict")
            return
        }
        #expect(conflicts.map(\.manager) == ["workload-publisher", manager])
        #expect(cluster.server.requests(.kubernetesApply).count == 1)
    }

    @Test func `applying takes over what an update under its own name wrote`() throws {
        let cluster = try Cluster()
        _ = try cluster.api().workloads(in: "shop").write(Cluster.item("a:1"))
        var applying = try applying(cluster)
        let object = Cluster.item("a:2").built.setting("openchoreo.dev/v1alpha1", at: ["apiVersion"])
            .setting("Workload", at: ["kind"])
        #expect(try applying.apply(Cluster.manifest(object.text())).action == .updated)
        #expect(cluster.server.requests.last?.target.hasSuffix("&force=true") == true)
    }

    @Test func `applying waits until an object is gone that is being deleted, and makes it anew`() throws {
        let cluster = try Cluster()
        cluster.server.kubernetes["configmaps", "shop", "c"] = [
            "metadata": ["deletionTimestamp": "2026-01-01T00:00:00Z", "finalizers": ["example.com/hold"]],
            "data": ["a": "1"],
        ]
        let server = cluster.server
        server.onRequest { [weak server] _ in
            guard let server, server.requests(.kubernetesApply).count == 3 else { return }
            server.kubernetes["configmaps", "shop", "c"] = nil
        }
        var applying = try applying(cluster)
        #expect(try applying.apply(config(["a": "1"])).action == .created)
        #expect(cluster.server.kubernetes["configmaps", "shop", "c"]?["data"] == ["a": "1"])
        #expect(cluster.clock.sleeps.allSatisfy { $0 == .seconds(1) } && cluster.clock.sleeps.count >= 2)
    }

    @Test func `applying ends with the time where an object that is being deleted does not go`() throws {
        let cluster = try Cluster()
        cluster.server.kubernetes["configmaps", "shop", "c"] = [
            "metadata": ["deletionTimestamp": "2026-01-01T00:00:00Z", "finalizers": ["example.com/hold"]]
        ]
        var applying = try applying(cluster)
        let problem = #expect(throws: Problem.self) { try applying.apply(config(["a": "1"])) }
        #expect(problem?.description == "configmap/c: it is being deleted, and is still there")
        #expect(problem?.kind == .temporary)
    }

    @Test func `applying does not call unchanged what it could not read`() throws {
        let cluster = try Cluster { $0.kubernetes.denied = ["get configmaps"] }
        cluster.server.script(
            .kubernetesApply, [.resetAfterWork, .response(.json(200, ["metadata": ["name": "c"]]))])
        var applying = try applying(cluster)
        #expect(try applying.apply(config(["a": "1"])).action == .updated)
    }

    @Test func `applying goes on without the right to read`() throws {
        let cluster = try Cluster { $0.kubernetes.denied = ["get configmaps"] }
        var applying = try applying(cluster)
        #expect(try applying.apply(config(["a": "1"])).action == .created)
        #expect(try applying.apply(config(["a": "2"])).action == .updated)
    }

    @Test func `applying waits for the kind that it has just defined`() throws {
        let cluster = try Cluster { $0.kubernetes.requestsUntilServed = 5 }
        let manifests = try Manifest.all(in: Array(Self.definition.utf8), of: "m.yaml")
        var applying = try applying(cluster)
        #expect(try manifests.map { try applying.apply($0).action } == [.created, .created])
        #expect(cluster.clock.sleeps.allSatisfy { $0 == .milliseconds(100) })
        #expect(!cluster.clock.sleeps.isEmpty)
    }

    @Test func `applying gives up on a kind that is not served ten seconds after its definition`() throws {
        let cluster = try Cluster { $0.kubernetes.requestsUntilServed = 10_000 }
        let manifests = try Manifest.all(in: Array(Self.definition.utf8), of: "m.yaml")
        var applying = try applying(cluster)
        _ = try applying.apply(manifests[0])
        let problem = #expect(throws: Problem.self) { try applying.apply(manifests[1]) }
        #expect(problem?.kind == .refused)
        #expect(problem?.text == "the API serves no kind 'Thing' of 'example.com/v1'")
        #expect((Duration.seconds(9)...Duration.seconds(10.2)).contains(cluster.clock.sleeps.reduce(.zero, +)))
    }

    @Test func `applying writes nothing of a kind that is not served`() throws {
        let cluster = try Cluster()
        var applying = try applying(cluster)
        let manifests = try Manifest.all(in: Array(Self.definition.utf8), of: "m.yaml")
        let problem = #expect(throws: Problem.self) { try applying.apply(manifests[1]) }
        #expect(problem?.place == "m.yaml:12:1")
        #expect(problem?.cause is UnservedKind)
        #expect(cluster.routes == [.kubernetesDiscovery])
    }

    @Test func `applying stores nothing in a dry run`() throws {
        let cluster = try Cluster()
        var applying = try applying(cluster, dryRun: true)
        #expect(try applying.apply(config(["a": "1"])).action == .created)
        #expect(cluster.server.kubernetes.paths == [])
        var real = try self.applying(cluster)
        _ = try real.apply(config(["a": "1"]))
        #expect(try applying.apply(config(["a": "1"])).action == .unchanged)
        #expect(try applying.apply(config(["a": "2"])).action == .updated)
    }

    @Test(arguments: [
        (MockControlPlane.Route.kubernetesApply, MockControlPlane.Fault.resetAfterWork),
        (.kubernetesApply, .resetBeforeWork), (.kubernetesApply, .error(429)), (.kubernetesApply, .error(504)),
        (.kubernetesApply, .truncated()), (.kubernetesGet, .error(503)), (.kubernetesGet, .truncated()),
        (.kubernetesDiscovery, .error(503)), (.kubernetesDiscovery, .truncated()),
        (.kubernetesDiscovery, .resetAfterWork),
    ])
    func `applying survives a fault at each request`(route: MockControlPlane.Route, fault: MockControlPlane.Fault)
        throws
    {
        let cluster = try Cluster()
        cluster.server.script(route, [fault])
        var applying = try applying(cluster)
        #expect(try applying.apply(config(["a": "1"])).action == .created)
        #expect(cluster.server.pendingFaultCount == 0)
        cluster.server.script(route, [fault])
        var again = try self.applying(cluster)
        #expect(try again.apply(config(["a": "2"])).action == .updated)
        #expect(cluster.server.kubernetes["configmaps", "shop", "c"]?["data"] == ["a": "2"])
    }

    static let definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: things.example.com}
        spec:
          group: example.com
          scope: Cluster
          names: {kind: Thing, plural: things}
          versions:
            - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
        ---
        # its first object
        apiVersion: example.com/v1
        kind: Thing
        metadata: {name: t}
        """
}

@Suite struct WaitingForObjects {
    private let manifest = #"{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "n"}}"#

    private func wait(
        _ cluster: Cluster, fatal: [String] = [], timeout: Duration = .seconds(60)
    ) throws -> Problem? {
        let api = try cluster.api(timeout: timeout)
        var applying = Applying(
            api, defaultNamespace: "shop", forcesConflicts: false, isDryRun: false)
        let applied = try applying.apply(Cluster.manifest(manifest))
        let waiting = Waiting(
            api, wanted: [try StatusCondition(".status.phase=Running")], fatal: try fatal.map(StatusCondition.init))
        return waiting.wait(for: [applied])[0]
    }

    @Test func `a wait for objects ends when all that is wanted holds`() throws {
        let cluster = try Cluster {
            $0.kubernetes.status = { _, _, reads in ["phase": reads < 4 ? "Pending" : "Running"] }
        }
        #expect(try wait(cluster) == nil)
        #expect(cluster.server.requests(.kubernetesGet).count == 5)
        #expect(cluster.clock.sleeps == [.milliseconds(100), .milliseconds(200), .milliseconds(400)])
    }

    @Test func `a wait for objects ends at once where something fatal holds`() throws {
        let cluster = try Cluster {
            $0.kubernetes.status = { _, _, reads in
                reads < 2 ? ["phase": "Pending"] : ["phase": "Failed", "remediationHint": "write 512Mi"]
            }
        }
        let problem = try wait(cluster, fatal: [".status.phase=Failed"])
        #expect(problem?.kind == .refused)
        #expect(
            problem?.description
                == "namespace/n: .status.phase=Failed holds: .status.phase is Failed; "
                + "remediationHint: write 512Mi")
    }

    @Test func `a wait for objects ends where the object is deleted`() throws {
        let cluster = try Cluster()
        let server = cluster.server
        server.onRequest { [weak server] request in
            guard let server, server.requests(.kubernetesGet).count == 3 else { return }
            server.kubernetes["namespaces", "", "n"] = nil
        }
        let problem = try wait(cluster)
        #expect(problem?.kind == .refused)
        #expect(problem?.text == "it was deleted while it was waited for")
    }

    @Test func `a wait for objects ends when the time is up, with what is there by then`() throws {
        let cluster = try Cluster { $0.kubernetes.status = { _, _, _ in ["phase": "Pending", "message": "no node"] } }
        let problem = try wait(cluster, timeout: .seconds(5))
        #expect(problem?.kind == .temporary)
        #expect(
            problem?.text
                == "the time is up while .status.phase=Running is awaited: .status.phase is Pending; "
                + "message: no node")
    }

    @Test func `a wait for objects says what was there before where the time is up in the middle of a read`() throws {
        let cluster = try Cluster { $0.kubernetes.status = { _, _, _ in ["phase": "Pending"] } }
        cluster.server.script(.kubernetesGet, [.normal, .normal, .silence])
        let problem = try wait(cluster, timeout: .seconds(1))
        #expect(problem?.kind == .temporary)
        #expect(
            problem?.text
                == "the time is up while .status.phase=Running is awaited: .status.phase is Pending")
    }
}
