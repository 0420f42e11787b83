public import ControlPlaneAccess
import HTTP
import JSON
public import Objects
public import WorkloadModel

extension KubernetesAPI {
    /// Sets the annotations by which a run says what it published, and returns them.
    ///
    /// Where the run has no room even for the shortest, nothing is set and nothing fails.
    public func annotate(
        run name: String, in namespace: String, with workload: Workload
    ) throws(Problem) -> RunAnnotations {
        var annotations: RunAnnotations?
        let identity = ObjectIdentity(kind: "workflowrun", namespace: namespace, name: name)
        _ = try workflowRuns(in: namespace).revise(identity) { run in
            let fitting = RunAnnotations(of: workload, beside: run)
            annotations = fitting
            return fitting.hasRoom ? fitting.set(on: run) : run
        }
        return annotations ?? RunAnnotations(of: workload, beside: [:])
    }

    /// Announces what will be read soon of an item, and of a run where there is one.
    public func willRead(_ item: Item, run: String?) {
        let namespace = item.identity.namespace ?? ""
        let runs = run.map { [workflowRuns(in: namespace).resources.reading(of: $0)] } ?? []
        client.willRead([workloads(in: namespace).reading(of: item.identity.name)] + runs)
    }

    /// The requests that publishing an item would send, those behind a condition where it holds.
    public func plan(for item: Item, workload: Workload, run: String?) throws(Problem) -> [PlannedRequest] {
        let namespace = item.identity.namespace ?? ""
        let workloads = workloads(in: namespace)
        let name = item.identity.name
        var requests = [
            planned(workloads.creation(of: item.built)),
            planned(workloads.reading(of: name), "if the Workload exists (409)"),
        ]
        // What an update makes of a live object that has nothing of its own but a version.
        let live: JSONValue = ["metadata": ["resourceVersion": "as it was read"]]
        if case .replace(let object, _) = try decide(live: live, item: item) {
            requests.append(
                planned(
                    workloads.replacement(of: name, with: object, live: live),
                    "with what was read, if this would change the Workload"))
        }
        guard let run else { return requests }
        let runs = workflowRuns(in: namespace)
        let annotated = RunAnnotations(of: workload, beside: [:]).set(on: [:])
        requests.append(planned(runs.resources.reading(of: run)))
        requests.append(
            planned(runs.patch(of: run, with: annotated, live: [:]), "if this would change the WorkflowRun"))
        return requests
    }

    /// A request with the place of its token filled.
    func planned(_ request: HTTPRequest, _ condition: String? = nil) -> PlannedRequest {
        var planned = client.planned(request, condition)
        planned.object = planned.object?.shownAsManifest
        return planned
    }
}
