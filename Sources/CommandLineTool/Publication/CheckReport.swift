import JSON

/// What a run of check has found out, in order.
struct CheckReport {
    /// What is looked at.
    enum Subject: String, CaseIterable {
        case parameters, descriptor, connection, token, rights, workload, component
    }

    /// What came of it.
    enum Status: String {
        case ok, warning, error, skipped
    }

    /// One line.
    struct Check {
        let subject: Subject
        let status: Status
        let message: String
        /// What to do; nil where that needs no saying.
        var hint: String?
    }

    private(set) var checks: [Check] = []
    /// How publish would end for the first error.
    private(set) var code = ExitCode.success

    /// The number of checks with that status.
    func count(_ status: Status) -> Int { checks.count { $0.status == status } }

    mutating func add(_ subject: Subject, _ status: Status, _ message: String, hint: String? = nil) {
        checks.append(Check(subject: subject, status: status, message: message, hint: hint))
    }

    /// Adds an error, the first of which decides how the run ends.
    mutating func add(_ subject: Subject, _ failure: CheckFailure) {
        if code == .success { code = failure.code }
        add(subject, .error, failure.message, hint: failure.hint)
    }

    /// A line for each.
    var text: String {
        checks.map { check in
            "\(check.status.rawValue): \(check.subject.rawValue): \(check.message)\(check.hint.map { "; \($0)" } ?? "")\n"
        }.joined()
    }

    /// One object.
    var json: JSONValue {
        let checks = checks.map { check -> JSONValue in
            var object: JSONObject = [
                "check": .string(check.subject.rawValue), "status": .string(check.status.rawValue),
                "message": .string(check.message),
            ]
            object["hint"] = check.hint.map { .string($0) }
            return .object(object)
        }
        return [
            "checks": .array(checks), "errors": .number(JSONNumber(count(.error))),
            "warnings": .number(JSONNumber(count(.warning))),
        ]
    }
}

/// Why something is not as publish needs it.
struct CheckFailure: Error {
    let code: ExitCode
    let message: String
    let hint: String?
}
