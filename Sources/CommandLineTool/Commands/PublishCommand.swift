import ControlPlaneAccess
import JSON
import ManifestTree
import Objects
import Text

extension Command {
    static let publish = Command(
        name: "publish",
        summary: "build the Workload; create it, or update it if it exists (the CI step)",
        discussion: "Checks everything that can be checked before anything is sent, obtains an OAuth access token, "
            + "creates the Workload over the OpenChoreo API and, where it exists, updates it. With --to it goes to the "
            + "Kubernetes API or into a Git tree. Every request is safe to repeat: a run that was "
            + "cut off is put right by running it again.",
        example: "publish --dry-run \(WorkloadNames.example)",
        groups: {
            [
                ParameterGroup(title: "What to publish", parameters: Parameter.workload),
                ParameterGroup(title: "Where it came from", parameters: Parameter.source),
                ParameterGroup(title: "Where it goes", parameters: Parameter.store),
                ParameterGroup(title: "How to reach the control plane", parameters: Parameter.connection),
                ParameterGroup(title: "How to go about it", parameters: Parameter.publishing),
                ParameterGroup(title: "Many components in one run", parameters: Parameter.many),
            ]
        },
        run: { context, values in
            let report = RunReport(context, values)
            try PublishRun(context: context, values: values, report: report, start: context.timing.now()).run()
        })
}

/// One run of publish: of one component or of a list, into one store.
private struct PublishRun {
    let context: CommandContext
    let values: ParameterValues
    let report: RunReport
    let start: ContinuousClock.Instant

    func run() throws {
        let parameters = try PublishParameters(values, context, isPlaceholderAllowed: report.dryRun == .client)
        let publications =
            if let names = parameters.names {
                [Publication(try WorkloadSource.read(names, values, context), names, values)]
            } else {
                try ComponentSelection(values.text(.components) ?? "", parameters.values, context).publications
            }
        let session = try parameters.connection.map {
            try Session(context, $0, values, until: parameters.deadline)
        }
        try report.begin()
        if report.isList, report.dryRun == nil {
            context.progress.expect(publications.map { "\($0.item.identity)" })
        }
        if let tree = parameters.tree {
            let publisher = TreePublisher(
                index: try tree.index(ManifestIndex.workloadKinds, context), parameters: tree, report: report)
            try finish(publications.map { result(of: $0, by: publisher, of: publications.count) }, publications, 0)
        } else if let session {
            try publish(publications, to: parameters.store, over: session, parameters.jobs)
        }
    }

    /// Publishes as many at once as there are jobs, with one token for all.
    private func publish(
        _ publications: [Publication], to store: StoreName, over session: Session, _ jobs: Int
    ) throws {
        let first = session.client(of: store)
        let token: [PlannedRequest]
        do throws(Problem) {
            // Once for all, and whatever is wrong with it is wrong for all.
            token = report.dryRun == .client ? try session.tokens.plan() : []
            if report.isList, report.dryRun != .client { _ = try first.authenticate() }
        } catch {
            let failure = Failure(error, Advice(names: nil))
            return try finish(publications.map { ObjectResult($0, report, failure) }, publications, 0)
        }
        @Sendable func show(_ done: Int?) {
            if report.isList { context.console.showStatus(done.map { "\($0) of \(publications.count) components" }) }
        }
        show(0)
        let goal: WaitGoal? = values.word(.wait)
        let results = WorkList<ObjectResult>.run(count: publications.count, jobs: jobs, first) { list, first in
            let publisher = APIPublisher(
                client: first ?? session.client(of: store), store: store, goal: goal, token: token, report: report)
            while let index = list.next() {
                show(list.finish(index, result(of: publications[index], by: publisher, of: publications.count)))
            }
        }
        show(nil)
        try finish(results, publications, first.requestCount)
    }

    private func result(of publication: Publication, by publisher: some Publisher, of count: Int) -> ObjectResult {
        var result = ObjectResult(publication, report)
        do {
            try publisher.publish(publication, into: &result)
            if report.isList, report.dryRun != nil {
                result.text = "# \(result.identity) in \(result.identity.namespace ?? "")\n\(result.text)\n"
            }
        } catch {
            result.failure = Failure(error, Advice(names: publication.workload.parameters))
        }
        report.log(result, of: count)
        return result
    }

    /// Reports all; of one alone that was written, how many requests that took.
    private func finish(_ results: [ObjectResult], _ publications: [Publication], _ requestCount: Int) throws {
        guard !report.isList else { return try report.finish(ResultList(results: results, noun: "components")) }
        let workload = publications[0].workload
        var members: JSONObject = ["fromSource": .bool(workload.isFromSource)]
        if report.dryRun == nil {
            let time = Int(start.duration(to: context.timing.now()) / .milliseconds(1))
            members["attempts"] = JSONValue(requestCount)
            members["durationMs"] = JSONValue(time)
        }
        try report.finish(results[0], image: workload.parameters.image, members)
    }
}

extension ObjectResult {
    /// Nothing yet of a Workload.
    fileprivate init(_ publication: Publication, _ report: RunReport, _ failure: Failure? = nil) {
        identity = publication.item.identity
        self.failure = failure
        if report.isList { members["component"] = .string(publication.workload.parameters.component) }
    }
}
