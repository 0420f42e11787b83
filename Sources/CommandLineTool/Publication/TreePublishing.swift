import JSON
import ManifestTree
import Objects
import Text
import WorkloadModel

/// One run of publish into a checkout, from its parameters to its result.
struct TreePublishing {
    let context: CommandContext
    let values: ParameterValues
    private let start: ContinuousClock.Instant
    private let isDryRun: Bool

    init(context: CommandContext, values: ParameterValues, isDryRun: Bool = false) {
        self.context = context
        self.values = values
        start = context.timing.now()
        self.isDryRun = isDryRun || values.text(.dryRun) != nil
    }

    func run() throws {
        var reader = ParameterReader(values)
        reader.refuseWait()
        if let list = values.text(.components) { return try publish(componentsOf: list, &reader) }
        let names = WorkloadNames(&reader)
        let parameters = TreeParameters(&reader)
        if values.origin(of: .runName) == .flag {
            reader.report(.runName, "a WorkflowRun is annotated over an API, and a tree holds none; leave it out")
        }
        guard reader.error.isEmpty, let names, let parameters else { throw reader.error }
        let source = try WorkloadSource.read(names, values, context)
        do {
            try publish(source, parameters)
        } catch let problem as Problem {
            throw Failure(problem, Advice(names: names.names))
        }
    }

    /// What publishing a Workload would do; nothing is written in a dry run.
    func forecast(_ source: WorkloadSource, _ parameters: TreeParameters) throws -> String {
        let index = try parameters.index(ManifestIndex.workloadKinds, context)
        let (result, _) = try write(source, values, index, parameters)
        return "\(Printable.line(result.path)) would be \(result.action.rawValue)"
    }

    private func publish(_ source: WorkloadSource, _ parameters: TreeParameters) throws {
        let index = try parameters.index(ManifestIndex.workloadKinds, context)
        let (result, changes) = try write(source, values, index, parameters)
        let shown = isDryRun ? changes : nil
        if shown == nil {
            try writeOutputs(result, to: values.text(.outputsDir))
            try GitHubActions(context.environment)?.writeOutputs(result.action, of: result.identity)
        }
        try context.console.print(redacting: result.report(of: shown, values, context, since: start))
    }

    /// Publishes the components of a list, one after the other: they may be in one file.
    private func publish(componentsOf list: String, _ reader: inout ParameterReader) throws {
        let parameters = TreeParameters(&reader)
        guard reader.error.isEmpty, let parameters else { throw reader.error }
        let components = try ComponentSelection(list, values, context).components
        let report = ComponentsReport(context, values)
        try report.begin()
        if report.dryRun == nil {
            context.progress.expect(components.map { "workload/\($0.source.workload.parameters.workloadName)" })
        }
        let index = try parameters.index(ManifestIndex.workloadKinds, context)
        let results = components.map { component in
            let names = component.source.workload.parameters
            var result = ComponentsReport.Result(object: ObjectResult(component.source.workload))
            do {
                let (written, changes) = try write(component.source, component.values, index, parameters)
                result.object.action = written.action
                result.object.members.append(.init(name: "path", value: .string(written.path)))
                let shown = report.dryRun == nil ? nil : changes
                let line = written.report(of: shown, component.values, context, since: start)
                if shown != nil { result.take(line) } else if case .text(let text) = line { result.text = text }
                if shown == nil, let folder = report.outputs {
                    try writeOutputs(written, to: "\(folder)/\(names.namespace)/\(written.name)")
                }
            } catch {
                result.object.failure = Failure(error, of: names)
                report.log(result, of: components.count)
            }
            return result
        }
        try report.finish(results)
    }

    private func writeOutputs(_ result: TreeResult, to folder: String?) throws(OutputError) {
        guard let folder else { return }
        do throws(OutputError) { try result.writeOutputs(folder, context.console) } catch {
            throw error.named(by: .outputsDir)
        }
    }

    /// Writes one Workload, and returns the changes of files.
    private func write(
        _ source: WorkloadSource, _ values: ParameterValues, _ index: ManifestIndex, _ parameters: TreeParameters
    ) throws -> (TreeResult, [TreeObject.Change]) {
        let workload = source.workload
        let names = workload.parameters
        let place = WorkloadPlace(
            namespace: names.namespace, project: names.project, component: names.component,
            name: names.workloadName, path: parameters.path)
        let renames = values.text(.workloadName).map { $0 != WorkloadNames.lookedUp } ?? false
        let object = try index.workload(place, renames: renames, isDryRun: isDryRun)
        let update = values.word(.update, as: UpdateMode.self) ?? (source.workload.isFromSource ? .merge : .image)
        let item = item(workload, update, object, renames: renames)
        let outcome = try object.write(item)
        parameters.tell(index, context)
        for warning in outcome.warnings { context.console.log(warning, of: item.identity) }
        // Values that say the same in another way are no change of a file.
        let action = object.changes.isEmpty ? WriteAction.unchanged : outcome.action
        if !isDryRun { context.progress.note("\(item.identity)", action.rawValue) }
        return (
            TreeResult(
                workload: workload, name: item.identity.name, path: object.path, action: action, object: outcome.object),
            object.changes
        )
    }

    /// The object to write: under the name that is there, and with the labels that the OpenChoreo API sets by itself, unless
    /// the image alone is to change.
    private func item(_ workload: Workload, _ update: UpdateMode, _ object: TreeObject, renames: Bool) -> Item {
        let names = workload.parameters
        var built = workload.customResource
        if update != .image || object.found == nil { built = Workload.labelled(built) }
        let name = renames ? names.workloadName : object.found?.name ?? names.workloadName
        built = built.setting(.string(name), at: ["metadata", "name"])
        var policy = Policy.workloadOfOtherStores(update, isStrict: values.isOn(.strict))
        if renames {
            policy.compared.append(["metadata", "name"])
            if case .assign(let paths) = policy.update { policy.update = .assign(paths + [["metadata", "name"]]) }
        }
        return Item(
            identity: ObjectIdentity(kind: "workload", namespace: names.namespace, name: name), built: built,
            policy: policy)
    }
}

/// What came of publishing into a checkout.
private struct TreeResult {
    let workload: Workload
    let name: String
    let path: String
    let action: WriteAction
    let object: JSONValue

    var identity: ObjectIdentity {
        ObjectIdentity(kind: "workload", namespace: workload.parameters.namespace, name: name)
    }

    /// The result on standard output; with the differences of the files where nothing was written.
    func report(
        of changes: [TreeObject.Change]?, _ values: ParameterValues, _ context: CommandContext,
        since start: ContinuousClock.Instant
    ) -> Report {
        let diff = changes.map(TreeParameters.diff)
        let style = TerminalStyle(isTerminal: context.console.isOutputTerminal, environment: context.environment)
        guard values.word(.publishOutput) == LogFormat.json else {
            let mark = diff == nil ? "" : " (dry run)"
            return .text("\(style.diff(diff ?? ""))\(Printable.line(path)) \(action.rawValue)\(mark)\n")
        }
        var result: JSONObject = [
            "name": .string(name), "namespace": .string(workload.parameters.namespace),
            "image": .string(workload.parameters.image), "fromSource": .bool(workload.isFromSource),
            "action": .string(action.rawValue), "path": .string(path),
        ]
        if let diff {
            result["dryRun"] = true
            result["diff"] = .string(diff)
        } else {
            // As over an API: no request is made, and no run is annotated.
            result["annotated"] = false
            result["attempts"] = 0
            result["durationMs"] = .number(JSONNumber(Int(start.duration(to: context.timing.now()) / .milliseconds(1))))
        }
        return .json(.object(result))
    }

    func writeOutputs(_ folder: String, _ console: Console) throws(OutputError) {
        try OutputFile.makeFolder(folder)
        let body = object.redacted { console.redactor.redact(document: $0) }
        for (file, bytes) in [
            ("workload-name", Array(name.utf8)), ("action", Array(action.rawValue.utf8)), ("path", Array(path.utf8)),
            ("commit-message", Array(commitMessage.utf8)), ("workload.json", body.serialized()),
        ] {
            try OutputFile.write(bytes, to: "\(folder)/\(file)")
        }
    }

    /// A subject line, an empty line and the rest, as Git has it.
    private var commitMessage: String {
        let names = workload.parameters
        let image = try? ImageReference(names.image)
        let version = image?.tag ?? image?.digest.map { String($0.prefix(19)) } ?? "latest"
        return """
            Publish \(names.component) \(version)

            The workload \(name) of the component \(names.project)/\(names.component) in the namespace \
            \(names.namespace)
            runs \(names.image).
            """
    }
}
