public import ControlPlaneAccess
import HTTP
import JSON
public import Objects
import Redaction
public import WorkloadModel

/// What a run would send, as far as that can be known without asking anything of a server.
public struct RequestPlan {
    private let location: APILocation

    /// A plan for requests to there.
    public init(_ location: APILocation) {
        self.location = location
    }

    /// All requests behind that for a token, in order; those behind a condition are sent only where it holds.
    ///
    /// Where the name is looked up, the requests have the one that a component without a Workload would get.
    public func requests(
        for item: Item, workload: Workload, run: String?, isNameLookedUp: Bool
    ) throws(Problem) -> [PlannedRequest] {
        let namespace = item.identity.namespace ?? ""
        let kind = ObjectKind.workloads(in: namespace)
        let name = item.identity.name
        let component = workload.parameters.component
        var requests: [PlannedRequest] = []
        if isNameLookedUp { requests.append(planned(kind.list(of: component))) }
        requests.append(
            planned(
                kind.create(item.built),
                isNameLookedUp ? "under the name of the component's one Workload, where it has one" : nil))
        let exists = "if the Workload exists (409)"
        if item.policy.readsFirst { requests.append(planned(kind.read(name), exists)) }
        // What an update makes of a live object that has nothing of its own.
        if case .replace(let object, _) = try decide(live: [:], item: item) {
            let condition =
                switch item.policy.update {
                case .overwrite: exists
                case .assign: "in the Workload as it was read, if this would change it"
                case .replace, .merge:
                    "with the labels and annotations that were read, if this would change the Workload"
                }
            requests.append(planned(kind.replace(name, with: object), condition))
        }
        if let run {
            let runs = ObjectKind.workflowRuns(in: namespace)
            let annotated = RunAnnotations(of: workload, beside: [:]).set(on: [:])
            requests.append(planned(runs.read(run)))
            requests.append(
                planned(
                    runs.replace(run, with: annotated), "in the WorkflowRun as it was read, if this would change it"))
        }
        let created = "if the Workload was created"
        requests.append(planned(kind.list(of: component), item.policy.readsFirst ? nil : created))
        requests.append(planned(ObjectKind.components(in: namespace).read(component), created))
        return requests
    }

    private func planned(_ request: ObjectRequest, _ condition: String? = nil) -> PlannedRequest {
        PlannedRequest(
            request: request.http(at: location).authorized(by: Secret("")), object: request.object,
            condition: condition)
    }
}
