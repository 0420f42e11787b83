public import WorkloadModel

/// What is wrong with some descriptors, gathered to be shown in one form or another; all of it is in the run's order.
public struct DiagnosticReport: Sendable {
    /// A diagnostic and the file that it is about.
    struct Entry: Sendable {
        /// The file's path as messages show it.
        let file: String
        let diagnostic: Diagnostic
        /// The line that it is about; nil where there is none to be shown.
        let line: SourceLine?

        /// The column in characters, the first one being 1, as an editor counts; in code points where the line is too long.
        var column: Int { line?.column ?? diagnostic.column }
    }

    /// How many files were checked.
    private(set) var fileCount = 0
    /// How many errors there are, those included that are not shown.
    private(set) var errorCount = 0
    /// How many warnings there are, those included that are not shown.
    private(set) var warningCount = 0
    private var kept: [Entry] = []
    private var keptErrors = 0
    /// So many of each are kept, and of both together shown; the rest is counted.
    private static let maximumShown = 100
    /// How many warnings became errors.
    private(set) var promotedCount = 0
    private let isStrict: Bool
    /// Takes out of a text what must not be seen.
    let redact: @Sendable (String) -> String

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
        for diagnostic in report.diagnostics {
            let isError = diagnostic.severity == .error
            guard (isError ? keptErrors : kept.count - keptErrors) < Self.maximumShown else { continue }
            if isError { keptErrors += 1 }
            kept.append(
                Entry(file: redact(file), diagnostic: redacted(diagnostic), line: lines?.line(of: diagnostic)))
        }
    }

    private func redacted(_ diagnostic: Diagnostic) -> Diagnostic {
        Diagnostic(
            severity: diagnostic.severity, code: diagnostic.code, message: redact(diagnostic.message),
            suggestion: diagnostic.suggestion.map(redact), line: diagnostic.line, column: diagnostic.column)
    }

    /// The diagnostics to show: all errors that there is room for, and then as many warnings.
    var shown: [Entry] {
        var room = Self.maximumShown - keptErrors
        return kept.filter { entry in
            if entry.diagnostic.severity == .error { return true }
            room -= 1
            return room >= 0
        }
    }

    /// How many diagnostics are counted and not shown.
    var hiddenCount: Int { errorCount + warningCount - shown.count }

    /// The numbers of errors and warnings: `1 error, 2 warnings`.
    var counts: String { "\(Self.count(errorCount, "error")), \(Self.count(warningCount, "warning"))" }

    /// Why there are more errors than anything but this program would say; nothing where there are not.
    var promotion: String { promotedCount > 0 ? ", and \(Parameter.strict.name) makes warnings errors" : "" }

    /// `1 error`, `2 errors`.
    static func count(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
