import ControlPlaneAccess
import JSON
import Kubernetes
import MockControlPlane
import Objects
import Testing

@Suite struct WorkloadsInTheKubernetesAPI {
    private let key = ("workloads.openchoreo.dev", "shop", "api")

    private func write(_ item: Item, _ cluster: Cluster) throws(Problem) -> Outcome {
        let api: KubernetesAPI
        do { api = try cluster.api() } catch { throw Problem(.program, at: "", "\(error)") }
        return try api.workloads(in: "shop").write(item)
    }

    private func problem(_ item: Item, _ cluster: Cluster) -> Problem? {
        do throws(Problem) {
            _ = try write(item, cluster)
            return nil
        } catch { return error }
    }

    @Test func `Workloads in the Kubernetes API are created, found unchanged and updated by version`() throws {
        let cluster = try Cluster()
        #expect(try write(Cluster.item("a:1"), cluster).action == .created)
        #expect(try write(Cluster.item("a:1"), cluster).action == .unchanged)
        #expect(try write(Cluster.item("a:2"), cluster).action == .updated)
        #expect(
            cluster.routes == [
                .kubernetesCreate, .kubernetesCreate, .kubernetesGet, .kubernetesCreate, .kubernetesGet,
                .kubernetesReplace,
            ])
        #expect(
            cluster.server.requests[0].target
                == "/apis/openchoreo.dev/v1alpha1/namespaces/shop/workloads?fieldManager=workload-publisher"
                + "&fieldValidation=Strict")
        let stored = try #require(cluster.server.kubernetes[key.0, key.1, key.2])
        #expect(stored["spec"]?["container"]?["image"] == "a:2")
        #expect(stored["metadata"]?["managedFields"]?.array?.compactMap { $0["manager"] } == ["workload-publisher"])
    }

    @Test func `Workloads in the Kubernetes API keep what others put into their metadata`() throws {
        let cluster = try Cluster()
        cluster.server.kubernetes[key.0, key.1, key.2] = try JSONValue(
            parsing: #"""
                {"metadata": {"finalizers": ["example.com/hold"], "ownerReferences": [{"uid": "u"}], "labels": {"a": "b"}},
                 "spec": {"owner": {"projectName": "shop", "componentName": "api"}, "container": {"image": "a:1"}}}
                """#)
        #expect(try write(Cluster.item("a:2", update: .merge), cluster).action == .updated)
        let metadata = cluster.server.kubernetes[key.0, key.1, key.2]?["metadata"]
        #expect(metadata?["finalizers"] == ["example.com/hold"])
        #expect(metadata?["ownerReferences"] == [["uid": "u"]])
        #expect(metadata?["labels"]?["a"] == "b")
    }

    @Test func `Workloads in the Kubernetes API lose an endpoint that the new one does not have`() throws {
        let cluster = try Cluster()
        var exposed = Cluster.item("a:1").built
        exposed = exposed.setting(["web": ["port": 80, "type": "HTTP"]], at: ["spec", "endpoints"])
        _ = try cluster.api().workloads(in: "shop").create(exposed)
        #expect(try write(Cluster.item("a:1"), cluster).action == .updated)
        #expect(cluster.server.kubernetes[key.0, key.1, key.2]?["spec"]?["endpoints"] == nil)
    }

    @Test func `Workloads in the Kubernetes API are read afresh where another write came first`() throws {
        let cluster = try Cluster()
        _ = try write(Cluster.item("a:1"), cluster)
        let server = cluster.server
        server.onRequest { [weak server] request in
            guard request.route == .kubernetesReplace, let server, server.requests(.kubernetesReplace).count == 1 else {
                return
            }
            let other: JSONValue = [
                "metadata": ["labels": ["theirs": "x"]],
                "spec": [
                    "owner": ["projectName": "shop", "componentName": "api"], "container": ["image": "other:1"],
                ],
            ]
            server.kubernetes["workloads.openchoreo.dev", "shop", "api"] = other
        }
        #expect(try write(Cluster.item("a:2", update: .merge), cluster).action == .updated)
        let stored = server.kubernetes[key.0, key.1, key.2]
        #expect(stored?["metadata"]?["labels"]?["theirs"] == "x")
        #expect(stored?["spec"]?["container"]?["image"] == "a:2")
        #expect(server.requests(.kubernetesReplace).map(\.status) == [409, 200])
    }

    @Test func `Workloads in the Kubernetes API that are being deleted are waited for and made anew`() throws {
        let cluster = try Cluster()
        let server = cluster.server
        server.kubernetes[key.0, key.1, key.2] = Cluster.item("a:1").built.setting(
            "2026-01-01T00:00:00Z", at: ["metadata", "deletionTimestamp"])
        server.onRequest { [weak server] request in
            guard let server, server.requests(.kubernetesGet).count == 2 else { return }
            server.kubernetes["workloads.openchoreo.dev", "shop", "api"] = nil
        }
        #expect(try write(Cluster.item("a:2"), cluster).action == .created)
    }

    @Test(arguments: [
        (MockControlPlane.Route.kubernetesCreate, MockControlPlane.Fault.resetAfterWork, WriteAction.created),
        (.kubernetesCreate, .resetBeforeWork, .created), (.kubernetesCreate, .error(429), .created),
        (.kubernetesCreate, .error(504), .created), (.kubernetesCreate, .error(503), .created),
        (.kubernetesCreate, .truncated(), .created), (.kubernetesCreate, .close, .created),
        (.kubernetesReplace, .resetAfterWork, .updated), (.kubernetesReplace, .resetBeforeWork, .updated),
        (.kubernetesReplace, .error(504), .updated), (.kubernetesReplace, .truncated(), .updated),
        (.kubernetesReplace, .error(500), .updated), (.kubernetesGet, .error(429), .updated),
        (.kubernetesGet, .truncated(), .updated), (.kubernetesGet, .resetBeforeWork, .updated),
    ])
    func `Workloads in the Kubernetes API survive a fault at each request`(
        route: MockControlPlane.Route, fault: MockControlPlane.Fault, action: WriteAction
    ) throws {
        let cluster = try Cluster()
        if action == .updated { _ = try write(Cluster.item("a:1"), cluster) }
        cluster.server.script(route, [fault])
        #expect(try write(Cluster.item("a:2"), cluster).action == action)
        #expect(cluster.server.pendingFaultCount == 0)
        #expect(cluster.server.kubernetes[key.0, key.1, key.2]?["spec"]?["container"]?["image"] == "a:2")
    }

    @Test(arguments: [
        (422, "Invalid", "no", Problem.Kind.invalid), (400, "BadRequest", "no", .invalid),
        (413, "RequestEntityTooLarge", "limit", .invalid), (500, "", "etcdserver: request is too large", .invalid),
        (
            500, "", "failed to create typed patch object (a/b; v1, Kind=X): .spec.y: field not declared in schema",
            .invalid
        ),
        (500, "", "rpc error: desc = trying to send message larger than max (3 vs. 2)", .invalid),
        (500, "InternalError", "failed calling webhook", .temporary), (504, "Timeout", "Timeout", .temporary),
        (401, "Unauthorized", "Unauthorized", .denied), (403, "Forbidden", "User \"x\" cannot create", .denied),
        (403, "Forbidden", "w is forbidden: exceeded quota: t, requested: 1", .refused),
        (405, "MethodNotAllowed", "no", .refused), (415, "UnsupportedMediaType", "no", .refused),
    ])
    func `Workloads in the Kubernetes API have a kind of problem for each refusal`(
        status: Int, reason: String, message: String, kind: Problem.Kind
    ) throws {
        let cluster = try Cluster()
        cluster.server.always(
            .kubernetesCreate,
            .response(.kubernetesStatus(status, message, reason: reason.isEmpty ? nil : reason)))
        let problem = try #require(self.problem(Cluster.item("a:1"), cluster))
        #expect(problem.kind == kind)
        #expect(problem.text.hasSuffix(": \(message)"))
        let isRetried = kind == .temporary
        #expect(cluster.server.requests.count == (isRetried ? 6 : 1))
    }

    @Test(
        arguments: [MockControlPlane.Route.kubernetesCreate, .kubernetesReplace], ["", "{}", "[]", "null", "<html>"])
    func `Workloads in the Kubernetes API are written where the response is the object alone`(
        route: MockControlPlane.Route, body: String
    ) throws {
        let cluster = try Cluster()
        if route == .kubernetesReplace { _ = try write(Cluster.item("a:1"), cluster) }
        cluster.server.always(route, .workThenResponse(.text(200, body)))
        #expect(problem(Cluster.item("a:2"), cluster)?.kind == .protocolViolation)
    }

    @Test func `Workloads in the Kubernetes API that no server knows are a missing definition`() throws {
        let cluster = try Cluster()
        cluster.server.always(.kubernetesCreate, .response(.text(404, "404 page not found\n")))
        let problem = try #require(self.problem(Cluster.item("a:1"), cluster))
        #expect(problem.kind == .refused)
        #expect((problem.cause as? KubernetesRefusal)?.reason == .notServed)
        cluster.server.always(.kubernetesCreate, .response(.text(404, "<html>")))
        #expect(self.problem(Cluster.item("a:1"), cluster)?.kind == .protocolViolation)
    }

    @Test func `Workloads in the Kubernetes API in a namespace that is missing or being deleted are refused for that`()
        throws
    {
        let cluster = try Cluster { $0.kubernetes.existingNamespaces = [] }
        let missing = try #require(self.problem(Cluster.item("a:1"), cluster))
        #expect(missing.kind == .refused)
        #expect((missing.cause as? KubernetesRefusal)?.reason == .missingNamespace)
        cluster.server.kubernetes["namespaces", "", "shop"] = ["metadata": ["deletionTimestamp": "t"]]
        let ending = try #require(self.problem(Cluster.item("a:1"), cluster))
        #expect(ending.kind == .refused)
        #expect((ending.cause as? KubernetesRefusal)?.reason == .endingNamespace)
    }

    @Test func `Workloads in the Kubernetes API that exist and may not be read are not touched`() throws {
        let cluster = try Cluster { $0.kubernetes.denied = ["get workloads"] }
        _ = try write(Cluster.item("a:1"), cluster)
        let problem = try #require(self.problem(Cluster.item("a:2"), cluster))
        #expect(problem.kind == .denied)
        #expect(cluster.server.requests(.kubernetesReplace).isEmpty)
    }

    @Test func `Workloads in the Kubernetes API name every cause of a refusal but the one that says nothing`() throws {
        let cluster = try Cluster()
        let item = Cluster.item("")
        let bad = item.built.setting(["a": ["port": 70_000, "type": "X"]], at: ["spec", "endpoints"])
        let problem = #expect(throws: Problem.self) { try cluster.api().workloads(in: "shop").create(bad) }
        #expect(
            problem?.text
                == #"422 Unprocessable Content: Workload.openchoreo.dev "api" is invalid: spec.container.image: Invalid value: "": spec.container.image in body should be at least 1 chars long; spec.endpoints.a.port: Invalid value: 70000: spec.endpoints.a.port in body should be less than or equal to 65535; spec.endpoints.a.type: Unsupported value: "X": supported values: "HTTP", "gRPC", "GraphQL", "Websocket", "TCP", "UDP""#
        )
    }

    @Test func `Workloads in the Kubernetes API have rights that can be asked for`() throws {
        let cluster = try Cluster { $0.kubernetes.denied = ["update workloads"] }
        let api = try cluster.api()
        #expect(try api.isAllowed("create", .workload, in: "shop"))
        #expect(try !api.isAllowed("update", .workload, in: "shop"))
        #expect(
            cluster.server.requests.last?.text
                == #"{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"group":"openchoreo.dev","namespace":"shop","resource":"workloads","verb":"update"}}}"#
        )
    }

    @Test func `Workloads in the Kubernetes API go with runs of which the annotations are written alone`() throws {
        let cluster = try Cluster()
        cluster.server.kubernetes["workflowruns.openchoreo.dev", "shop", "run"] = [
            "metadata": ["annotations": ["a": "b", "gone": "x"]], "spec": ["x": 1],
        ]
        let runs = try cluster.api().workflowRuns(in: "shop")
        let identity = ObjectIdentity(kind: "workflowrun", namespace: "shop", name: "run")
        let outcome = try runs.revise(identity) {
            $0.setting(["a": "b", "c": "d"], at: ["metadata", "annotations"])
        }
        #expect(outcome.action == .updated)
        let request = try #require(cluster.server.requests.last)
        #expect(request.method == "PATCH")
        #expect(request.header("Content-Type") == "application/merge-patch+json")
        #expect(request.text == #"{"metadata":{"annotations":{"c":"d","gone":null}}}"#)
        let stored = cluster.server.kubernetes["workflowruns.openchoreo.dev", "shop", "run"]
        #expect(stored?["metadata"]?["annotations"] == ["a": "b", "c": "d"])
        #expect(stored?["spec"] == ["x": 1])
    }
}
