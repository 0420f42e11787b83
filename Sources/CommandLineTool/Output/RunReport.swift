import JSON
import Objects
import Text
import YAML

/// How a run reports what became of its objects, and where.
struct RunReport: Sendable {
    let context: CommandContext
    var dryRun: DryRun?
    let isJSON: Bool
    /// Whether the run is for a list of components.
    let isList: Bool
    /// The folder of the outputs for other steps; nil in a dry run, which has none.
    private let outputs: String?
    private let gitHub: GitHubActions?
    private let style: TerminalStyle
    private var console: Console { context.console }

    init(_ context: CommandContext, _ values: ParameterValues) {
        self.context = context
        dryRun = values.word(.dryRun)
        isJSON = values.word(.publishOutput) == LogFormat.json
        isList = values.text(.components) != nil
        outputs = dryRun == nil ? values.text(.outputsDir) : nil
        gitHub = dryRun == nil ? GitHubActions(context.environment) : nil
        style = context.outputStyle
    }

    /// Makes the folder for outputs, before anything is written elsewhere.
    func begin() throws(OutputError) {
        if let outputs { try write([], to: outputs) }
    }

    /// Takes what was done to an object, or with a difference what would be; `place` is where it is, if not in its name.
    func take(
        _ action: WriteAction, diff: String? = nil, at place: String? = nil, into result: inout ObjectResult
    ) {
        result.action = action
        if dryRun != nil { result.members["diff"] = diff.map { .string($0) } }
        let mark = dryRun == nil ? "" : " (dry run)"
        result.text = style.diff(diff ?? "") + "\(place ?? "\(result.identity)") \(action.rawValue)\(mark)\n"
    }

    /// The difference between an object on the server and what comes of it.
    func diff(_ live: JSONValue?, _ object: JSONValue, _ action: WriteAction, of identity: ObjectIdentity) -> String {
        UnifiedDiff(
            from: live?.yaml ?? "", named: "\(identity) on the server",
            to: object.yaml, named: "\(identity) \(action.rawValue)"
        ).text
    }

    /// Hands on to other steps what was written, so that it is there even if something else fails.
    func deliver(
        _ result: ObjectResult, _ object: JSONValue, _ files: [(name: String, text: String)] = []
    ) throws(OutputError) {
        let (identity, action) = (result.identity, result.action?.rawValue ?? "")
        if let outputs {
            // A server may have echoed a credential into an annotation that goes back with the body.
            let body = object.redacted(by: console.redactor.redact(document:)).serialized()
            let files = [("workload-name", identity.name), ("action", action)] + files
            try write(
                files.map { ($0.0, Array($0.1.utf8)) } + [("workload.json", body)],
                to: isList ? "\(outputs)/\(identity.namespace ?? "")/\(identity.name)" : outputs)
        }
        if !isList { try gitHub?.writeOutputs("workload-name=\(identity.name)\naction=\(action)\n") }
    }

    /// Writes files into a folder of outputs, which is made where it is missing.
    private func write(_ files: [(name: String, bytes: [UInt8])], to folder: String) throws(OutputError) {
        do throws(OutputError) {
            try OutputFile.makeFolder(folder)
            for file in files { try OutputFile.write(file.bytes, to: "\(folder)/\(file.name)") }
        } catch {
            throw error.named(by: .outputsDir)
        }
    }

    /// Logs at once what failed, where it is one of several.
    func log(_ result: ObjectResult, of count: Int) {
        if count > 1 { log(result) }
    }

    private func log(_ result: ObjectResult) {
        guard let failure = result.failure, let text = result.failureText else { return }
        console.log(.error, isList ? "component-failed" : "object-failed", text, ["exitCode": failure.code.json])
    }

    /// Reports all objects, in their order; throws where any failed.
    func finish(_ list: ResultList) throws {
        do {
            try deliver(list)
        } catch {
            // The run ends with this, and what was not logged before would never be said.
            if list.results.count == 1 { log(list.results[0]) }
            throw error
        }
        if let failure = list.failure { throw failure }
    }

    private func deliver(_ list: ResultList) throws {
        let document = list.json(isDryRun: dryRun != nil)
        lazy var redacted = document.redacted(by: console.redactor.redact(document:))
        if let outputs { try write([("results.json", redacted.serialized())], to: outputs) }
        if isList {
            try gitHub?.writeOutputs("results=\(redacted.text())\n")
            summarize(list.results)
            let count = DiagnosticReport.count(list.results.count, "component")
            let mark = dryRun == nil ? "" : " (dry run)"
            if dryRun != .client { console.log(.info, "components", "\(count): \(list.counts)\(mark)") }
        }
        try console.print(redacting: isJSON ? .json(document) : .text(list.results.map(\.text).joined()))
    }

    /// Reports the one Workload of a run, with what else there is of it for programs; throws where it failed.
    func finish(_ result: ObjectResult, image: String, _ more: JSONObject) throws {
        if let failure = result.failure { throw failure }
        summarize([result], image: image)
        guard isJSON else { return try console.print(redacting: .text(result.text)) }
        let own: JSONObject = ["image": .string(image), "dryRun": dryRun == nil ? nil : true]
        let object = JSONObject((result.json.object?.members ?? []) + more.members + own.members)
        try console.print(redacting: .json(.object(object)))
    }

    private func summarize(_ results: [ObjectResult], image: String? = nil) {
        do throws(OutputError) { try gitHub?.writeSummary(results, image: image) } catch {
            console.log(.warning, "no-summary", "\(error)")
        }
    }
}
