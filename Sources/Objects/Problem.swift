/// Why an object is not in a store as it should be, in terms that are the same for every store.
public struct Problem: Error, Sendable {
    /// What the caller can do about it.
    public enum Kind: Sendable, Hashable {
        /// The object or its source is invalid, or the store calls it so.
        case invalid
        /// The credentials or their rights do not suffice.
        case denied
        /// What the request is about is not there.
        case absent
        /// Others change the object at the same time.
        case conflict
        /// The store refused for another reason.
        case refused
        /// The network, the time or a passing condition; a later run may succeed.
        case temporary
        /// The response is not what the store's interface promises.
        case protocolViolation
        /// The connection's configuration: certificates, a kubeconfig.
        case configuration
        /// A file that a parameter names cannot be read.
        case unreadableInput
        /// A file cannot be written.
        case unwritableOutput
        /// A bug in this program.
        case program
    }

    /// What the caller can do about it.
    public let kind: Kind
    /// Where it happened: `PUT URL`, a file, `workload/NAME`; empty where the text says it.
    public let place: String
    /// What happened, without advice, the other side's words redacted, escaped and cut.
    public let text: String
    /// What advice depends on: an error of the store or a `Reason`; nil where kind and text say all.
    public let cause: (any Error)?

    /// A problem at a place.
    public init(_ kind: Kind, at place: String, _ text: String, cause: (any Error)? = nil) {
        self.kind = kind
        self.place = place
        self.text = text
        self.cause = cause
    }

    /// What every store may meet.
    public enum Reason: Error, Sendable {
        /// The live object belongs to another owner than the built one.
        case otherOwner
        /// A strict update would remove what the policy guards.
        case removal
        /// The update has to read the object and cannot, for that reason.
        indirect case mustRead(Problem)
        /// The store has begun to delete the object and has not finished.
        case beingDeleted
        /// The object existed and was gone again, so many times in turn.
        case unsettled(rounds: Int)
    }
}

extension Problem: CustomStringConvertible {
    /// Where and what.
    public var description: String { place.isEmpty ? text : "\(place): \(text)" }
}

extension [String] {
    /// The words with commas between them, the first twenty and how many more there are.
    public var listed: String {
        prefix(20).joined(separator: ", ") + (count > 20 ? " and \(count - 20) more" : "")
    }
}

/// What is true of an object that was, or would be, written, and is perhaps not what was meant.
public enum Warning: Sendable {
    /// The update leaves none of these, each as `endpoints (http, metrics)`.
    case removal([String])
    /// The object was overwritten without being read, for that reason.
    case overwroteUnread(Problem)
    /// The store did not keep these values as they were sent; their paths.
    case notKept([String])
}
