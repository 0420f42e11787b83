import Objects
import WorkloadModel

extension Policy {
    /// What a descriptor has the say in, member by member; it cannot say the others, so a merge keeps them.
    private static let descriptorsSay: [(path: MemberPath, except: Set<String>)] = [
        // Where the image came from belongs to the image, and no descriptor knows it.
        (["spec"], Set(Workload.knownSpecMembers + ["source"])),
        (["spec", "container"], Set(Workload.knownContainerMembers)),
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
        policy.fixed = [(["spec", "owner"], ["projectName", "componentName"])]
        policy.guarded = [
            ("endpoints", [["spec", "endpoints"]], []),
            (
                "dependencies", [["spec", "dependencies", "endpoints"], ["spec", "dependencies", "resources"]],
                ["component", "name", "ref"]
            ),
            ("variables", [["spec", "container", "env"]], ["key"]),
            ("files", [["spec", "container", "files"]], ["key"]),
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
