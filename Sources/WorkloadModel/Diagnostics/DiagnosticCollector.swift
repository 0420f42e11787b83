import YAML

/// Gathers the problems of one descriptor, each once, and never so many that gathering becomes the problem.
struct DiagnosticCollector {
    /// How many problems were found, those included that are not kept.
    private(set) var errorCount = 0
    /// How many warnings were found, those included that are not kept.
    private(set) var warningCount = 0
    private var errors: [Diagnostic] = []
    private var warnings: [Diagnostic] = []
    private var seen: Set<Identity> = []

    /// Nobody reads more than that; the rest is counted.
    private static let maximum = 1_000

    /// What tells two problems apart: an alias brings the same ones again from every place where it stands.
    private struct Identity: Hashable {
        let code: String
        let mark: YAMLMark
        let subject: String
    }

    /// All that is kept, in the order of the text.
    var sorted: [Diagnostic] {
        // The sort is stable: what was found first at a place is told first.
        (errors + warnings).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// Reports a problem; `subject` tells several of one kind at one place apart, and the message is made only if kept.
    mutating func report(
        _ code: DiagnosticCode, at mark: YAMLMark, about subject: String = "",
        suggestion: @autoclosure () -> String? = nil, _ message: @autoclosure () -> String
    ) {
        guard count(code.rawValue, code.severity, at: mark, about: subject) else { return }
        keep(
            Diagnostic(
                severity: code.severity, code: code.rawValue, message: message(), suggestion: suggestion(),
                line: mark.line, column: mark.column))
    }

    /// Reports an error whose kind somebody else named: YAML, or the fence around files.
    mutating func report(error code: String, at mark: YAMLMark, _ message: String) {
        guard count(code, .error, at: mark, about: message) else { return }
        keep(Diagnostic(severity: .error, code: code, message: message, line: mark.line, column: mark.column))
    }

    private mutating func count(
        _ code: String, _ severity: Diagnostic.Severity, at mark: YAMLMark, about subject: String
    ) -> Bool {
        guard seen.insert(Identity(code: code, mark: mark, subject: subject)).inserted else { return false }
        switch severity {
        case .error:
            errorCount += 1
            return errorCount <= Self.maximum
        case .warning:
            warningCount += 1
            return warningCount <= Self.maximum
        }
    }

    private mutating func keep(_ diagnostic: Diagnostic) {
        switch diagnostic.severity {
        case .error: errors.append(diagnostic)
        case .warning: warnings.append(diagnostic)
        }
    }
}
