extension MockControlPlane {
    /// What a read of a Component or of its ReleaseBindings shows after a Workload was written: the next step at each
    /// read, the last one ever after.
    ///
    /// The steps and their order are those of a real control plane's controllers; nothing here waits for a clock.
    public enum RolloutStep: Sendable, Equatable {
        /// No controller has seen the write: everything is as before.
        case unseen
        /// The binding carries the new release; its whole status, and the Component, are of before.
        case bindingAhead
        /// The Component names the new release, too; the binding's status is of before.
        case released
        /// The binding's generations are the new ones, and its conditions are still those of the former release.
        case observed
        /// The new release is being rolled out.
        case progressing
        /// It runs.
        case ready
        /// It does not: the binding's sub-condition of that type, and `Ready` with it, are False.
        case failed(condition: String, reason: String, message: String)
        /// A sub-condition waits, and `Ready` says only that the release is not synced.
        case pending(condition: String, reason: String, message: String)
        /// The Component's `Ready` is False, and nothing is released.
        case refused(reason: String, message: String)
    }
}

extension [MockControlPlane.RolloutStep] {
    /// All that a healthy rollout shows, with everything that lies for a moment.
    public static let healthy: Self = [.unseen, .bindingAhead, .released, .observed, .progressing, .ready]
}

/// What the controllers have still to do for one component.
struct Rollout: Sendable {
    let release: String
    let hash: String
    let workload: ObjectKey
    var steps: [MockControlPlane.RolloutStep]
    var hasAdvanced = false
}
