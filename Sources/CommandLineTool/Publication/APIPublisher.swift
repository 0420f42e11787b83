import ControlPlaneAccess
import JSON
import Objects
import OpenChoreo
import Text
import WorkloadModel

/// Brings Workloads into a store, in one thread.
protocol Publisher {
    /// Publishes a Workload, or shows what that would do; what was done stands in the result even if something fails then.
    func publish(_ publication: Publication, into result: inout ObjectResult) throws
}

/// Publishes over the OpenChoreo or the Kubernetes API.
struct APIPublisher: Publisher {
    let client: APIClient
    let store: StoreName
    /// What is waited for, if anything is.
    let goal: WaitGoal?
    /// The request for a token, in a dry run that sends nothing.
    let token: [PlannedRequest]
    let report: RunReport
    private var console: Console { report.context.console }

    func publish(_ given: Publication, into result: inout ObjectResult) throws {
        let store = WorkloadStore(store, client, namespace: given.workload.parameters.namespace)
        if report.dryRun == .client { return result.take(plan: token + (try store.plan(given))) }
        let publication = try store.lookedUp(given)
        result.identity = publication.item.identity
        if report.dryRun == .server {
            try preview(publication, store, &result)
        } else {
            try write(publication, expectedAs: given.item.identity, store, &result)
        }
    }

    /// Shows what writing it would do.
    private func preview(_ publication: Publication, _ store: WorkloadStore, _ result: inout ObjectResult) throws {
        let item = publication.item
        let preview = try store.workloads.preview(item)
        let action = preview.action
        for warning in preview.warnings { console.log(warning, of: item.identity) }
        try store.openChoreo?.checkWrite(of: item, action, run: publication.runName)
        let live = preview.stored.map { item.policy.shown($0) }
        let diff = report.diff(live, item.policy.shown(preview.object), action, of: item.identity)
        report.take(action, diff: diff, into: &result)
    }

    /// Writes it, annotates its run and waits for what is to be waited for.
    private func write(
        _ publication: Publication, expectedAs expected: ObjectIdentity, _ store: WorkloadStore,
        _ result: inout ObjectResult
    ) throws {
        let item = publication.item
        store.willRead(publication)
        let outcome = try store.workloads.write(item)
        let rollout = store.openChoreo?.rollout(
            of: outcome, component: publication.workload.parameters.component)
        report.context.progress.note("\(item.identity)", outcome.action.rawValue, expected: "\(expected)")
        for warning in outcome.warnings { console.log(warning, of: item.identity) }
        log(outcome.action, of: publication)
        report.take(outcome.action, into: &result)
        try report.deliver(result, outcome.object)
        if publication.isStrict, let failure = Failure(strictly: outcome.warnings, of: item.identity) { throw failure }
        let isAnnotated = try publication.runName.map { try annotate($0, publication.workload, store) } ?? false
        if !report.isList { result.members["annotated"] = .bool(isAnnotated) }
        guard let api = store.openChoreo else { return }
        do throws(Problem) {
            if item.policy.readsFirst || outcome.action == .created {
                try api.checkSiblings(of: item, wasCreated: outcome.action == .created)
            }
            if let goal, let rollout { try wait(until: goal, rollout, publication, api, &result) }
        } catch {
            let failure = Failure(error, Advice(names: publication.workload.parameters))
            let done = outcome.action == .unchanged ? "left unchanged" : outcome.action.rawValue
            throw Failure(code: failure.code, description: "\(failure) (\(item.identity) was \(done))")
        }
    }

    /// Says of a run what it published; whether there was room for it.
    private func annotate(_ run: String, _ workload: Workload, _ store: WorkloadStore) throws(Problem) -> Bool {
        let annotations = try store.annotate(run: run, with: workload)
        console.log(annotations, of: run)
        if annotations.hasRoom { report.context.progress.note("workflowrun/\(run)", "annotated") }
        return annotations.hasRoom
    }

    private func wait(
        until goal: WaitGoal, _ rollout: Rollout, _ publication: Publication, _ api: OpenChoreoAPI,
        _ result: inout ObjectResult
    ) throws(Problem) {
        let identity = publication.item.identity
        try api.require(Rollout.rights(for: goal.goal), in: publication.scope)
        console.log(.info, "waiting", "\(identity): waiting until it is \(goal.rawValue)", about: identity)
        let live = try rollout.wait(for: goal.goal) { console.log(.info, "awaited", $0, about: identity) }
        result.text += live.text(of: publication.workload.parameters.component)
        for member in live.members { result.members[member.name] = member.value }
    }

    /// Logs what was done, and with what; on a terminal the result itself follows on standard output, where it is one alone.
    private func log(_ action: WriteAction, of publication: Publication) {
        let parameters = publication.workload.parameters
        let details =
            "in namespace \(parameters.namespace): image \(parameters.image), "
            + (publication.descriptor.map { "descriptor \(Quoted($0))" } ?? "no descriptor")
        let fields: JSONObject = [
            "workload": .string(parameters.workloadName), "namespace": .string(parameters.namespace),
            "image": .string(parameters.image), "descriptor": publication.descriptor.map(JSONValue.string),
        ]
        let isShownTwice = console.isTerminal && console.isOutputTerminal && !console.isJSON && !report.isList
        let message = isShownTwice ? details : "\(publication.item.identity) \(action.rawValue) \(details)"
        console.log(.info, "workload-\(action.rawValue)", message, fields)
    }
}

extension Publication {
    /// Where rights for it are needed.
    var scope: ComponentScope {
        let names = workload.parameters
        return ComponentScope(namespace: names.namespace, project: names.project, component: names.component)
    }
}

extension Policy {
    /// An object without what the server makes: identity, labels, annotations and spec.
    fileprivate func shown(_ object: JSONValue) -> JSONValue {
        var metadata = JSONObject()
        for field in ["name", "namespace", "labels", "annotations"] {
            guard var value = object["metadata"]?[field] else { continue }
            if field == "labels", !readsFirst {
                // Nothing of the live object is taken over, and yet these stay: the API sets them itself.
                value = ["project", "component"].reduce(value) { $0.setting(nil, at: ["openchoreo.dev/\($1)"]) }
            }
            if value != [:] { metadata[field] = value }
        }
        var shown: JSONObject = ["metadata": .object(metadata)]
        shown["spec"] = object["spec"]
        return .object(shown)
    }
}

extension RolloutResult {
    /// A line for each thing that is live.
    fileprivate func text(of component: String) -> String {
        let lines =
            ["component/\(component) released \(release)"] + bindings.map { "releasebinding/\($0) ready" }
            + endpoints.flatMap { endpoint in endpoint.urls.map { "endpoint/\(endpoint.name) \($0)" } }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The same for programs.
    fileprivate var members: [JSONObject.Member] {
        var object: JSONObject = ["release": .string(release)]
        guard goal == .ready else { return object.members }
        object["bindings"] = .array(bindings.map { .string($0) })
        object["endpoints"] = .object(
            JSONObject(endpoints.map { .init(name: $0.name, value: .array($0.urls.map { .string($0) })) }))
        return object.members
    }
}
