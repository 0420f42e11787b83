import ControlPlaneAccess
import Kubernetes
import Objects
import OpenChoreo
import WorkloadModel

/// Where a Workload is published over an API: one flow, and what differs between the stores.
enum WorkloadStore {
    case openChoreo(OpenChoreoAPI)
    case kubernetes(KubernetesAPI, namespace: String)

    /// The store of a publication behind a client.
    init(_ name: StoreName, _ client: APIClient, namespace: String) {
        self =
            name == .api
            ? .openChoreo(OpenChoreoAPI(client: client, namespace: namespace))
            : .kubernetes(KubernetesAPI(client: client), namespace: namespace)
    }

    /// The OpenChoreo API, which says more than Kubernetes of what becomes of a Workload.
    var openChoreo: OpenChoreoAPI? {
        if case .openChoreo(let api) = self { api } else { nil }
    }

    /// The Workloads.
    var workloads: any ObjectCollection {
        switch self {
        case .openChoreo(let api): api.workloads
        case .kubernetes(let api, let namespace): api.workloads(in: namespace)
        }
    }

    /// Announces what will be read soon of it, and of a run where there is one.
    func willRead(_ publication: Publication) {
        let (item, run) = (publication.item, publication.runName)
        switch self {
        case .openChoreo(let api):
            api.willRead(item, component: publication.workload.parameters.component, run: run)
        case .kubernetes(let api, _): api.willRead(item, run: run)
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
    func plan(_ publication: Publication) throws(Problem) -> [PlannedRequest] {
        let (item, workload, run) = (publication.item, publication.workload, publication.runName)
        return switch self {
        case .openChoreo(let api):
            try api.plan(for: item, workload: workload, run: run, isNameLookedUp: publication.isNameLookedUp)
        case .kubernetes(let api, _): try api.plan(for: item, workload: workload, run: run)
        }
    }
}
