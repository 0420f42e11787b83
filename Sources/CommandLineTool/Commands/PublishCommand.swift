import ControlPlaneAccess
import HTTP
import JSON
import Kubernetes
import Objects
import OpenChoreo
import Redaction
import WorkloadModel

extension Command {
    static let publish = Command(
        name: "publish",
        summary: "build the Workload; create it, or update it if it exists (the CI step)",
        discussion: "Checks everything that can be checked before anything is sent, obtains an OAuth access token, "
            + "creates the Workload and, where it exists, updates it. Every request is safe to repeat: a run that was "
            + "cut off is put right by running it again.",
        example: "publish --dry-run \(WorkloadNames.example)",
        groups: [
            ParameterGroup(title: "What to publish", parameters: Parameter.workload),
            ParameterGroup(title: "Where it came from", parameters: Parameter.source),
            ParameterGroup(title: "Where it goes", parameters: Parameter.store),
            ParameterGroup(title: "How to reach the control plane", parameters: Parameter.connection),
            ParameterGroup(title: "How to go about it", parameters: Parameter.publishing),
        ],
        run: { context, values in
            let run = PublishRun(context, values)
            if values.word(.to) == StoreName.git { return try TreePublishing(context: context, values: values).run() }
            try run.run()
        })
}

/// One run of publish, from its parameters to its result.
private struct PublishRun {
    private let context: CommandContext
    private let values: ParameterValues
    private let start: ContinuousClock.Instant
    private let store: StoreName

    init(_ context: CommandContext, _ values: ParameterValues) {
        self.context = context
        self.values = values
        start = context.timing.now()
        store = values.word(.to) ?? .api
        context.configureLog(values)
    }

    func run() throws {
        let dryRun: DryRun? = values.word(.dryRun)
        var reader = ParameterReader(values)
        var connection: ConnectionParameters?
        // First, for it may have the namespace.
        if store == .kubernetes { connection = try cluster(&reader, isPlaceholderAllowed: dryRun == .client) }
        let names = WorkloadNames(&reader)
        if store == .api { connection = ConnectionParameters(&reader, isPlaceholderAllowed: dryRun == .client) }
        let runName = reader.value(.runName, DNSSubdomain.init)
        if store != .api {
            if values.text(.wait) != nil {
                reader.report(.wait, "only the OpenChoreo API says what becomes of a Workload")
            }
            if names?.isNameLookedUp == true {
                reader.report(.workloadName, "auto is for the OpenChoreo API; give the name")
            }
        }
        guard reader.error.isEmpty, let names, let connection else { throw reader.error }
        do {
            try run(dryRun, names, connection, runName: runName?.description)
        } catch let problem as Problem {
            throw Failure(problem, Advice(names: names.names))
        }
    }

    /// The connection to a cluster, whose namespace is taken where none is given.
    private func cluster(
        _ reader: inout ParameterReader, isPlaceholderAllowed: Bool
    ) throws -> ConnectionParameters? {
        guard
            let cluster = ClusterParameters(
                &reader, environment: context.environment, isPlaceholderAllowed: isPlaceholderAllowed),
            reader.error.isEmpty
        else { return nil }
        do {
            let (connection, namespace) = try cluster.connection(
                environment: context.environment, redactor: context.console.redactor)
            reader.assume(.namespace, namespace)
            return connection
        } catch let problem as Problem {
            throw Failure(problem, Advice(names: nil))
        }
    }

    private func run(
        _ dryRun: DryRun?, _ names: WorkloadNames, _ connection: ConnectionParameters, runName: String?
    ) throws {
        let deadline = HTTPDeadline(timeout: connection.http.timeout, timing: context.timing)
        context.endProcess(connection.http.timeout)
        context.console.warnAboutSecrets(values, connection.http)
        let source = try WorkloadSource.read(names, values, context)
        var connection = connection
        try connection.readAuthorities()
        let update = values.word(.update, as: UpdateMode.self) ?? (source.descriptor == nil ? .image : .merge)
        func publication(_ workload: Workload) -> Publication {
            var publication = Publication(
                workload: workload, update: update, isStrict: values.isOn(.strict), runName: runName, to: store)
            publication.descriptor = source.descriptor
            return publication
        }
        func report(_ publication: Publication) -> ResultReport {
            ResultReport(
                publication: publication, isJSON: values.word(.publishOutput) == LogFormat.json,
                style: TerminalStyle(isTerminal: context.console.isOutputTerminal, environment: context.environment))
        }
        let console = context.console
        let tokens = TokenSource(connection.tokens, timing: context.timing, redactor: console.redactor) {
            console.log($0)
        }
        switch dryRun {
        case .client:
            let publication = publication(source.workload)
            let client = HTTPClient(configuration: connection.http, timing: context.timing)
            let requests = try WorkloadStore.plan(
                publication, over: APIClient(connection.api, client: client, tokens: tokens), tokens: tokens, to: store)
            try console.print(redacting: report(publication).document(of: requests))
        case .server:
            let (store, _) = try connect(connection, tokens, source.workload, deadline)
            let publication = publication(try named(source.workload, names, store))
            let preview = try store.preview(publication.item)
            for warning in preview.outcome.warnings { console.log(warning, of: publication.item.identity) }
            if case .openChoreo(let api) = store {
                try api.checkWrite(of: publication.item, preview.outcome.action, run: runName)
            }
            try console.print(redacting: report(publication).document(of: preview))
        case nil:
            if let folder = values.text(.outputsDir) { try naming(.outputsDir) { try OutputFile.makeFolder(folder) } }
            let (store, client) = try connect(connection, tokens, source.workload, deadline)
            let publication = publication(try named(source.workload, names, store))
            try publish(publication, store, client, report(publication))
        }
    }

    /// The Workload under the name that the component's one Workload has, where that is asked for.
    private func named(_ workload: Workload, _ names: WorkloadNames, _ store: WorkloadStore) throws(Problem) -> Workload
    {
        guard names.isNameLookedUp, case .openChoreo(let api) = store else { return workload }
        let parameters = workload.parameters
        let scope = RightScope(
            namespace: parameters.namespace, project: parameters.project, component: parameters.component)
        return try api.nameOfWorkload(in: scope).map(workload.named) ?? workload
    }

    private func publish(
        _ publication: Publication, _ store: WorkloadStore, _ client: HTTPClient, _ report: ResultReport
    ) throws {
        let console = context.console
        let identity = publication.item.identity
        var aftermath: Aftermath?
        if case .openChoreo(let api) = store {
            aftermath = Aftermath(store: api, publication: publication, goal: values.word(.wait), console: console)
        }
        store.willRead(publication)
        let outcome = try store.write(publication.item)
        let rollout = aftermath?.store.rollout(of: outcome)
        context.progress.note("\(identity) was \(outcome.action.rawValue)")
        for warning in outcome.warnings { console.log(warning, of: identity) }
        console.log(outcome, of: publication)
        // On disk before the run is annotated, so that they are there even if that fails.
        if let folder = values.text(.outputsDir) {
            try naming(.outputsDir) { try writeOutputs(outcome, publication, folder) }
        }
        let gitHub = GitHubActions(context.environment)
        try gitHub?.writeOutputs(outcome.action, of: publication.item.identity)
        if values.isOn(.strict), let failure = Failure(strictly: outcome.warnings, of: identity) { throw failure }
        let isAnnotated = try publication.runName.map { try annotate(run: $0, with: publication, store) } ?? false
        if publication.item.policy.readsFirst || outcome.action == .created { try aftermath?.checkSiblings(outcome) }
        let live = try aftermath?.wait(rollout, after: outcome)
        do {
            try gitHub?.writeSummary(outcome, of: publication)
        } catch {
            console.log(.warning, "no-summary", "\(error)")
        }
        let duration = start.duration(to: context.timing.now())
        try console.print(
            report.text(
                of: outcome, live, isAnnotated: isAnnotated, requestCount: client.requestCount, duration: duration))
    }

    /// Annotates the run; false where it has no room.
    private func annotate(run: String, with publication: Publication, _ store: WorkloadStore) throws(Problem) -> Bool {
        let annotations = try store.annotate(run: run, with: publication.workload)
        context.console.log(annotations, of: run)
        if annotations.hasRoom { context.progress.note("workflowrun/\(run) was annotated") }
        return annotations.hasRoom
    }

    private func connect(
        _ connection: ConnectionParameters, _ tokens: TokenSource, _ workload: Workload, _ deadline: HTTPDeadline
    ) throws -> (WorkloadStore, HTTPClient) {
        let console = context.console
        let client = HTTPClient(configuration: connection.http, timing: context.timing, deadline: deadline) {
            console.log($0)
        }
        let namespace = workload.parameters.namespace
        let dialect = store == .api ? OpenChoreoAPI.dialect : KubernetesAPI.dialect
        let api = APIClient(connection.api, client: client, tokens: tokens, dialect: dialect)
        return store == .api
            ? (.openChoreo(OpenChoreoAPI(client: api, namespace: namespace)), client)
            : (.kubernetes(KubernetesAPI(client: api), namespace: namespace), client)
    }

    /// Writes where a parameter says, so that an error names it.
    private func naming(_ parameter: Parameter, _ write: () throws -> Void) throws {
        do {
            try write()
        } catch let error as OutputError {
            throw error.named(by: parameter)
        }
    }

    private func writeOutputs(_ outcome: Outcome, _ publication: Publication, _ folder: String) throws {
        let name = publication.item.identity.name
        try OutputFile.write(Array(name.utf8), to: "\(folder)/workload-name")
        try OutputFile.write(Array(outcome.action.rawValue.utf8), to: "\(folder)/action")
        // A server may have echoed a credential into an annotation that goes back with the body.
        let body = outcome.object.redacted { context.console.redactor.redact(document: $0) }
        try OutputFile.write(body.serialized(), to: "\(folder)/workload.json")
    }
}

extension CommandContext {
    /// Makes the log as loud, and of the form, that the parameters say.
    func configureLog(_ values: ParameterValues) {
        let level: Console.Level = values.isOn(.quiet) ? .warning : values.isOn(.verbose) ? .debug : .info
        console.configure(level: level, isJSON: values.word(.logFormat) == LogFormat.json)
    }
}
