import CommandLineTool
import JSON
import MockControlPlane
import Testing

/// One request to the Kubernetes API that meets a fault, once or every time.
struct KubernetesFaultCell: Sendable, CustomTestStringConvertible {
    typealias Route = MockControlPlane.Route

    let fault: Fault
    let command: String
    let route: Route
    let isStanding: Bool

    static let all = Fault.all.filter(\.reachesServer).flatMap { fault in
        [
            ("publish", Route.kubernetesCreate), ("publish", .kubernetesGet), ("publish", .kubernetesReplace),
            ("publish", .kubernetesMergePatch), ("apply", .kubernetesDiscovery), ("apply", .kubernetesGet),
            ("apply", .kubernetesApply),
        ].flatMap { command, route in
            [false, true].map { KubernetesFaultCell(fault: fault, command: command, route: route, isStanding: $0) }
        }
    }.filter { !$0.isStanding || $0.canPass }

    /// What sends nothing that could be read, so that it is a response for good.
    private var isSenseless: Bool {
        ["HTML", "broken JSON", "wrong content type", "redirect", "20 MiB", "no HTTP"].contains {
            fault.description.hasPrefix($0)
        }
    }

    /// Whether the request has had its effect all the same.
    private var doesWork: Bool {
        ["reset after the work", "half a response", "half a head", "drip"].contains(fault.description)
    }

    /// Whether a second try is made at all, so that it matters what it meets.
    private var canPass: Bool {
        guard !isSenseless, fault.description != "501" else { return false }
        return fault.status.map { [401, 404, 408, 409, 429, 500, 502, 503, 504].contains($0) } ?? true
    }

    var testDescription: String { "\(fault) at \(command)'s \(route), \(isStanding ? "always" : "once")" }

    /// The end that product and protocol have for it.
    var code: ExitCode {
        switch (fault.status, route) {
        // A conflict of two writes is read afresh, and an object that exists is no failure.
        case (409, .kubernetesReplace), (409, .kubernetesApply), (409, .kubernetesMergePatch), (409, .kubernetesCreate):
            return isStanding ? .unavailable : .success
        // A kubeconfig's token never changes.
        case (401, _): return .noPermission
        // Gone in between, which begins anew; or not there, which apply makes.
        case (404, .kubernetesReplace): return isStanding ? .unavailable : .success
        case (404, .kubernetesGet): return command == "apply" ? .success : isStanding ? .noPermission : .success
        // Without the right to read an object is applied all the same.
        case (403, .kubernetesGet) where command == "apply": return .success
        case (400, _), (413, _), (422, _): return .invalidData
        case (403, _): return .noPermission
        case (404, _), (405, _), (409, _): return .unavailable
        // What was written although no response came is found when it is read before the next try.
        case (nil, .kubernetesReplace) where doesWork, (nil, .kubernetesMergePatch) where doesWork: return .success
        default:
            if isSenseless { return .protocolError }
            if fault.description == "501" { return .unavailable }
            return isStanding ? .temporaryFailure : .success
        }
    }
}

@Suite struct FaultsOfTheKubernetesAPI {
    private static let token = "t0k3n-pelican-heron-and-some-more"
    private static let key = "-----BEGIN KEY-----\nkingfisher/finch+wren\n-----END KEY-----\n"
    private static let keyData = "LS0tLS1CRUdJTiBLRVktLS0tLQpraW5nZmlzaGVyL2ZpbmNoK3dyZW4KLS0tLS1FTkQgS0VZLS0tLS0K"
    private static let detector = LeakDetector([token, "kingfisher/finch+wren", keyData])

    private func bench(_ cell: KubernetesFaultCell) throws -> Bench {
        let bench = try Bench {
            $0.acceptedTokens = [Self.token]
            $0.echoesRequests = true
        }
        let kubeconfig = """
            current-context: c
            contexts: [{name: c, context: {cluster: k, user: u, namespace: default}}]
            clusters: [{name: k, cluster: {server: '\(bench.controlPlane.baseURL)'}}]
            users: [{name: u, user: {token: '\(Self.token)', client-certificate-data: Q0VSVA==, client-key-data: \(Self.keyData)}}]
            """
        try bench.checkout.write(kubeconfig, to: "kubeconfig")
        try bench.checkout.write(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: '2'}}", to: "m.yaml")
        let kubernetes = bench.controlPlane.kubernetes
        kubernetes["configmaps", "default", "c"] = ["data": ["a": "1"]]
        kubernetes["workflowruns.openchoreo.dev", "default", "run-7"] = ["spec": ["x": 1]]
        if cell.route != .kubernetesCreate {
            kubernetes["workloads.openchoreo.dev", "default", "api-workload"] = FaultBench.oldWorkload
        }
        if case .server(let fault) = cell.fault.injection {
            if cell.isStanding {
                bench.controlPlane.always(cell.route, fault)
            } else {
                bench.controlPlane.script(cell.route, [fault])
            }
        }
        return bench
    }

    @Test(arguments: KubernetesFaultCell.all)
    func `end as promised, show no secret and are put right by the next run`(cell: KubernetesFaultCell) throws {
        let bench = try bench(cell)
        let more =
            cell.command == "apply" ? ["\(bench.checkout.path)/m.yaml"] : ["--to=kubernetes", "--run-name=run-7"]
        let patience = cell.fault.isSlow ? ["--request-timeout=250ms", "--max-retries=1"] : []
        func run(_ arguments: [String] = []) -> ToolRun {
            var environment = bench.environment
            environment["KUBECONFIG"] = "\(bench.checkout.path)/kubeconfig"
            environment["OUTPUTS_DIR"] = "\(bench.checkout.path)/out"
            return ToolRun(
                [cell.command] + more + arguments, environment: environment, workingDirectory: bench.checkout.path)
        }
        let faulty = run(patience + ["--verbose"])
        #expect(faulty.code == cell.code, "\(faulty.errors)")
        let traces =
            [faulty.output, faulty.errors]
            + bench.checkout.names.filter { $0.hasPrefix("out/") }
            .compactMap(bench.checkout.read)
        for trace in traces { #expect(Self.detector.leak(in: trace) == nil) }
        bench.controlPlane.always(cell.route, nil)
        let healthy = run()
        #expect(healthy.code == .success, "\(healthy.errors)")
        let kubernetes = bench.controlPlane.kubernetes
        if cell.command == "apply" {
            #expect(kubernetes["configmaps", "default", "c"]?["data"] == ["a": "2"])
        } else {
            let workload = kubernetes["workloads.openchoreo.dev", "default", "api-workload"]
            #expect(workload?["spec"]?["container"]?["image"] == "registry.example.com/shop/api:1.0.0")
            let annotations = kubernetes["workflowruns.openchoreo.dev", "default", "run-7"]?["metadata"]?["annotations"]
            #expect(annotations?["openchoreo.dev/workload-from-source"] == "true")
        }
    }
}
