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
    let hint: String?
    /// How publish would end for it.
    let code: ExitCode

    init(_ status: Status, _ message: String, hint: String? = nil, code: ExitCode = .success) {
        (self.status, self.message, self.hint, self.code) = (status, message, hint, code)
    }

    /// What went wrong, and apart from it what to do, where that stands behind it.
    init(_ error: any Error, _ advice: Advice) {
        if let usage = error as? UsageError {
            self.init(.error, usage.summary, hint: "see '\(Program.name) check --help'", code: .usage)
            return
        }
        let failure = Failure(error, advice)
        let isParted = error is Problem && failure.description.hasPrefix("\(error); ")
        self.init(
            .error, isParted ? "\(error)" : failure.description,
            hint: isParted ? String(failure.description.dropFirst("\(error); ".count)) : nil, code: failure.code)
    }
}

/// What a run of check has found out, in order.
struct CheckReport {
    private(set) var checks: [(subject: CheckSubject, finding: Finding)] = []
    /// How publish would end for the first error.
    var code: ExitCode { checks.first { $0.finding.status == .error }?.finding.code ?? .success }

    /// The number of checks with that status.
    func count(_ status: Finding.Status) -> Int { checks.count { $0.finding.status == status } }

    /// Adds what came of looking at something; whether what hangs on it may go on.
    @discardableResult
    mutating func look(_ subject: CheckSubject, _ advice: Advice, _ body: () throws -> Finding) -> Bool {
        do {
            checks.append((subject, try body()))
            return true
        } catch {
            checks.append((subject, Finding(error, advice)))
            return false
        }
    }

    /// Adds what was not looked at.
    mutating func skip(_ subjects: some Sequence<CheckSubject>, _ reason: String) {
        for subject in subjects { checks.append((subject, Finding(.skipped, reason))) }
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
