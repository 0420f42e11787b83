import ControlPlaneAccess
import HTTP
import JSON
import Kubernetes
import Objects
import OpenChoreo
import WorkloadModel

extension Command {
    static let check = Command(
        name: "check",
        summary: "try the connection, the credentials and the rights, before the first publish",
        discussion:
            "Takes publish's parameters and writes nothing: says for each of parameters, descriptor, connection, "
            + "token, rights, workload and component whether publish would go on there, a line each on standard output. "
            + "What hangs on something that failed is skipped. The exit code is 0, or that of the first error as publish "
            + "would have it.",
        example: "check \(WorkloadNames.example)",
        groups: Command.publish.groups,
        run: { context, values in try CheckRun(context, values).run() })
}

/// One run of check, from its parameters to its report.
private struct CheckRun {
    private let context: CommandContext
    private let values: ParameterValues
    private var store: StoreName { values.word(.to) ?? .api }

    init(_ context: CommandContext, _ values: ParameterValues) {
        self.context = context
        self.values = values
        context.configureLog(values)
    }

    func run() throws {
        var report = CheckReport()
        check(&report)
        let reason = report.code == .success ? "not looked at" : "not looked at, because of what failed before"
        for subject in CheckReport.Subject.allCases.dropFirst(report.checks.count) {
            report.add(subject, .skipped, reason)
        }
        let isJSON = values.word(.publishOutput) == LogFormat.json
        try context.console.print(redacting: isJSON ? .json(report.json) : .text(report.text))
        guard report.code == .success else {
            throw Failure(
                code: report.code,
                description:
                    "\(DiagnosticReport.count(report.count(.error), "error")); fix what is named, and run this again "
                    + "(nothing was written)")
        }
    }

    /// Adds one check after the other; ends early where everything else hangs on one that failed.
    private func check(_ report: inout CheckReport) {
        var reader = ParameterReader(values)
        var connection: ConnectionParameters?
        do {
            // First, for it may have the namespace.
            connection = try self.connection(&reader)
        } catch {
            return report.add(.parameters, failure(error, Advice(names: nil)))
        }
        let names = WorkloadNames(&reader)
        let tree = store == .git ? TreeParameters(&reader) : nil
        let runName = reader.value(.runName, DNSSubdomain.init)?.description
        if values.text(.components) != nil {
            reader.report(.components, "one component is looked at; name it by \(Parameter.component.flag)")
        }
        if store != .api { reader.refuseWait() }
        guard reader.error.isEmpty, let names, tree != nil || connection != nil else {
            report.add(
                .parameters,
                CheckFailure(
                    code: .usage, message: reader.error.summary, hint: "see '\(Program.name) check --help'"))
            return
        }
        report.add(.parameters, .ok, "they are complete and well formed")
        if let connection { context.endProcess(connection.http.timeout) }
        let advice = Advice(names: names.names)
        var source: WorkloadSource?
        look(.descriptor, advice, &report) {
            let read = try WorkloadSource.read(names, values, context)
            source = read
            let text =
                read.descriptor != nil ? "it is valid" : "there is none: the Workload is made of the image alone"
            guard read.warningCount > 0 else { return (.ok, text, nil) }
            let warnings = DiagnosticReport.count(read.warningCount, "warning")
            return (.warning, "\(text), with \(warnings)", "look at what standard error says")
        }
        if let tree { return check(tree, source, advice, &report) }
        guard var connection else { return }
        let workload = source?.workload
        do {
            try connection.readAuthorities()
        } catch {
            return report.add(.connection, failure(error, advice))
        }
        let store = checked(connection, advice, names.names.namespace)
        let isReached = look(.connection, advice, &report) { try store.connection() }
        let hasToken = look(.token, advice, &report) { try store.token() }
        guard isReached, hasToken else { return }
        let built = workload ?? Workload(parameters: names.names, descriptor: nil)
        let update = values.word(.update, as: UpdateMode.self) ?? (built.isFromSource ? .merge : .image)
        func publication(_ workload: Workload) -> Publication {
            Publication(
                workload: workload, update: update, isStrict: values.isOn(.strict), runName: runName, to: self.store)
        }
        look(.rights, advice, &report) { try store.rights(publication(built)) }
        if workload == nil {
            report.add(.workload, .skipped, "not looked at, because the descriptor is invalid")
        } else {
            look(.workload, advice, &report) {
                guard names.isNameLookedUp, let openChoreo = store as? CheckedOpenChoreo else {
                    return try store.workload(publication(built))
                }
                let name = try openChoreo.nameOfWorkload(of: built.parameters)
                return try store.workload(publication(name.map(built.named) ?? built))
            }
        }
        look(.component, advice, &report) { try store.component(names.names) }
    }

    /// Adds what publishing into a tree would do.
    private func check(
        _ tree: TreeParameters, _ source: WorkloadSource?, _ advice: Advice, _ report: inout CheckReport
    ) {
        for subject in [CheckReport.Subject.connection, .token, .rights] {
            report.add(subject, .skipped, "a Git tree needs none")
        }
        guard let source else {
            return report.add(.workload, .skipped, "not looked at, because the descriptor is invalid")
        }
        look(.workload, advice, &report) {
            (.ok, try TreePublishing(context: context, values: values, isDryRun: true).forecast(source, tree), nil)
        }
        report.add(.component, .skipped, "a Git tree takes a Workload whether there is its component or not")
    }

    /// Adds what came of one check; whether the others may go on.
    @discardableResult
    private func look(
        _ subject: CheckReport.Subject, _ advice: Advice, _ report: inout CheckReport,
        _ body: () throws -> CheckFinding
    ) -> Bool {
        do {
            let (status, message, hint) = try body()
            guard status != .error else {
                report.add(subject, CheckFailure(code: .noPermission, message: message, hint: hint))
                return true
            }
            report.add(subject, status, message, hint: hint)
            return true
        } catch {
            report.add(subject, failure(error, advice))
            return false
        }
    }

    /// What went wrong, and what to do where that stands behind it.
    private func failure(_ error: any Error, _ advice: Advice) -> CheckFailure {
        guard let problem = error as? Problem else {
            let message = (error as? HTTPError)?.message() ?? "\(error)"
            return CheckFailure(code: ExitCode(for: error), message: message, hint: nil)
        }
        let text = advice.message(of: problem)
        let plain = "\(problem)"
        guard text.hasPrefix("\(plain); ") else {
            return CheckFailure(code: ExitCode(for: problem.kind), message: text, hint: nil)
        }
        return CheckFailure(
            code: ExitCode(for: problem.kind), message: plain, hint: String(text.dropFirst(plain.count + 2)))
    }

    /// How to reach the store; nil where that is a Git tree, and where something is wrong, which the reader has noted.
    private func connection(_ reader: inout ParameterReader) throws -> ConnectionParameters? {
        switch store {
        case .api: return ConnectionParameters(&reader, isPlaceholderAllowed: false)
        case .git: return nil
        case .kubernetes:
            return try ClusterParameters.connection(&reader, context, isPlaceholderAllowed: false)
        }
    }

    private func checked(
        _ connection: ConnectionParameters, _ advice: Advice, _ namespace: String
    ) -> any CheckedStore {
        let console = context.console
        let tokens = TokenSource(connection.tokens, timing: context.timing, redactor: console.redactor) {
            console.log($0)
        }
        let deadline = HTTPDeadline(timeout: connection.http.timeout, timing: context.timing)
        let http = HTTPClient(configuration: connection.http, timing: context.timing, deadline: deadline) {
            console.log($0)
        }
        if store == .kubernetes {
            return CheckedCluster(
                client: APIClient(connection.api, client: http, tokens: tokens, dialect: KubernetesAPI.dialect))
        }
        let client = APIClient(connection.api, client: http, tokens: tokens, dialect: OpenChoreoAPI.dialect)
        return CheckedOpenChoreo(
            api: OpenChoreoAPI(client: client, namespace: namespace), client: client, goal: values.word(.wait),
            advice: advice)
    }
}
