import HTTP
import Objects

/// A run that failed, with what is to be said of it.
struct Failure: Error, CustomStringConvertible {
    /// How the program ends.
    let code: ExitCode
    /// What went wrong, where, what the other side said, and what to do.
    let description: String
}

extension Failure {
    /// The failure that an error is.
    init(_ error: any Error, _ advice: Advice) {
        let description =
            switch error {
            case let problem as Problem: advice.message(of: problem)
            case let error as HTTPError: error.message()
            default: "\(error)"
            }
        self.init(code: ExitCode(for: error), description: description)
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
