import ControlPlaneAccess
import HTTP
import Kubernetes
import Objects
import OpenChoreo
import WorkloadModel

/// Where a Workload is published over an API: one flow, and what differs between the stores.
struct WorkloadStore {
    /// The OpenChoreo API, which says more than Kubernetes of what becomes of a Workload; nil where it is not the store.
    let openChoreo: OpenChoreoAPI?
    /// The Workloads.
    let workloads: any RemoteCollection
    /// The WorkflowRuns.
    private let runs: any RemoteCollection
    private let client: APIClient

    /// The store of a publication behind a client.
    init(_ name: StoreName, _ client: APIClient, namespace: String) {
        self.client = client
        if name == .api {
            let api = OpenChoreoAPI(client: client, namespace: namespace)
            (openChoreo, workloads, runs) = (api, api.workloads, api.workflowRuns)
        } else {
            let api = KubernetesAPI(client: client)
            (openChoreo, workloads, runs) = (nil, api.workloads(in: namespace), api.workflowRuns(in: namespace))
        }
    }

    /// What is to be published, under the name that the component's one Workload has, where that is asked for.
    func lookedUp(_ publication: Publication) throws(Problem) -> Publication {
        guard publication.isNameLookedUp, let openChoreo else { return publication }
        return try openChoreo.nameOfWorkload(in: publication.scope).map(publication.named) ?? publication
    }

    /// Announces what will be read soon of it, and of a run where there is one.
    func willRead(_ publication: Publication) {
        var reads: [HTTPRequest] = []
        if publication.item.policy.readsFirst {
            reads.append(workloads.reading(of: publication.item.identity.name))
            if let openChoreo {
                reads.append(openChoreo.workloads.listing(of: publication.workload.parameters.component))
            }
        }
        client.willRead(reads + (publication.runName.map { [runs.reading(of: $0)] } ?? []))
    }

    /// Sets the annotations by which a run says what it published, and returns them.
    ///
    /// Where the run has no room even for the shortest, nothing is set and nothing fails. Something on the way may take
    /// less than Kubernetes does: then a copy with fewer parts goes, or none.
    func annotate(run name: String, with workload: Workload) throws(Problem) -> RunAnnotations {
        let identity = ObjectIdentity(
            kind: "workflowrun", namespace: workload.parameters.namespace, name: name)
        var annotations: RunAnnotations?
        var leavingOut = 0
        while true {
            do {
                _ = try runs.revise(identity) { run in
                    let fitting = RunAnnotations(of: workload, beside: run, leavingOut: leavingOut)
                    annotations = fitting
                    return fitting.hasRoom ? fitting.set(on: run) : run
                }
                return annotations ?? RunAnnotations(of: workload, beside: [:])
            } catch {
                guard (error.cause as? APIRefusal)?.refusal.status == 413, annotations?.hasCopy == true else {
                    throw error
                }
                leavingOut += 1
            }
        }
    }

    /// All requests behind that for a token, as far as they can be known without asking anything of a server; those behind a
    /// condition are sent only where it holds.
    ///
    /// Where the name is looked up, the requests have the one that a component without a Workload would get.
    func plan(_ publication: Publication) throws(Problem) -> [PlannedRequest] {
        let item = publication.item
        let name = item.identity.name
        let component = publication.workload.parameters.component
        var requests: [PlannedRequest] = []
        func add(_ request: HTTPRequest, _ condition: String? = nil) {
            requests.append(client.planned(request, condition))
        }
        if publication.isNameLookedUp, let openChoreo { add(openChoreo.workloads.listing(of: component)) }
        add(
            workloads.creation(of: item.built),
            publication.isNameLookedUp ? "under the name of the component's one Workload, where it has one" : nil)
        let exists = "if the Workload exists (409)"
        if item.policy.readsFirst { add(workloads.reading(of: name), exists) }
        // What an update makes of a live object that has nothing of its own.
        if case .replace(let object, _) = try decide(live: [:], item: item) {
            let condition =
                switch item.policy.update {
                case .overwrite: exists
                case .assign: "in the Workload as it was read, if this would change it"
                case .replace, .merge:
                    "with the labels and annotations that were read, if this would change the Workload"
                }
            add(workloads.replacement(of: name, with: object, live: [:]), condition)
        }
        if let run = publication.runName {
            let annotated = RunAnnotations(of: publication.workload, beside: [:]).set(on: [:])
            add(runs.reading(of: run))
            add(
                runs.replacement(of: run, with: annotated, live: [:]),
                "in the WorkflowRun as it was read, if this would change it")
        }
        if let openChoreo {
            let created = "if the Workload was created"
            add(openChoreo.workloads.listing(of: component), item.policy.readsFirst ? nil : created)
            add(openChoreo.components.reading(of: component), created)
        }
        return requests
    }
}
