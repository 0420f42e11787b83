import HTTP
import JSON
import Publishing
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
            ParameterGroup(title: "How to reach the control plane", parameters: Parameter.connection),
            ParameterGroup(title: "How to go about it", parameters: Parameter.publishing),
        ],
        run: { context, values in try PublishRun(context, values).run() })
}

/// One run of publish, from its parameters to its result.
private struct PublishRun {
    private let context: CommandContext
    private let values: ParameterValues
    private let start: ContinuousClock.Instant

    init(_ context: CommandContext, _ values: ParameterValues) {
        self.context = context
        self.values = values
        start = context.timing.now()
        let level: Console.Level = values.isOn(.quiet) ? .warning : values.isOn(.verbose) ? .debug : .info
        context.console.configure(level: level, isJSON: values.word(.logFormat) == LogFormat.json)
    }

    func run() throws {
        let dryRun: DryRun? = values.word(.dryRun)
        var reader = ParameterReader(values)
        let names = WorkloadNames(&reader)
        let connection = ConnectionParameters(&reader, isPlaceholderAllowed: dryRun == .client)
        let runName = reader.value(.runName, DNSSubdomain.init)
        guard reader.error.isEmpty, let names, var connection else { throw reader.error }
        let deadline = HTTPDeadline(timeout: connection.http.timeout, timing: context.timing)
        context.endProcess(connection.http.timeout)
        warnAboutSecrets()
        let source = try WorkloadSource.read(names, values, context)
        try connection.readAuthorities()
        let update = values.word(.update, as: UpdateMode.self) ?? (source.hasDescriptor ? .merge : .image)
        let publication = Publication(workload: source.workload, update: update, runName: runName?.description)
        let report = ResultReport(
            publication: publication, isJSON: values.word(.publishOutput) == LogFormat.json,
            style: TerminalStyle(isTerminal: context.console.isOutputTerminal, environment: context.environment))
        switch dryRun {
        case .client:
            let plan = RequestPlan(api: connection.api, tokens: connection.tokens)
            let requests = try plan.requests(for: publication, redactor: context.console.redactor)
            try context.console.print(redacting: report.document(of: requests))
        case .server:
            let (publisher, _) = try connect(connection, deadline)
            try context.console.print(redacting: report.document(of: publisher.preview(publication)))
        case nil:
            if let folder = values.text(.outputsDir) { try naming(.outputsDir) { try OutputFile.makeFolder(folder) } }
            let (publisher, client) = try connect(connection, deadline)
            try publish(publication, publisher, client, report)
        }
    }

    private func warnAboutSecrets() {
        if values.origin(of: .oauthClientSecret) == .flag {
            context.console.log(
                .warning, "secret-in-arguments",
                "\(Parameter.oauthClientSecret.flag) stands on the command line, where other processes can read "
                    + "it; use the "
                    + "variable CLIENT_SECRET or \(Parameter.oauthClientSecretFile.name)")
        }
        if values.isOn(.insecureSkipTLSVerify) {
            context.console.log(
                .warning, "insecure",
                "the servers' certificates are not verified: anybody on the way can read the secret and the "
                    + "access token; "
                    + "name the authority to trust with \(Parameter.caFile.name) instead")
        }
    }

    private func publish(
        _ publication: Publication, _ publisher: Publisher, _ client: HTTPClient, _ report: ResultReport
    ) throws {
        let gitHub = GitHubActions(context.environment)
        let published = try publisher.publish(publication) { published in
            if let folder = values.text(.outputsDir) {
                try naming(.outputsDir) { try writeOutputs(published, publication, folder) }
            }
            try gitHub?.writeOutputs(published, of: publication)
        }
        do {
            try gitHub?.writeSummary(published, of: publication)
        } catch {
            context.console.log(.warning, "no-summary", "\(error)")
        }
        let duration = start.duration(to: context.timing.now())
        try context.console.print(report.text(of: published, requestCount: client.requestCount, duration: duration))
    }

    private func connect(
        _ connection: ConnectionParameters, _ deadline: HTTPDeadline
    ) throws -> (Publisher, HTTPClient) {
        let console = context.console
        let client = HTTPClient(configuration: connection.http, timing: context.timing, deadline: deadline) {
            event in
            console.log(event)
        }
        let tokens = TokenSource(connection.tokens, client: client, redactor: console.redactor)
        let controlPlane = ControlPlane(connection.api, client: client, tokens: tokens, redactor: console.redactor)
        let publisher = Publisher(controlPlane: controlPlane) { event in
            context.progress.note(event)
            console.log(event)
        }
        return (publisher, client)
    }

    /// Writes where a parameter says, so that an error names it.
    private func naming(_ parameter: Parameter, _ write: () throws -> Void) throws {
        do {
            try write()
        } catch let error as OutputError {
            throw error.named(by: parameter)
        }
    }

    private func writeOutputs(_ published: PublishedWorkload, _ publication: Publication, _ folder: String) throws {
        let name = publication.workload.parameters.workloadName
        try OutputFile.write(Array(name.utf8), to: "\(folder)/workload-name")
        try OutputFile.write(Array(published.action.rawValue.utf8), to: "\(folder)/action")
        // A server may have echoed a credential into an annotation that goes back with the body.
        let body = published.body.redacted { context.console.redactor.redact(document: $0) }
        try OutputFile.write(body.serialized(), to: "\(folder)/workload.json")
    }
}
