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
        for subject in CheckSubject.allCases.dropFirst(report.checks.count) {
            report.add(subject, .skipped(reason))
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
        let parameters: PublishParameters
        do {
            parameters = try PublishParameters(values, context, isOfOne: true)
        } catch {
            return report.add(.parameters, Finding(error, Advice(names: nil)))
        }
        guard let names = parameters.names else { return }
        report.add(.parameters, .ok("they are complete and well formed"))
        let advice = Advice(names: names.names)
        var source: WorkloadSource?
        look(.descriptor, advice, &report) {
            let read = try WorkloadSource.read(names, values, context)
            source = read
            let text =
                read.descriptor != nil ? "it is valid" : "there is none: the Workload is made of the image alone"
            guard read.warningCount > 0 else { return .ok(text) }
            let warnings = DiagnosticReport.count(read.warningCount, "warning")
            return .warning("\(text), with \(warnings)", hint: "look at what standard error says")
        }
        let alone = WorkloadSource(workload: Workload(parameters: names.names, descriptor: nil))
        let publication = Publication(source ?? alone, names, values)
        func lookAtWorkload(_ body: () throws -> Finding) {
            guard source != nil else {
                return report.add(.workload, .skipped("not looked at, because the descriptor is invalid"))
            }
            look(.workload, advice, &report, body)
        }
        if let tree = parameters.tree {
            for subject in [CheckSubject.connection, .token, .rights] {
                report.add(subject, .skipped("a Git tree needs none"))
            }
            lookAtWorkload { try forecast(publication, tree) }
            return report.add(.component, .skipped("a Git tree takes a Workload whether there is its component or not"))
        }
        guard var connection = parameters.connection else { return }
        do {
            try connection.readAuthorities()
        } catch {
            return report.add(.connection, Finding(error, advice))
        }
        let client = Session(context, connection, until: parameters.deadline).client(of: parameters.store)
        let store: any CheckedStore =
            parameters.store == .kubernetes
            ? CheckedCluster(client: client)
            : CheckedOpenChoreo(
                api: OpenChoreoAPI(client: client, namespace: names.names.namespace), client: client,
                goal: values.word(.wait), advice: advice)
        let isReached = look(.connection, advice, &report) { try store.connection() }
        let hasToken = look(.token, advice, &report) { try store.token() }
        guard isReached, hasToken else { return }
        look(.rights, advice, &report) { try store.rights(publication) }
        lookAtWorkload { try store.workload(publication) }
        look(.component, advice, &report) { try store.component(names.names) }
    }

    /// What publishing into a tree would do.
    private func forecast(_ publication: Publication, _ tree: TreeParameters) throws -> Finding {
        var preview = RunReport(context, values)
        preview.dryRun = .server
        var result = ObjectResult(identity: publication.item.identity)
        let index = try tree.index(ManifestIndex.workloadKinds, context)
        try TreePublisher(index: index, parameters: tree, report: preview).publish(publication, into: &result)
        return .ok("\(Printable.line(result.members["path"]?.string ?? "")) would be \(result.state)")
    }

    /// Adds what came of one check; whether the others may go on.
    @discardableResult
    private func look(
        _ subject: CheckSubject, _ advice: Advice, _ report: inout CheckReport, _ body: () throws -> Finding
    ) -> Bool {
        do {
            report.add(subject, try body())
            return true
        } catch {
            report.add(subject, Finding(error, advice))
            return false
        }
    }
}
