import JSON
import Objects

/// What is looked at by check.
enum CheckSubject: String, CaseIterable {
    case parameters, descriptor, connection, token, rights, workload, component
}

/// What came of looking at one thing.
struct Finding {
    enum Status: String {
        case ok, warning, error, skipped
    }

    let status: Status
    let message: String
    /// What to do; nil where that needs no saying.
    var hint: String?
    /// How publish would end for it.
    var code = ExitCode.success

    static func ok(_ message: String) -> Finding { Finding(status: .ok, message: message) }
    static func skipped(_ message: String) -> Finding { Finding(status: .skipped, message: message) }
    static func warning(_ message: String, hint: String? = nil) -> Finding {
        Finding(status: .warning, message: message, hint: hint)
    }
    static func error(_ code: ExitCode, _ message: String, hint: String? = nil) -> Finding {
        Finding(status: .error, message: message, hint: hint, code: code)
    }

    /// What went wrong, and apart from it what to do, where that stands behind it.
    init(_ error: any Error, _ advice: Advice) {
        if let usage = error as? UsageError {
            self.init(status: .error, message: usage.summary, hint: "see '\(Program.name) check --help'", code: .usage)
            return
        }
        let failure = Failure(error, advice)
        let isParted = error is Problem && failure.description.hasPrefix("\(error); ")
        self.init(
            status: .error, message: isParted ? "\(error)" : failure.description,
            hint: isParted ? String(failure.description.dropFirst("\(error); ".count)) : nil, code: failure.code)
    }

    private init(status: Status, message: String, hint: String? = nil, code: ExitCode = .success) {
        (self.status, self.message, self.hint, self.code) = (status, message, hint, code)
    }
}

/// What a run of check has found out, in order.
struct CheckReport {
    private(set) var checks: [(subject: CheckSubject, finding: Finding)] = []
    /// How publish would end for the first error.
    private(set) var code = ExitCode.success

    /// The number of checks with that status.
    func count(_ status: Finding.Status) -> Int { checks.count { $0.finding.status == status } }

    /// Adds what was found; the first error decides how the run ends.
    mutating func add(_ subject: CheckSubject, _ finding: Finding) {
        if code == .success { code = finding.code }
        checks.append((subject, finding))
    }

    /// A line for each.
    var text: String {
        checks.map { subject, finding in
            "\(finding.status.rawValue): \(subject.rawValue): \(finding.message)"
                + (finding.hint.map { "; \($0)" } ?? "") + "\n"
        }.joined()
    }

    /// One object.
    var json: JSONValue {
        let checks = checks.map { subject, finding -> JSONValue in
            [
                "check": .string(subject.rawValue), "status": .string(finding.status.rawValue),
                "message": .string(finding.message), "hint": finding.hint.map(JSONValue.string),
            ]
        }
        return [
            "checks": .array(checks), "errors": JSONValue(count(.error)), "warnings": JSONValue(count(.warning)),
        ]
    }
}
