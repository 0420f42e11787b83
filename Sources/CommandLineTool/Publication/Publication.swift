import Objects
import WorkloadModel

/// What is to be published, and how.
struct Publication {
    /// The Workload as it was built.
    let workload: Workload
    /// The object to write, and how it meets a live one.
    let item: Item
    /// The WorkflowRun to annotate.
    let runName: String?
    /// The descriptor as messages show it.
    var descriptor: String?
    /// Whether the name is that of the component's one Workload, which is looked up.
    var isNameLookedUp = false

    private let update: UpdateMode
    private let isStrict: Bool
    private let store: StoreName

    init(
        workload: Workload, update: UpdateMode, isStrict: Bool, runName: String?, to store: StoreName = .api
    ) {
        self.workload = workload
        self.update = update
        self.isStrict = isStrict
        self.store = store
        self.runName = runName
        item = Item(
            identity: ObjectIdentity(
                kind: "workload", namespace: workload.parameters.namespace, name: workload.parameters.workloadName),
            built: store == .api || update == .image ? workload.payload : Workload.labelled(workload.payload),
            policy: store == .api
                ? .workload(update, isStrict: isStrict) : .workloadOfOtherStores(update, isStrict: isStrict))
    }

    /// The Workload of a source, updated as the parameters say.
    init(
        _ source: WorkloadSource, _ values: ParameterValues, _ names: WorkloadNames, runName: String?,
        to store: StoreName
    ) {
        self.init(
            workload: source.workload,
            update: values.word(.update) ?? (source.descriptor == nil ? .image : .merge),
            isStrict: values.isOn(.strict), runName: runName, to: store)
        descriptor = source.descriptor
        isNameLookedUp = names.isNameLookedUp
    }

    /// The same under another name.
    func named(_ name: String) -> Publication {
        var named = Publication(
            workload: workload.named(name), update: update, isStrict: isStrict, runName: runName, to: store)
        named.descriptor = descriptor
        return named
    }
}
