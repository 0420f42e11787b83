public import JSON
public import WorkloadModel

/// How a Workload that exists is updated.
public enum UpdateMode: String, Sendable, CaseIterable {
    /// The built spec, with the labels and annotations that others put on the object.
    case merge
    /// The Workload as built, nothing read first.
    case replace
    /// The object as it is, with another image.
    case image
}

/// What is to be published, and how.
public struct Publication: Sendable {
    /// The Workload as it was built.
    public var workload: Workload
    /// How it is updated where it exists.
    public var update: UpdateMode
    /// The WorkflowRun to annotate.
    public var runName: String?

    /// Publishes that Workload in that way, and annotates a run where one is named.
    public init(workload: Workload, update: UpdateMode, runName: String?) {
        self.workload = workload
        self.update = update
        self.runName = runName
    }
}

/// What became of a Workload.
public struct PublishedWorkload: Sendable {
    /// What was done.
    public let action: PublishAction
    /// The body that was sent last.
    public let body: JSONValue
    /// Whether a run carries its annotations.
    public internal(set) var isAnnotated = false
}
