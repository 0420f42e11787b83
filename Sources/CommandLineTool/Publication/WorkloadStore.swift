import ControlPlaneAccess
import Kubernetes
import Objects
import OpenChoreo
import WorkloadModel

/// Where a Workload is published: one flow, and what differs between the stores.
enum WorkloadStore {
    case openChoreo(OpenChoreoAPI)
    case kubernetes(KubernetesAPI, namespace: String)

    /// Announces what will be read soon of it, and of a run where there is one.
    func willRead(_ publication: Publication) {
        let (item, run) = (publication.item, publication.runName)
        switch self {
        case .openChoreo(let api):
            api.willRead(item, component: publication.workload.parameters.component, run: run)
        case .kubernetes(let api, _): api.willRead(item, run: run)
        }
    }

    /// Creates or updates it.
    func write(_ item: Item) throws(Problem) -> Outcome {
        switch self {
        case .openChoreo(let api): try api.workloads.write(item)
        case .kubernetes(let api, let namespace): try api.workloads(in: namespace).write(item)
        }
    }

    /// What writing it would do.
    func preview(_ item: Item) throws(Problem) -> Preview {
        switch self {
        case .openChoreo(let api): try api.workloads.preview(item)
        case .kubernetes(let api, let namespace): try api.workloads(in: namespace).preview(item)
        }
    }

    /// Sets the annotations by which a run says what it published, and returns them.
    func annotate(run: String, with workload: Workload) throws(Problem) -> RunAnnotations {
        switch self {
        case .openChoreo(let api): try api.annotate(run: run, with: workload)
        case .kubernetes(let api, let namespace): try api.annotate(run: run, in: namespace, with: workload)
        }
    }

    /// All requests behind that for a token, as far as they can be known without asking anything of a server.
    static func plan(
        _ publication: Publication, over client: APIClient, to store: StoreName
    ) throws(Problem) -> [PlannedRequest] {
        let (item, workload, run) = (publication.item, publication.workload, publication.runName)
        return store == .api
            ? try OpenChoreoAPI(client: client, namespace: item.identity.namespace ?? "")
                .plan(for: item, workload: workload, run: run, isNameLookedUp: publication.isNameLookedUp)
            : try KubernetesAPI(client: client).plan(for: item, workload: workload, run: run)
    }
}
