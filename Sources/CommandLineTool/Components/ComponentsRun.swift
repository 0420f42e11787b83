import ControlPlaneAccess
import Objects

/// A run of publish for many components: one token, and threads that publish one component after the other.
struct ComponentsRun: Sendable {
    private var flow: Publishing
    private let report: ComponentsReport
    private let style: TerminalStyle
    private var console: Console { flow.context.console }
    private var dryRun: DryRun? { report.dryRun }

    init(_ flow: Publishing, _ values: ParameterValues) {
        self.flow = flow
        self.flow.isOneOfMany = true
        report = ComponentsReport(flow.context, values)
        style = TerminalStyle(
            isTerminal: flow.context.console.isOutputTerminal, environment: flow.context.environment)
    }

    private typealias Result = ComponentsReport.Result

    /// Publishes as many at once as there are jobs, and reports all of them; throws where any failed.
    func run(_ publications: [Publication], _ jobs: Int) throws {
        try report.begin()
        if dryRun == nil { flow.context.progress.expect(publications.map { "\($0.item.identity)" }) }
        console.showStatus("0 of \(publications.count) components")
        let results = publish(publications, jobs)
        console.showStatus(nil)
        try report.finish(results)
    }

    private func publish(_ publications: [Publication], _ jobs: Int) -> [Result] {
        let first = flow.client()
        let token: [PlannedRequest]
        do throws(Problem) {
            // Once for all, and whatever is wrong with it is wrong for all.
            token = dryRun == .client ? try flow.tokens.plan() : []
            if dryRun != .client { _ = try first.api.authenticate() }
        } catch {
            let failure = Failure(error, Advice(names: nil))
            return publications.map { publication in
                var result = Result(object: ObjectResult(publication.workload))
                result.object.failure = failure
                return result
            }
        }
        return WorkList<Result>.run(count: publications.count, jobs: jobs, first) { list, first in
            let client = first ?? flow.client()
            while let index = list.next() {
                let result = result(of: publications[index], client, token)
                report.log(result, of: publications.count)
                let done = list.finish(index, result)
                console.showStatus("\(done) of \(publications.count) components")
            }
        }
    }

    private func result(
        of publication: Publication, _ client: Publishing.Client, _ token: [PlannedRequest]
    ) -> Result {
        var result = Result(object: ObjectResult(publication.workload))
        do {
            let publication = dryRun == .client ? publication : try flow.named(publication, over: client)
            result = Result(object: ObjectResult(publication.workload))
            let outputs = self.report.outputs
            let report = ResultReport(publication: publication, isJSON: self.report.isJSON, style: style)
            switch dryRun {
            case .client: result.take(report.document(of: token + (try flow.plan(publication, over: client))))
            case .server:
                let preview = try flow.preview(publication, over: client)
                result.object.action = preview.outcome.action
                result.take(report.document(of: preview))
            case nil:
                let live = try flow.publish(publication, over: client) { outcome in
                    result.object.action = outcome.action
                    result.text = "\(publication.item.identity) \(outcome.action.rawValue)\n"
                    guard let outputs else { return }
                    let name = publication.item.identity.name
                    let folder = "\(outputs)/\(publication.workload.parameters.namespace)/\(name)"
                    try flow.writeOutputs(outcome, publication, to: folder)
                }.live
                if let live {
                    result.text += live.text(of: publication.workload.parameters.component)
                    result.object.members += live.members
                }
            }
        } catch {
            result.object.failure = Failure(error, of: publication.workload.parameters)
        }
        return result
    }
}
