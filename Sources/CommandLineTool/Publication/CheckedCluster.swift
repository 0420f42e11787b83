import ControlPlaneAccess
import HTTP
import Kubernetes
import Objects
import WorkloadModel

/// The Kubernetes API as check looks at it.
struct CheckedCluster: CheckedStore {
    let client: APIClient
    private var api: KubernetesAPI { KubernetesAPI(client: client) }

    func connection() throws(Problem) -> Finding {
        // It is asked without a token, and many a cluster shows nothing then.
        try reached("version", "check that this is a Kubernetes API server") { [200, 401, 403].contains($0) }
    }

    func rights(_ publication: Publication) throws(Problem) -> Finding {
        let namespace = publication.workload.parameters.namespace
        var needed = ["get", "create", "update"].map { (verb: $0, kind: ResourceKind.workload) }
        if publication.runName != nil { needed += ["get", "patch"].map { ($0, .workflowRun) } }
        var missing: [String] = []
        for (verb, kind) in needed where try !api.isAllowed(verb, kind, in: namespace) {
            missing.append("\(verb) \(kind.plural).\(kind.group)")
        }
        guard !missing.isEmpty else {
            return .ok(needed.map { "\($0.verb) \($0.kind.plural).\($0.kind.group)" }.joined(separator: ", "))
        }
        return .error(
            .noPermission, "the credential lacks \(missing.joined(separator: ", "))",
            hint: "bind a Role to it that has these, in the namespace \(namespace)")
    }

    func workload(_ publication: Publication) throws(Problem) -> Finding {
        let namespace = publication.workload.parameters.namespace
        let preview = try api.workloads(in: namespace).preview(publication.item)
        return .ok("\(publication.item.identity) would be \(preview.action.rawValue)")
    }

    func component(_ parameters: WorkloadParameters) throws(Problem) -> Finding {
        .skipped("the Kubernetes API takes a Workload whether there is component/\(parameters.component) or not")
    }
}
