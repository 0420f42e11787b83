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
            ["`\(result.identity.name)`", result.state, "`\(result.identity.namespace ?? "")`"]
                + [image.map { "`\($0)`" }].compactMap { $0 }
        }
        let head = ["Workload", "action", "namespace"] + (image == nil ? [] : ["image"])
        let lines = ([head, head.map { _ in "---" }] + rows).map { "| \($0.joined(separator: " | ")) |\n" }
        try OutputFile.append(Array("\(lines.joined())\n".utf8), to: summaryFile)
    }
}

extension GitHubActions {
    /// A line of a step's log that becomes an annotation, named `error`, `warning` or `notice`, with its newline.
    ///
    /// Nothing in it can begin another command. The properties are file, line and column, where the message belongs to one.
    static func annotation(
        _ name: String, _ message: String, _ properties: [(name: String, value: String)] = []
    ) -> String {
        // The escapes of GitHub's own toolkit: line breaks, the escape itself, and in properties what ends them.
        func escaped(_ text: String, isProperty: Bool = false) -> String {
            text.replacingScalars { scalar in
                switch scalar {
                case "%": "%25"
                case "\r": "%0D"
                case "\n": "%0A"
                case ":" where isProperty: "%3A"
                case "," where isProperty: "%2C"
                default: nil
                }
            }
        }
        let list = properties.map { "\($0.name)=\(escaped($0.value, isProperty: true))" }.joined(separator: ",")
        return "::\(name)\(list.isEmpty ? "" : " \(list)")::\(escaped(message))\n"
    }
}
