/// Words of a parameter, each of which stands for something.
protocol ParameterWord: RawRepresentable<String>, CaseIterable {}

extension ParameterWord {
    /// All of them, in the order of the help.
    static var words: [String] { allCases.map(\.rawValue) }
}

/// The form of a log or a result.
enum LogFormat: String, ParameterWord {
    case text, json
}

/// The form of a Workload that is printed.
enum DocumentFormat: String, ParameterWord {
    case yaml, json
}

/// The form of what validate has to report.
enum ReportFormat: String, ParameterWord {
    case text, json, github, sarif
}

/// How a run that writes nothing shows what it would do.
enum DryRun: String, ParameterWord {
    case client, server
}

/// How a Workload that exists is updated.
enum UpdateMode: String, ParameterWord {
    /// The built spec, with what a descriptor cannot say and others put on the object.
    case merge
    /// The Workload as it was built, nothing read first.
    case replace
    /// The object as it is, with another image.
    case image
}
