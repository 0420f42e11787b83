import ControlPlaneAccess
import HTTP
import JSON
import Kubernetes
import Objects
import OpenChoreo
import Text
import WorkloadModel

extension Command {
    static let publish = Command(
        name: "publish",
        summary: "build the Workload; create it, or update it if it exists (the CI step)",
        discussion: "Checks everything that can be checked before anything is sent, obtains an OAuth access token, "
            + "creates the Workload over the OpenChoreo API and, where it exists, updates it. With --to it goes to the "
            + "Kubernetes API or into a Git tree. Every request is safe to repeat: a run that was "
            + "cut off is put right by running it again.",
        example: "publish --dry-run \(WorkloadNames.example)",
        groups: [
            ParameterGroup(title: "What to publish", parameters: Parameter.workload),
            ParameterGroup(title: "Where it came from", parameters: Parameter.source),
            ParameterGroup(title: "Where it goes", parameters: Parameter.store),
            ParameterGroup(title: "How to reach the control plane", parameters: Parameter.connection),
            ParameterGroup(title: "How to go about it", parameters: Parameter.publishing),
            ParameterGroup(title: "Many components in one run", parameters: Parameter.many),
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
        if store != .api { reader.refuseWait() }
        if let list = values.text(.components) {
            if store == .api { connection = ConnectionParameters(&reader, isPlaceholderAllowed: dryRun == .client) }
            let jobs = reader.value(.jobs, Self.jobs)
            guard reader.error.isEmpty, let connection, let jobs else { throw reader.error }
            return try publish(list, reader.values, connection, jobs)
        }
        let names = WorkloadNames(&reader)
        if store == .api { connection = ConnectionParameters(&reader, isPlaceholderAllowed: dryRun == .client) }
        let runName = reader.value(.runName, DNSSubdomain.init)
        if store != .api, names?.isNameLookedUp == true {
            reader.report(.workloadName, "auto is for the OpenChoreo API; give the name")
        }
        guard reader.error.isEmpty, let names, let connection else { throw reader.error }
        do {
            try run(dryRun, names, connection, runName: runName?.description)
        } catch let problem as Problem {
            throw Failure(problem, Advice(names: names.names))
        }
    }

    private static func jobs(_ text: String) throws -> Int {
        guard let count = Int(text), (1...64).contains(count) else {
            throw MalformedValue("'\(Printable.line(text, limit: 40))' is not a number from 1 to 64")
        }
        return count
    }

    /// Publishes the components of a list.
    private func publish(
        _ list: String, _ values: ParameterValues, _ connection: ConnectionParameters, _ jobs: Int
    ) throws {
        context.endProcess(connection.http.timeout)
        context.console.warnAboutSecrets(values, connection.http)
        var connection = connection
        // What was read of the entries themselves is not kept.
        let publications = try ComponentSelection(list, values, context).components.map { Publication($0, to: store) }
        try connection.readAuthorities()
        try ComponentsRun(Publishing(context, values, connection, to: store), values)
            .run(publications, jobs)
    }

    /// The connection to a cluster, whose namespace is taken where none is given.
    private func cluster(
        _ reader: inout ParameterReader, isPlaceholderAllowed: Bool
    ) throws -> ConnectionParameters? {
        do {
            return try ClusterParameters.connection(&reader, context, isPlaceholderAllowed: isPlaceholderAllowed)
        } catch let problem as Problem {
            throw Failure(problem, Advice(names: nil))
        }
    }

    private func run(
        _ dryRun: DryRun?, _ names: WorkloadNames, _ connection: ConnectionParameters, runName: String?
    ) throws {
        let console = context.console
        context.endProcess(connection.http.timeout)
        console.warnAboutSecrets(values, connection.http)
        let source = try WorkloadSource.read(names, values, context)
        var connection = connection
        try connection.readAuthorities()
        let flow = Publishing(context, values, connection, to: store)
        let client = flow.client()
        var publication = Publication(source, values, names, runName: runName, to: store)
        if dryRun != .client { publication = try flow.named(publication, over: client) }
        let report = ResultReport(
            publication: publication, isJSON: values.word(.publishOutput) == LogFormat.json,
            style: TerminalStyle(isTerminal: console.isOutputTerminal, environment: context.environment))
        switch dryRun {
        case .client:
            try console.print(redacting: report.document(of: flow.tokens.plan() + flow.plan(publication, over: client)))
        case .server: try console.print(redacting: report.document(of: flow.preview(publication, over: client)))
        case nil: try publish(publication, flow, client, report)
        }
    }

    private func publish(
        _ publication: Publication, _ flow: Publishing, _ client: Publishing.Client, _ report: ResultReport
    ) throws {
        let console = context.console
        let gitHub = GitHubActions(context.environment)
        let folder = values.text(.outputsDir)
        if let folder {
            do { try OutputFile.makeFolder(folder) } catch { throw error.named(by: .outputsDir) }
        }
        // On disk before the run is annotated, so that they are there even if that fails.
        let written = try flow.publish(publication, over: client) { outcome in
            if let folder { try flow.writeOutputs(outcome, publication, to: folder) }
            try gitHub?.writeOutputs(outcome.action, of: publication.item.identity)
        }
        do {
            try gitHub?.writeSummary(written.outcome, of: publication)
        } catch {
            console.log(.warning, "no-summary", "\(error)")
        }
        try console.print(
            report.text(
                of: written.outcome, written.live, isAnnotated: written.isAnnotated,
                requestCount: client.http.requestCount,
                duration: start.duration(to: context.timing.now())))
    }
}

extension CommandContext {
    /// Makes the log as loud, and of the form, that the parameters say.
    func configureLog(_ values: ParameterValues) {
        let level: Console.Level = values.isOn(.quiet) ? .warning : values.isOn(.verbose) ? .debug : .info
        console.configure(level: level, isJSON: values.word(.logFormat) == LogFormat.json)
    }
}
