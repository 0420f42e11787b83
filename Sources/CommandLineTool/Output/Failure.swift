import Objects

/// A run that failed, with what is to be said of it.
struct Failure: Error, CustomStringConvertible {
    /// How the program ends.
    let code: ExitCode
    /// What went wrong, where, what the other side said, and what to do.
    let description: String
}

extension Failure {
    /// The failure that a problem is.
    init(_ problem: Problem, _ advice: Advice) {
        self.init(code: ExitCode(for: problem.kind), description: advice.message(of: problem))
    }

    /// The failure that a server which did not keep what it was sent is to a strict run; nil where it kept everything.
    init?(strictly warnings: [Warning], of identity: ObjectIdentity) {
        let lost = warnings.contains { if case .notKept = $0 { true } else { false } }
        guard lost else { return nil }
        self.init(
            code: .invalidData,
            description: "\(identity): the server did not keep everything as it was sent, and \(Parameter.strict.name) "
                + "forbids that; leave out what its version does not know, or leave the flag out (the Workload was written)"
        )
    }
}
