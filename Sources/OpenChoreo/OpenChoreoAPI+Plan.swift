public import ControlPlaneAccess
public import Objects
public import WorkloadModel

extension OpenChoreoAPI {
    /// The requests that publishing an item would send, as far as that can be known without asking the API; those behind a
    /// condition are sent only where it holds.
    ///
    /// Where the name is looked up, the requests have the one that a component without a Workload would get.
    public func plan(
        for item: Item, workload: Workload, run: String?, isNameLookedUp: Bool
    ) throws(Problem) -> [PlannedRequest] {
        let name = item.identity.name
        let component = workload.parameters.component
        var requests = isNameLookedUp ? [client.planned(workloads.listing(of: component))] : []
        requests.append(
            client.planned(
                workloads.creation(of: item.built),
                isNameLookedUp ? "under the name of the component's one Workload, where it has one" : nil))
        let exists = "if the Workload exists (409)"
        if item.policy.readsFirst { requests.append(client.planned(workloads.reading(of: name), exists)) }
        // What an update makes of a live object that has nothing of its own.
        if case .replace(let object, _) = try decide(live: [:], item: item) {
            let condition =
                switch item.policy.update {
                case .overwrite: exists
                case .assign: "in the Workload as it was read, if this would change it"
                case .replace, .merge:
                    "with the labels and annotations that were read, if this would change the Workload"
                }
            requests.append(client.planned(workloads.replacement(of: name, with: object), condition))
        }
        if let run {
            let runs = objects(.workflowRun)
            let annotated = RunAnnotations(of: workload, beside: [:]).set(on: [:])
            requests.append(client.planned(runs.reading(of: run)))
            requests.append(
                client.planned(
                    runs.replacement(of: run, with: annotated),
                    "in the WorkflowRun as it was read, if this would change it"))
        }
        let created = "if the Workload was created"
        requests.append(client.planned(workloads.listing(of: component), item.policy.readsFirst ? nil : created))
        requests.append(client.planned(objects(.component).reading(of: component), created))
        return requests
    }
}
