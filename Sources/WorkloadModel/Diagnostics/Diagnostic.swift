import YAML

/// One thing that is wrong with a descriptor, where it stands and what to write instead.
public struct Diagnostic: Sendable, Equatable {
    /// Whether a descriptor can be published all the same.
    public enum Severity: String, Sendable {
        case error
        case warning
    }

    /// What the server would reject is an error, what would vanish silently or surprise is a warning.
    public internal(set) var severity: Severity
    /// The kind of problem in kebab-case, stable from release to release.
    public let code: String
    /// What is wrong, what was found and what to write instead, on one line.
    public let message: String
    /// The text to write instead, where there is one.
    public let suggestion: String?
    /// The line, the first one being 1.
    public let line: Int
    /// The column in code points, the first one being 1.
    public let column: Int

    /// A diagnostic with all its parts.
    public init(
        severity: Severity, code: String, message: String, suggestion: String? = nil, line: Int, column: Int
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.suggestion = suggestion
        self.line = line
        self.column = column
    }
}

extension Diagnostic {
    init(_ rule: DiagnosticRule, at mark: YAMLMark, suggestion: String? = nil, _ message: String) {
        self.init(
            severity: rule.severity, code: rule.code, message: message, suggestion: suggestion, line: mark.line,
            column: mark.column)
    }
}

extension Diagnostic: CustomStringConvertible {
    /// The place, the severity and the message, as `line:column: severity: message`.
    public var description: String { "\(line):\(column): \(severity.rawValue): \(message)" }
}
