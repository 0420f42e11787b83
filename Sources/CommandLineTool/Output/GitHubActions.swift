import JSON
import Objects
import Text

/// The files by which a step of GitHub Actions hands something on, where this process is one
/// (GitHub, "Workflow commands for GitHub Actions").
struct GitHubActions {
    /// Where outputs of the step are appended, `NAME=VALUE` a line.
    private let outputFile: String?
    /// Where a summary in Markdown is appended.
    private let summaryFile: String?

    /// The variables that are read.
    static let variables = ["GITHUB_ACTIONS", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"]

    /// Nil where this process runs elsewhere.
    init?(_ environment: [String: String]) {
        guard environment["GITHUB_ACTIONS"] == "true" else { return nil }
        outputFile = environment["GITHUB_OUTPUT"].flatMap { $0.isEmpty ? nil : $0 }
        summaryFile = environment["GITHUB_STEP_SUMMARY"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Appends the step's outputs; names of Workloads and actions hold no line break.
    func writeOutputs(_ action: WriteAction, of identity: ObjectIdentity) throws(OutputError) {
        guard let outputFile else { return }
        try OutputFile.append(
            Array("workload-name=\(identity.name)\naction=\(action.rawValue)\n".utf8), to: outputFile)
    }

    /// Appends what became of many components: `results`, one line of JSON.
    func writeOutputs(_ results: JSONValue) throws(OutputError) {
        guard let outputFile else { return }
        try OutputFile.append(Array("results=\(results.text())\n".utf8), to: outputFile)
    }

    /// Appends a table of what became of many components; a Workload's name and its namespace are checked text.
    func writeSummary(_ list: ResultList) throws(OutputError) {
        guard let summaryFile else { return }
        var text = "| Workload | action | namespace |\n| --- | --- | --- |\n"
        for result in list.results {
            text += "| `\(result.identity.name)` | \(result.state) | `\(result.identity.namespace ?? "")` |\n"
        }
        try OutputFile.append(Array((text + "\n").utf8), to: summaryFile)
    }

    /// Appends a table of what was done; every value in it is checked text without Markdown's marks for code.
    func writeSummary(_ outcome: Outcome, of publication: Publication) throws(OutputError) {
        guard let summaryFile else { return }
        let parameters = publication.workload.parameters
        let text = """
            | Workload | action | namespace | image |
            | --- | --- | --- | --- |
            | `\(parameters.workloadName)` | \(outcome.action.rawValue) | `\(parameters.namespace)` \
            | `\(parameters.image)` |


            """
        try OutputFile.append(Array(text.utf8), to: summaryFile)
    }
}

/// A line of a step's log that GitHub Actions makes an annotation of.
struct WorkflowCommand {
    /// `error`, `warning` or `notice`.
    let name: String
    /// File, line and column, where the message belongs to one.
    var properties: [(name: String, value: String)] = []
    let message: String

    /// The line, ended by a newline; nothing in it can begin another command.
    var line: String {
        let properties = properties.map { "\($0.name)=\(Self.escaped($0.value, isProperty: true))" }
        let list = properties.isEmpty ? "" : " " + properties.joined(separator: ",")
        return "::\(name)\(list)::\(Self.escaped(message, isProperty: false))\n"
    }

    /// The escapes of GitHub's own toolkit: line breaks, the escape itself, and in properties what ends them.
    private static func escaped(_ text: String, isProperty: Bool) -> String {
        let names: [Unicode.Scalar: String] = ["%": "%25", "\r": "%0D", "\n": "%0A"]
        let ends: [Unicode.Scalar: String] = [":": "%3A", ",": "%2C"]
        return text.replacingScalars { names[$0] ?? (isProperty ? ends[$0] : nil) }
    }
}
