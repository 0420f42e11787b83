import Objects
import WorkloadModel

/// What is to be published, and how.
struct Publication: Sendable {
    /// The Workload as it was built.
    private(set) var workload: Workload
    /// The WorkflowRun to annotate.
    let runName: String?
    /// The descriptor as messages show it.
    let descriptor: String?
    /// Whether the name is that of the component's one Workload, which is looked up.
    let isNameLookedUp: Bool
    /// Whether the name is given, so that a Workload that is there under another is renamed where a store can do that.
    let isNamed: Bool
    let update: UpdateMode
    let isStrict: Bool
    private let store: StoreName
    /// The object to write, and how it meets a live one.
    private(set) var item: Item

    /// The Workload of a source, updated as the parameters say.
    init(_ source: WorkloadSource, _ names: WorkloadNames, _ values: ParameterValues) {
        workload = source.workload
        descriptor = source.descriptor
        runName = names.runName
        isNameLookedUp = names.isNameLookedUp
        isNamed = values.origin(of: .workloadName) != nil && !names.isNameLookedUp
        update = values.word(.update) ?? (source.workload.isFromSource ? .merge : .image)
        isStrict = values.isOn(.strict)
        store = values.word(.to) ?? .api
        item = Self.item(workload, update, isStrict: isStrict, to: store)
    }

    private static func item(_ workload: Workload, _ update: UpdateMode, isStrict: Bool, to store: StoreName) -> Item {
        Item(
            identity: ObjectIdentity(
                kind: "workload", namespace: workload.parameters.namespace, name: workload.parameters.workloadName),
            built: store == .api || update == .image ? workload.payload : Workload.labelled(workload.payload),
            policy: store == .api
                ? .workload(update, isStrict: isStrict) : .workloadOfOtherStores(update, isStrict: isStrict))
    }

    /// The same under another name.
    func named(_ name: String) -> Publication {
        var named = self
        named.workload = workload.named(name)
        named.item = Self.item(named.workload, update, isStrict: isStrict, to: store)
        return named
    }
}
