public import JSON

/// The annotations by which a WorkflowRun says what it published.
public struct RunAnnotations {
    private static let workloadKey = "openchoreo.dev/workload"
    private static let sourceKey = "openchoreo.dev/workload-from-source"

    /// What had to be left out of the copy.
    public let leftOut: [WorkloadAnnotation.Omission]
    /// Whether the run has room at least for the annotation that says where the Workload came from.
    public let hasRoom: Bool
    /// Whether there is a copy at all.
    public var hasCopy: Bool { copy != nil }
    private let copy: String?
    private let isFromSource: Bool

    /// As much of the Workload as the run has room for beside the annotations that it has already.
    ///
    /// `leavingOut` asks for a copy that lacks so many parts more than the room alone would ask for.
    public init(of workload: Workload, beside run: JSONValue, leavingOut more: Int = 0) {
        isFromSource = workload.isFromSource
        let others = (run["metadata"]?["annotations"]?.object?.members ?? [])
            .filter { $0.name != Self.workloadKey && $0.name != Self.sourceKey }
            .reduce(0) { $0 + $1.name.utf8.count + ($1.value.string?.utf8.count ?? 0) }
        let own = Self.workloadKey.utf8.count + Self.sourceKey.utf8.count + "false".utf8.count
        let room = KubernetesMetadata.maximumAnnotationBytes - others - own
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
        var object = run.object ?? JSONObject()
        var metadata = run["metadata"]?.object ?? JSONObject()
        var annotations = metadata["annotations"]?.object ?? JSONObject()
        annotations[Self.workloadKey] = copy.map { .string($0) }
        annotations[Self.sourceKey] = isFromSource ? "true" : "false"
        metadata["annotations"] = .object(annotations)
        object["metadata"] = .object(metadata)
        return .object(object)
    }
}
