import JSON
import Objects
import WorkloadModel

/// What a run for many components reports, and where.
struct ComponentsReport: Sendable {
    /// What came of one component, and what is printed of it.
    struct Result: Sendable {
        var object: ObjectResult
        var text = ""
    }

    let dryRun: DryRun?
    let isJSON: Bool
    /// The folder of the outputs for other steps.
    let outputs: String?
    private let context: CommandContext

    init(_ context: CommandContext, _ values: ParameterValues) {
        self.context = context
        dryRun = values.word(.dryRun)
        isJSON = values.word(.publishOutput) == LogFormat.json
        outputs = dryRun == nil ? values.text(.outputsDir) : nil
    }

    /// Makes the folder for outputs, before anything is written elsewhere.
    func begin() throws(OutputError) {
        guard let outputs else { return }
        do { try OutputFile.makeFolder(outputs) } catch { throw error.named(by: .outputsDir) }
    }

    /// Says at once what failed, where it is one of several.
    func log(_ result: Result, of count: Int) {
        guard let failure = result.object.failure, count > 1 else { return }
        context.console.log(
            .error, "component-failed", "\(result.object.identity): \(failure)", [.exitCode(failure.code)])
    }

    /// Reports all, in their order; throws where any failed.
    func finish(_ results: [Result]) throws {
        let console = context.console
        let list = ResultList(results: results.map(\.object), noun: "components")
        let document = list.json(isDryRun: dryRun != nil)
        lazy var redacted = document.redacted(by: console.redactor.redact(document:))
        if let outputs {
            do {
                try OutputFile.write(redacted.serialized(), to: "\(outputs)/results.json")
            } catch {
                throw error.named(by: .outputsDir)
            }
        }
        if dryRun == nil, let gitHub = GitHubActions(context.environment) {
            try gitHub.writeOutputs(redacted)
            do {
                try gitHub.writeSummary(list)
            } catch {
                console.log(.warning, "no-summary", "\(error)")
            }
        }
        if dryRun != .client {
            let mark = dryRun == nil ? "" : " (dry run)"
            let count = DiagnosticReport.count(results.count, "component")
            console.log(.info, "components", "\(count): \(list.counts)\(mark)")
        }
        if isJSON {
            try console.print(redacting: .json(document))
        } else {
            try console.print(redacting: .text(results.map(\.text).joined()))
        }
        if let failure = list.failure { throw failure }
    }
}

extension ComponentsReport.Result {
    /// Takes what a dry run shows of the component, under a heading.
    mutating func take(_ report: Report) {
        switch report {
        case .text(let shown): text = "# \(object.identity) in \(object.identity.namespace ?? "")\n\(shown)\n"
        case .json(let shown):
            for name in ["requests", "diff"] {
                if let value = shown[name] { object.members.append(.init(name: name, value: value)) }
            }
        }
    }
}

extension ObjectResult {
    /// Nothing yet of a component.
    init(_ workload: Workload) {
        let names = workload.parameters
        self.init(
            identity: ObjectIdentity(kind: "workload", namespace: names.namespace, name: names.workloadName),
            members: [.init(name: "component", value: .string(names.component))])
    }
}

extension Failure {
    /// The failure that whatever went wrong with a component is.
    init(_ error: any Error, of names: WorkloadParameters) {
        switch error {
        case let failure as Failure: self = failure
        case let problem as Problem: self.init(problem, Advice(names: names))
        default: self.init(code: ExitCode(for: error), description: "\(error)")
        }
    }
}
