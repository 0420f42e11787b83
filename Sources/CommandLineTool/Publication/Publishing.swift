import ControlPlaneAccess
import HTTP
import Kubernetes
import Objects
import OpenChoreo
import WorkloadModel

/// The way of Workloads into a store, from what was checked to what is reported; one for all threads of a run.
struct Publishing: Sendable {
    /// What came of a Workload that was written.
    struct Written {
        let outcome: Outcome
        /// What became of it, where that was waited for.
        let live: RolloutResult?
        let isAnnotated: Bool
    }

    /// A client of one thread's own.
    struct Client {
        let api: APIClient
        let http: HTTPClient
    }

    let context: CommandContext
    let connection: ConnectionParameters
    let store: StoreName
    let isStrict: Bool
    /// What is waited for, if anything is.
    let goal: WaitGoal?
    let deadline: HTTPDeadline
    let tokens: TokenSource
    /// Whether several Workloads are published in this run.
    var isOneOfMany = false

    /// Whatever goes to that store; the time is counted from now.
    init(_ context: CommandContext, _ values: ParameterValues, _ connection: ConnectionParameters, to store: StoreName)
    {
        self.context = context
        self.connection = connection
        self.store = store
        isStrict = values.isOn(.strict)
        goal = values.word(.wait)
        deadline = HTTPDeadline(timeout: connection.http.timeout, timing: context.timing)
        let console = context.console
        tokens = TokenSource(connection.tokens, timing: context.timing, redactor: console.redactor) { console.log($0) }
    }

    /// A client for a thread; nothing is sent yet.
    func client() -> Client {
        let console = context.console
        let client = HTTPClient(configuration: connection.http, timing: context.timing, deadline: deadline) {
            console.log($0)
        }
        let dialect = store == .api ? OpenChoreoAPI.dialect : KubernetesAPI.dialect
        return Client(
            api: APIClient(connection.api, client: client, tokens: tokens, dialect: dialect), http: client)
    }

    private func store(of publication: Publication, over client: Client) -> WorkloadStore {
        let namespace = publication.workload.parameters.namespace
        return store == .api
            ? .openChoreo(OpenChoreoAPI(client: client.api, namespace: namespace))
            : .kubernetes(KubernetesAPI(client: client.api), namespace: namespace)
    }

    /// All requests behind that for a token, as far as they can be known without asking anything of a server.
    func plan(_ publication: Publication, over client: Client) throws(Problem) -> [PlannedRequest] {
        try WorkloadStore.plan(publication, over: client.api, to: store)
    }

    /// The same under the name that the component's one Workload has, where that is asked for.
    func named(_ publication: Publication, over client: Client) throws(Problem) -> Publication {
        guard publication.isNameLookedUp, case .openChoreo(let api) = store(of: publication, over: client) else {
            return publication
        }
        let names = publication.workload.parameters
        let scope = RightScope(namespace: names.namespace, project: names.project, component: names.component)
        return try api.nameOfWorkload(in: scope).map(publication.named) ?? publication
    }

    /// What writing it would do, its warnings said.
    func preview(_ publication: Publication, over client: Client) throws(Problem) -> Preview {
        let store = store(of: publication, over: client)
        let preview = try store.preview(publication.item)
        for warning in preview.outcome.warnings { context.console.log(warning, of: publication.item.identity) }
        if case .openChoreo(let api) = store {
            try api.checkWrite(of: publication.item, preview.outcome.action, run: publication.runName)
        }
        return preview
    }

    /// Writes it, annotates its run and waits for what is to be waited for.
    ///
    /// `written` is called after the write, so that what it stores is there even if something else fails.
    func publish(
        _ publication: Publication, over client: Client, written: (Outcome) throws -> Void
    ) throws -> Written {
        let store = store(of: publication, over: client)
        let console = context.console
        let identity = publication.item.identity
        store.willRead(publication)
        let outcome = try store.write(publication.item)
        let rollout: Rollout? = if case .openChoreo(let api) = store { api.rollout(of: outcome) } else { nil }
        context.progress.note("\(identity)", outcome.action.rawValue)
        for warning in outcome.warnings { console.log(warning, of: identity) }
        console.log(outcome, of: publication, isOneOfMany: isOneOfMany)
        try written(outcome)
        if isStrict, let failure = Failure(strictly: outcome.warnings, of: identity) { throw failure }
        var isAnnotated = false
        if let run = publication.runName {
            let annotations = try store.annotate(run: run, with: publication.workload)
            console.log(annotations, of: run)
            if annotations.hasRoom { context.progress.note("workflowrun/\(run)", "annotated") }
            isAnnotated = annotations.hasRoom
        }
        guard case .openChoreo(let api) = store else {
            return Written(outcome: outcome, live: nil, isAnnotated: isAnnotated)
        }
        let aftermath = Aftermath(store: api, publication: publication, goal: goal, console: console)
        if publication.item.policy.readsFirst || outcome.action == .created { try aftermath.checkSiblings(outcome) }
        return Written(
            outcome: outcome, live: try aftermath.wait(rollout, after: outcome), isAnnotated: isAnnotated)
    }

    /// Writes the outputs for other steps into a folder, which is made where it is missing.
    func writeOutputs(_ outcome: Outcome, _ publication: Publication, to folder: String) throws(OutputError) {
        do throws(OutputError) {
            try OutputFile.makeFolder(folder)
            try OutputFile.write(Array(publication.item.identity.name.utf8), to: "\(folder)/workload-name")
            try OutputFile.write(Array(outcome.action.rawValue.utf8), to: "\(folder)/action")
            // A server may have echoed a credential into an annotation that goes back with the body.
            let body = outcome.object.redacted { context.console.redactor.redact(document: $0) }
            try OutputFile.write(body.serialized(), to: "\(folder)/workload.json")
        } catch {
            throw error.named(by: .outputsDir)
        }
    }
}
