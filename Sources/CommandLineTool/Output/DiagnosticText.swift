import WorkloadModel

/// Diagnostics of one file as text: `FILE:LINE:COL: severity: message`, for people and for editors.
struct DiagnosticText {
    let file: String
    let source: [UInt8]

    /// How many diagnostics are shown; the rest is counted.
    static let maximumShown = 100

    /// `1 error`, `2 errors`.
    static func count(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    /// All of them and a closing count, each on its own line; nothing where there are none.
    func report(_ report: DescriptorReport, isTerminal: Bool) -> String {
        guard report.errorCount + report.warningCount > 0 else { return "" }
        var text = report.diagnostics.prefix(Self.maximumShown).map { line($0) }.joined()
        let hidden = report.errorCount + report.warningCount - min(report.diagnostics.count, Self.maximumShown)
        if hidden > 0 { text += "\(file): and \(hidden) more\n" }
        text += "\(file): \(Self.count(report.errorCount, "error")), \(Self.count(report.warningCount, "warning"))\n"
        return text
    }

    private func line(_ diagnostic: Diagnostic) -> String {
        "\(file):\(diagnostic.line):\(diagnostic.column): \(diagnostic.severity.rawValue): \(diagnostic.message)\n"
    }
}
