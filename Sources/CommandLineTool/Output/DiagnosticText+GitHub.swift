import WorkloadModel

extension DiagnosticText {
    /// All of them as annotations of the file, and a closing count; nothing where there are none.
    func annotations(_ report: DescriptorReport) -> String {
        guard report.errorCount + report.warningCount > 0 else { return "" }
        let lines = report.diagnostics.prefix(Self.maximumShown).map { diagnostic in
            WorkflowCommand(
                name: diagnostic.severity.rawValue,
                properties: [
                    ("file", file), ("line", String(diagnostic.line)), ("col", String(diagnostic.column)),
                ], message: diagnostic.message
            ).line
        }
        return lines.joined()
            + "\(file): \(Self.count(report.errorCount, "error")), \(Self.count(report.warningCount, "warning"))\n"
    }
}
