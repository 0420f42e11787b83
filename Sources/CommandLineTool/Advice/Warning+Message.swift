import Objects

extension Warning {
    /// How the log names it.
    var event: String {
        switch self {
        case .removal: "removal"
        case .overwroteUnread: "replaced-unread"
        case .notKept: "not-kept"
        }
    }

    /// What is to be known of the object, and what to do.
    func message(of identity: ObjectIdentity) -> String {
        switch self {
        case .removal(let removals):
            "\(identity): the update removes all \(removals.joined(separator: " and all ")), for the "
                + "descriptor has none; write them there if that is not meant"
        case .overwroteUnread(let problem):
            "the Workload could not be read (\(problem)) and was replaced whole: labels and annotations that others "
                + "put on it are gone; grant the client workload:view to keep them"
        case .notKept(let paths):
            "\(identity): the server did not keep as it was sent: \(paths.listed); check that its version "
                + "knows them"
        }
    }
}
