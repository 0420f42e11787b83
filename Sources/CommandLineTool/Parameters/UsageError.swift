/// Everything that is wrong with how the program was called; no value that could be a secret is ever in it.
struct UsageError: Error, Equatable {
    /// What is wrong, a sentence each.
    var problems: [String]
    /// The required parameters that are missing.
    var missing: [String] = []

    /// The variable by which a pod's definition says from which Secret it takes the client's secret.
    static let secretName = "CLIENT_SECRET_NAME"

    /// All of it in one line.
    var summary: String {
        (problems + (missing.isEmpty ? [] : ["missing: " + missing.joined(separator: ", ")])).joined(separator: "; ")
    }

    /// Whether there is nothing to report.
    var isEmpty: Bool { problems.isEmpty && missing.isEmpty }
}
