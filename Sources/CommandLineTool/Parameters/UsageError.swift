/// Everything that is wrong with how the program was called; no value that could be a secret is ever in it.
struct UsageError: Error, Equatable {
    /// What is wrong, a sentence each.
    var problems: [String]
    /// The required parameters that are missing.
    var missing: [String] = []

    /// Whether there is nothing to report.
    var isEmpty: Bool { problems.isEmpty && missing.isEmpty }
}
