import YAML

/// Gathers the problems of one descriptor, each once, and never so many that gathering becomes the problem.
struct DiagnosticCollector {
    /// How many problems were found, those included that are not kept.
    private(set) var errorCount = 0
    /// How many warnings were found, those included that are not kept.
    private(set) var warningCount = 0
    private var kept: [Diagnostic] = []
    private var seen: Set<Identity> = []

    /// More than that of either severity is of no use to a reader; the rest is counted.
    private static let maximum = 1_000

    /// What distinguishes two problems: an alias brings the same ones again from every place where it stands.
    private struct Identity: Hashable {
        let code: String
        let mark: YAMLMark
        let subject: String
    }

    /// All that is kept, in the order of the text; the sort is stable, and at one place errors come first.
    var sorted: [Diagnostic] {
        (kept.filter { $0.severity == .error } + kept.filter { $0.severity == .warning })
            .sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// Reports a problem; `subject` distinguishes several of one kind at one place, and the message is made only if kept.
    mutating func report(
        _ rule: DiagnosticRule, at mark: YAMLMark, about subject: String = "",
        suggestion: @autoclosure () -> String? = nil, _ message: @autoclosure () -> String
    ) {
        guard seen.insert(Identity(code: rule.code, mark: mark, subject: subject)).inserted else { return }
        if rule.severity == .error { errorCount += 1 } else { warningCount += 1 }
        guard (rule.severity == .error ? errorCount : warningCount) <= Self.maximum else { return }
        kept.append(Diagnostic(rule, at: mark, suggestion: suggestion(), message()))
    }
}
