public import JSON

/// The annotations by which a WorkflowRun says what it published.
public struct RunAnnotations {
    private static let workloadKey = "openchoreo.dev/workload"
    private static let sourceKey = "openchoreo.dev/workload-from-source"
    private static let imageKey = "openchoreo.dev/image"
    private static let commitKey = "openchoreo.dev/commit"

    /// What had to be left out of the copy.
    public let leftOut: [WorkloadAnnotation.Omission]
    /// Whether the run has room at least for the annotation that says where the Workload came from.
    public let hasRoom: Bool
    /// Whether there is a copy at all.
    public var hasCopy: Bool { copy != nil }
    private let copy: String?
    /// The others, in order.
    private let others: [(key: String, value: String?)]

    /// As much of the Workload as the run has room for beside the annotations that it has already.
    ///
    /// `leavingOut` asks for a copy that lacks so many parts more than the room alone would ask for.
    public init(of workload: Workload, beside run: JSONValue, leavingOut more: Int = 0) {
        others = [
            (Self.sourceKey, workload.isFromSource ? "true" : "false"), (Self.imageKey, workload.parameters.image),
            (Self.commitKey, workload.parameters.origin.commit),
        ]
        let keys = [Self.workloadKey] + others.map(\.key)
        let theirs = (run["metadata"]?["annotations"]?.object?.members ?? []).filter { !keys.contains($0.name) }
            .reduce(0) { $0 + $1.name.utf8.count + ($1.value.string?.utf8.count ?? 0) }
        let own = others.reduce(Self.workloadKey.utf8.count) { sum, other in
            sum + (other.value.map { other.key.utf8.count + $0.utf8.count } ?? 0)
        }
        let room = KubernetesMetadata.maximumAnnotationBytes - theirs - own
        hasRoom = room + Self.workloadKey.utf8.count >= 0
        var annotation = workload.annotation(limit: room)
        for _ in 0..<more {
            // The next smaller copy is the largest one that is smaller than this one.
            guard let text = annotation.text else { break }
            annotation = workload.annotation(limit: text.utf8.count - 1)
        }
        copy = annotation.text
        leftOut = annotation.omissions
    }

    /// The run with the annotations set and nothing else changed.
    public func set(on run: JSONValue) -> JSONValue {
        var run = run
        for (key, value) in [(key: Self.workloadKey, value: copy)] + others {
            run["metadata"]["annotations"][key] = value.map { .string($0) }
        }
        return run
    }
}
