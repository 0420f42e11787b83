import Objects
import WorkloadModel

extension Policy {
    /// What a descriptor has the say in, member by member; it cannot say the others, so a merge keeps them.
    private static let descriptorsSay = [
        // Where the image came from belongs to the image, and no descriptor knows it.
        Keeping(at: ["spec"], except: Set(Workload.knownSpecMembers + ["source"])),
        Keeping(at: ["spec", "container"], except: Set(Workload.knownContainerMembers)),
    ]

    private static let labelsAndAnnotations = [["metadata", "labels"], ["metadata", "annotations"]]

    /// How a Workload meets the live one over the OpenChoreo API.
    static func workload(_ update: UpdateMode, isStrict: Bool) -> Policy {
        var policy: Policy
        switch update {
        case .replace: policy = Policy(.overwrite)
        case .merge:
            policy = Policy(.merge)
            policy.kept = descriptorsSay
            policy.overwritesUnread = !isStrict
        // What says where an image came from belongs to it.
        case .image: policy = Policy(.assign([["spec", "container", "image"], ["spec", "source"]]))
        }
        policy.united = labelsAndAnnotations
        policy.fixed = [Fixed(at: ["spec", "owner"], members: ["projectName", "componentName"])]
        policy.guarded = [
            Guarded("endpoints", at: [["spec", "endpoints"]]),
            Guarded(
                "dependencies", at: [["spec", "dependencies", "endpoints"], ["spec", "dependencies", "resources"]],
                namedBy: ["component", "name", "ref"]),
            Guarded("variables", at: [["spec", "container", "env"]], namedBy: ["key"]),
            Guarded("files", at: [["spec", "container", "files"]], namedBy: ["key"]),
        ]
        policy.compared = [["spec"]] + labelsAndAnnotations
        policy.verified = [["spec"]]
        policy.isStrict = isStrict
        return policy
    }

    /// How it meets the live one in a store that writes what was read alone: nothing is overwritten unread.
    static func workloadOfOtherStores(_ update: UpdateMode, isStrict: Bool) -> Policy {
        var policy = workload(update, isStrict: isStrict)
        if update == .replace { policy.update = .replace }
        policy.overwritesUnread = false
        return policy
    }
}
