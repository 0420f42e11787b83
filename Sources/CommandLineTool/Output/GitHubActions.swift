import Text

/// The files by which a step of GitHub Actions hands something on, where this process is one
/// (GitHub, "Workflow commands for GitHub Actions").
struct GitHubActions {
    /// Where outputs of the step are appended, `NAME=VALUE` a line.
    private let outputFile: String?
    /// Where a summary in Markdown is appended.
    private let summaryFile: String?

    /// Nil where this process runs elsewhere.
    init?(_ environment: [String: String]) {
        guard environment["GITHUB_ACTIONS"] == "true" else { return nil }
        outputFile = environment["GITHUB_OUTPUT"].flatMap { $0.isEmpty ? nil : $0 }
        summaryFile = environment["GITHUB_STEP_SUMMARY"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Appends the step's outputs, `NAME=VALUE` a line.
    func writeOutputs(_ lines: String) throws(OutputError) {
        if let outputFile { try OutputFile.append(Array(lines.utf8), to: outputFile) }
    }

    /// Appends a table of what was done; every value in it is checked text without Markdown's marks for code.
    func writeSummary(_ results: [ObjectResult], image: String?) throws(OutputError) {
        guard let summaryFile else { return }
        let rows = results.map { result in
            "| `\(result.identity.name)` | \(result.state) | `\(result.identity.namespace ?? "")` |"
                + (image.map { " `\($0)` |" } ?? "") + "\n"
        }
        let head =
            image == nil
            ? "| Workload | action | namespace |\n| --- | --- | --- |\n"
            : "| Workload | action | namespace | image |\n| --- | --- | --- | --- |\n"
        try OutputFile.append(Array("\(head)\(rows.joined())\n".utf8), to: summaryFile)
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
