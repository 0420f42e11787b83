import JSON
import Kubernetes
import ManifestTree
import Objects
import Text
import WorkloadModel

/// One run of apply into a checkout, from its manifests to its results.
struct TreeApplying {
    let context: CommandContext
    let values: ParameterValues

    func run() throws {
        var reader = ParameterReader(values)
        let files = values.operands + values.texts(.file)
        if files.isEmpty { reader.reportMissing("a FILE of manifests, or - for standard input") }
        for parameter in [Parameter.waitFor, .failOn] where !values.texts(parameter).isEmpty {
            reader.report(parameter, "a tree has no status to wait for; leave it out")
        }
        let changes = reader.all(.set) { text throws(MalformedValue) in try FieldExpression(text) }
        let namespace = reader.value(.namespace, DNSLabel.init)?.description
        let parameters = TreeParameters(&reader)
        guard reader.error.isEmpty, let parameters else { throw reader.error }
        let manifests = try ManifestSource(files: files, changes: changes, namespace: namespace)
            .read(context.console)
        do {
            try apply(manifests, in: namespace, try parameters.index(Set(manifests.map(\.kind)), context), parameters)
        } catch let problem as Problem {
            throw Failure(problem, Advice(names: nil))
        }
    }

    private func apply(
        _ manifests: [Manifest], in namespace: String?, _ index: ManifestIndex, _ parameters: TreeParameters
    ) throws {
        let isDryRun = values.text(.dryRun) != nil
        let isJSON = values.word(.publishOutput) == LogFormat.json
        var list = ResultList()
        for manifest in manifests {
            var result = ObjectResult(
                identity: manifest.identity,
                members: [
                    .init(name: "apiVersion", value: .string(manifest.apiVersion)),
                    .init(name: "kind", value: .string(manifest.kind)),
                ])
            let built = manifest.object(in: namespace)
            do throws(Problem) {
                let object = try index.object(like: built, path: parameters.path, isDryRun: isDryRun)
                let action = try object.merge(built)
                result.members.append(.init(name: "path", value: .string(object.path)))
                result.action = action
                let diff = isDryRun ? TreeParameters.diff(of: object.changes) : nil
                result.diff = diff
                if !isJSON {
                    let line = "\(Printable.line(object.path)) \(action.rawValue)\(isDryRun ? " (dry run)" : "")\n"
                    try? context.console.print(redacting: .text((diff ?? "") + line))
                }
                if !isDryRun { context.progress.note("\(manifest.identity)", action.rawValue) }
            } catch {
                let failure = Failure(error, Advice(names: nil))
                result.failure = failure
                if manifests.count > 1 {
                    context.console.log(
                        .error, "object-failed", "\(result.identity): \(failure)", [.exitCode(failure.code)])
                }
            }
            list.results.append(result)
        }
        parameters.tell(index, context)
        let document = list.json(isDryRun: isDryRun)
        if !isDryRun, let folder = values.text(.outputsDir) {
            let redacted = document.redacted(by: context.console.redactor.redact(document:))
            do throws(OutputError) {
                try OutputFile.makeFolder(folder)
                try OutputFile.write(redacted.serialized(), to: "\(folder)/results.json")
            } catch {
                throw error.named(by: .outputsDir)
            }
        }
        if isJSON { try context.console.print(redacting: .json(document)) }
        if let failure = list.failure { throw failure }
    }
}
