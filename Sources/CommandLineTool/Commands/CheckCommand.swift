import ManifestTree
import Objects
import OpenChoreo
import Text
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
        run: { context, values in try CheckRun(context: context, values: values).run() })
}

/// One run of check, from its parameters to its report.
private struct CheckRun {
    let context: CommandContext
    let values: ParameterValues

    func run() throws {
        var report = CheckReport()
        check(&report)
        let reason = report.code == .success ? "not looked at" : "not looked at, because of what failed before"
        report.skip(CheckSubject.allCases.dropFirst(report.checks.count), reason)
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
        var parameters: PublishParameters?
        report.look(.parameters, Advice(names: nil)) {
            parameters = try PublishParameters(values, context, isOfOne: true)
            return Finding(.ok, "they are complete and well formed")
        }
        guard let parameters, let names = parameters.names else { return }
        let advice = Advice(names: names.names)
        var source = WorkloadSource(workload: Workload(parameters: names.names, descriptor: nil))
        let isValid = report.look(.descriptor, advice) {
            source = try WorkloadSource.read(names, values, context)
            let text =
                source.descriptor != nil ? "it is valid" : "there is none: the Workload is made of the image alone"
            guard source.warningCount > 0 else { return Finding(.ok, text) }
            let warnings = DiagnosticReport.count(source.warningCount, "warning")
            return Finding(.warning, "\(text), with \(warnings)", hint: "look at what standard error says")
        }
        let publication = Publication(source, names, values)
        func look(atWorkload body: () throws -> Finding) {
            if isValid {
                report.look(.workload, advice, body)
            } else {
                report.skip([.workload], "not looked at, because the descriptor is invalid")
            }
        }
        if let tree = parameters.tree {
            report.skip([.connection, .token, .rights], "a Git tree needs none")
            look { try forecast(publication, tree) }
            return report.skip([.component], "a Git tree takes a Workload whether there is its component or not")
        }
        guard let connection = parameters.connection else { return }
        var opened: APIChecks?
        let isReached = report.look(.connection, advice) {
            let session = try Session(context, connection, values, until: parameters.deadline)
            let client = session.client(of: parameters.store)
            let store = WorkloadStore(parameters.store, client, namespace: names.names.namespace)
            let checks = APIChecks(client: client, store: store, goal: values.word(.wait), advice: advice)
            opened = checks
            return try checks.connection()
        }
        guard let checks = opened, report.look(.token, advice, checks.token), isReached else { return }
        report.look(.rights, advice) { try checks.rights(publication) }
        look { try checks.workload(publication) }
        report.look(.component, advice) { try checks.component(publication) }
    }

    /// What publishing into a tree would do.
    private func forecast(_ publication: Publication, _ tree: TreeParameters) throws -> Finding {
        var preview = RunReport(context, values)
        preview.dryRun = .server
        var result = ObjectResult(identity: publication.item.identity)
        let index = try tree.index(ManifestIndex.workloadKinds, context)
        try TreePublisher(index: index, parameters: tree, report: preview).publish(publication, into: &result)
        return Finding(.ok, "\(Printable.line(result.members["path"]?.string ?? "")) would be \(result.state)")
    }
}
