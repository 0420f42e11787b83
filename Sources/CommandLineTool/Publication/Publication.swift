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

    init(
        workload: Workload, update: UpdateMode, isStrict: Bool, runName: String?, to store: StoreName = .api
    ) {
        self.workload = workload
        self.runName = runName
        item = Item(
            identity: ObjectIdentity(
                kind: "workload", namespace: workload.parameters.namespace, name: workload.parameters.workloadName),
            built: store == .api || update == .image ? workload.payload : Workload.labelled(workload.payload),
            policy: store == .api
                ? .workload(update, isStrict: isStrict) : .workloadOfOtherStores(update, isStrict: isStrict))
    }
}
