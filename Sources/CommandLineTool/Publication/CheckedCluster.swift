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
        let response = try client.reach("version")
        if let problem = client.misdirection(response) { throw problem }
        let text = "GET \(response.request.url): \(HTTPResponse.text(ofStatus: response.status))"
        // It is asked without a token, and many a cluster shows nothing then.
        return [200, 401, 403].contains(response.status)
            ? (.ok, text, nil) : (.warning, text, "check that this is a Kubernetes API server")
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
            return (.ok, needed.map { "\($0.verb) \($0.kind.plural).\($0.kind.group)" }.joined(separator: ", "), nil)
        }
        return (
            .error, "the credential lacks \(missing.joined(separator: ", "))",
            "bind a Role to it that has these, in the namespace \(namespace)"
        )
    }

    func workload(_ publication: Publication) throws(Problem) -> Finding {
        let namespace = publication.workload.parameters.namespace
        let preview = try api.workloads(in: namespace).preview(publication.item)
        return (.ok, "\(publication.item.identity) would be \(preview.outcome.action.rawValue)", nil)
    }

    func component(_ parameters: WorkloadParameters) throws(Problem) -> Finding {
        (.skipped, "the Kubernetes API takes a Workload whether there is component/\(parameters.component) or not", nil)
    }
}
