public import WorkloadModel

/// What is wrong with some descriptors, gathered to be shown in one form or another; all of it is in the run's order.
public struct DiagnosticReport: Sendable {
    /// A diagnostic and the file that it is about.
    struct Entry: Sendable {
        /// The file's path as messages show it.
        let file: String
        let diagnostic: Diagnostic
        /// The column in characters, the first one being 1, as an editor counts.
        let column: Int
        /// The line around it; nil where the file could not be read, or where the line must not be seen.
        let excerpt: SourceExcerpt?
    }

    /// How many diagnostics are shown; the rest is counted.
    static let maximumShown = 100

    /// How many files were checked.
    private(set) var fileCount = 0
    /// How many errors there are, those included that are not shown.
    private(set) var errorCount = 0
    /// How many warnings there are, those included that are not shown.
    private(set) var warningCount = 0
    private var kept: [Entry] = []
    private var keptErrors = 0
    /// How many warnings became errors.
    private(set) var promotedCount = 0
    private let isStrict: Bool
    private let redact: @Sendable (String) -> String

    /// A report about nothing yet; `redact` takes out of a text what must not be seen, strict makes warnings errors.
    public init(isStrict: Bool = false, redact: @escaping @Sendable (String) -> String = { $0 }) {
        self.isStrict = isStrict
        self.redact = redact
    }

    /// Adds what was found in one file; `source` is its text, nil where that could not be read.
    public mutating func add(_ report: DescriptorReport, file: String, source: [UInt8]?) {
        fileCount += 1
        note(report, file: file, source: source)
    }

    /// Adds what was found about something that is no descriptor.
    mutating func note(_ found: DescriptorReport, file: String, source: [UInt8]? = nil) {
        let report = isStrict ? found.strict : found
        promotedCount += isStrict ? found.warningCount : 0
        errorCount += report.errorCount
        warningCount += report.warningCount
        var lines = source.map(SourceLines.init)
        var judged = (line: 0, isShown: false)
        var rooms = [
            Diagnostic.Severity.error: Self.maximumShown - keptErrors,
            .warning: Self.maximumShown - (kept.count - keptErrors),
        ]
        for diagnostic in report.diagnostics {
            guard let room = rooms[diagnostic.severity], room > 0 else { continue }
            rooms[diagnostic.severity] = room - 1
            let place = lines?.place(of: diagnostic)
            if let lines, judged.line != diagnostic.line {
                judged = (diagnostic.line, isShown(lines.line))
            }
            let entry = Entry(
                file: redact(file), diagnostic: redacted(diagnostic), column: place?.column ?? diagnostic.column,
                excerpt: judged.isShown ? place?.excerpt : nil)
            kept.append(entry)
            if diagnostic.severity == .error { keptErrors += 1 }
        }
    }

    /// Part of a secret could be left where a line is cut, so a line that holds one is not shown at all.
    private func isShown(_ line: String) -> Bool {
        // Looking for secrets takes a hundred times the room of the text; no descriptor that people write has lines this long.
        line.utf8.count <= Self.longestLine && redact(line).utf8.elementsEqual(line.utf8)
    }

    private static let longestLine = 1 << 16

    private func redacted(_ diagnostic: Diagnostic) -> Diagnostic {
        Diagnostic(
            severity: diagnostic.severity, code: diagnostic.code, message: redact(diagnostic.message),
            suggestion: diagnostic.suggestion.map(redact), line: diagnostic.line, column: diagnostic.column)
    }

    /// The diagnostics to show: all errors that there is room for, and then as many warnings.
    var shown: [Entry] {
        var warnings = Self.maximumShown - keptErrors
        return kept.filter { entry in
            if entry.diagnostic.severity == .error { return true }
            warnings -= 1
            return warnings >= 0
        }
    }

    /// How many diagnostics are counted and not shown.
    var hiddenCount: Int { errorCount + warningCount - min(kept.count, Self.maximumShown) }

    /// The numbers of errors and warnings: `1 error, 2 warnings`.
    var counts: String { "\(Self.count(errorCount, "error")), \(Self.count(warningCount, "warning"))" }

    /// Why there are more errors than anything but this program would say; nothing where there are not.
    var promotion: String { promotedCount > 0 ? ", and \(Parameter.strict.name) makes warnings errors" : "" }

    /// `1 error`, `2 errors`.
    static func count(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
