extension DiagnosticReport {
    /// Workflow commands of GitHub Actions, from which it makes annotations (GitHub, "Workflow commands").
    public var github: String {
        var text = ""
        for entry in shown {
            text +=
                WorkflowCommand(
                    name: entry.diagnostic.severity.rawValue,
                    properties: [
                        ("file", entry.file), ("line", String(entry.diagnostic.line)), ("col", String(entry.column)),
                        ("title", entry.diagnostic.code),
                    ], message: entry.diagnostic.message
                ).line
        }
        if hiddenCount > 0 {
            text +=
                WorkflowCommand(
                    name: "notice", properties: [("title", "more")],
                    message: "and \(hiddenCount) more: \(counts) in all"
                ).line
        }
        return text
    }
}
