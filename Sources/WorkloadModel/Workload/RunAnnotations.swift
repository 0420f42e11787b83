public import JSON

/// The annotations by which a WorkflowRun says what it published.
public struct RunAnnotations {
    private static let workloadKey = "openchoreo.dev/workload"

    /// What the copy of the Workload lacks, in words; `everything` where there is none.
    public let leftOut: [String]
    /// Whether the run has room at least for the annotations beside the copy.
    public let hasRoom: Bool
    /// Whether there is a copy at all.
    public var hasCopy: Bool { copy != nil }
    private let copy: String?
    private let others: [(key: String, value: String?)]

    /// As much of the Workload as the run has room for beside the annotations that it has already.
    ///
    /// Schema contents are left out first, then file values; `leavingOut` asks for a copy that lacks so many parts more than
    /// the room alone would ask for.
    public init(of workload: Workload, beside run: JSONValue, leavingOut more: Int = 0) {
        let others = [
            (key: "openchoreo.dev/workload-from-source", value: workload.isFromSource ? "true" : "false"),
            (key: "openchoreo.dev/image", value: workload.parameters.image),
            (key: "openchoreo.dev/commit", value: workload.parameters.origin.commit),
        ]
        let own = [Self.workloadKey] + others.map(\.key)
        let theirs = (run["metadata"]?["annotations"]?.object?.members ?? []).filter { !own.contains($0.name) }
        let bytes = KubernetesMetadata.byteCount(
            ofAnnotations: theirs.map { ($0.name, $0.value.string ?? "") }
                + others.compactMap { other in other.value.map { (other.key, $0) } })
        let room = KubernetesMetadata.maximumAnnotationBytes - bytes
        hasRoom = room >= 0
        // Only what fits is written: a Workload may have a megabyte.
        let fitting = workload.copies.drop { Self.workloadKey.utf8.count + $0.payload.serializedCount > room }
            .dropFirst(more).first
        copy = fitting?.payload.text()
        leftOut = fitting?.leftOut ?? ["everything"]
        self.others = others
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

extension Workload {
    /// The payload and what it becomes without one part after the other, each smaller than the one before.
    fileprivate var copies: [(payload: JSONValue, leftOut: [String])] {
        let whole = payload
        var (shorter, bare) = (whole, whole)
        shorter["spec"]["endpoints"] = whole["spec"]?["endpoints"]?.object.map { endpoints in
            .object(
                JSONObject(
                    endpoints.members.map { endpoint in
                        var endpoint = endpoint
                        endpoint.value["schema"]["content"] = nil
                        return endpoint
                    }))
        }
        bare["spec"]["endpoints"] = shorter["spec"]?["endpoints"]
        bare["spec"]["container"]["files"] = whole["spec"]?["container"]?["files"]?.array.map { files in
            .array(
                files.map { file in
                    var file = file
                    file["value"] = nil
                    return file
                })
        }
        var copies = [(payload: whole, leftOut: [String]())]
        if shorter != whole { copies.append((shorter, ["schema contents"])) }
        if bare != shorter { copies.append((bare, copies[copies.count - 1].leftOut + ["file values"])) }
        return copies
    }
}
