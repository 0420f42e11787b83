import ControlPlaneAccess
import HTTP
import JSON
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

    init(_ context: CommandContext, _ values: ParameterValues) {
        self.context = context
        self.values = values
        context.configureLog(values)
    }

    func run() throws {
        var report = CheckReport()
        check(&report)
        for subject in CheckReport.Subject.allCases.dropFirst(report.checks.count) {
            report.add(subject, .skipped, "not looked at, because of what failed before")
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
        let names = WorkloadNames(&reader)
        let connection = ConnectionParameters(&reader, isPlaceholderAllowed: false)
        let runName = reader.value(.runName, DNSSubdomain.init)?.description
        guard reader.error.isEmpty, let names, var connection else {
            report.add(
                .parameters, CheckFailure(code: .usage, message: reader.error.summary, hint: "see publish --help"))
            return
        }
        report.add(.parameters, .ok, "they are complete and well formed")
        context.endProcess(connection.http.timeout)
        let advice = Advice(names: names.names)
        var workload: Workload?
        look(.descriptor, advice, &report) {
            let source = try WorkloadSource.read(names, values, context)
            workload = source.workload
            let isThere = source.descriptor != nil
            let text = isThere ? "it is valid" : "there is none: the Workload is made of the image alone"
            return (.ok, text, nil)
        }
        do {
            try connection.readAuthorities()
        } catch {
            return report.add(.connection, failure(error, advice))
        }
        let store = store(connection, advice, names.names.namespace)
        let isReached = look(.connection, advice, &report) { try store.connection() }
        let hasToken = look(.token, advice, &report) { try store.token() }
        guard isReached, hasToken else { return }
        let scope = RightScope(
            namespace: names.names.namespace, project: names.names.project, component: names.names.component)
        let built = workload ?? Workload(parameters: names.names, descriptor: nil)
        let update = values.word(.update, as: UpdateMode.self) ?? (built.isFromSource ? .merge : .image)
        func publication(_ workload: Workload) -> Publication {
            Publication(workload: workload, update: update, isStrict: values.isOn(.strict), runName: runName)
        }
        look(.rights, advice, &report) { try store.rights(publication(built), in: scope) }
        if workload == nil {
            report.add(.workload, .skipped, "not looked at, because the descriptor is invalid")
        } else {
            look(.workload, advice, &report) {
                let name = names.isNameLookedUp ? try store.api.nameOfWorkload(in: scope) : nil
                return try store.workload(publication(name.map(built.named) ?? built))
            }
        }
        look(.component, advice, &report) { try store.component(names.names) }
    }

    /// Adds what came of one check; whether the others may go on.
    @discardableResult
    private func look(
        _ subject: CheckReport.Subject, _ advice: Advice, _ report: inout CheckReport,
        _ body: () throws -> CheckedStore.Finding
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
            return CheckFailure(code: ExitCode(for: error), message: "\(error)", hint: nil)
        }
        let text = advice.message(of: problem)
        let plain = "\(problem)"
        guard text.hasPrefix("\(plain); ") else {
            return CheckFailure(code: ExitCode(for: problem.kind), message: text, hint: nil)
        }
        return CheckFailure(
            code: ExitCode(for: problem.kind), message: plain, hint: String(text.dropFirst(plain.count + 2)))
    }

    private func store(_ connection: ConnectionParameters, _ advice: Advice, _ namespace: String) -> CheckedStore {
        let console = context.console
        let tokens = TokenSource(connection.tokens, timing: context.timing, redactor: console.redactor) {
            console.log($0)
        }
        let deadline = HTTPDeadline(timeout: connection.http.timeout, timing: context.timing)
        let http = HTTPClient(configuration: connection.http, timing: context.timing, deadline: deadline) {
            console.log($0)
        }
        let client = APIClient(connection.api, client: http, tokens: tokens, dialect: OpenChoreoAPI.dialect)
        return CheckedStore(
            api: OpenChoreoAPI(client: client, namespace: namespace), client: client, goal: values.word(.wait),
            advice: advice)
    }
}
