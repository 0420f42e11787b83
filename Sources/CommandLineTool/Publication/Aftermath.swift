import Objects
import OpenChoreo
import WorkloadModel

/// What follows a write over the OpenChoreo API: whether what was written can be released at all, and the wait for it.
struct Aftermath {
    let store: OpenChoreoAPI
    let publication: Publication
    /// What is waited for, if anything is.
    let goal: WaitGoal?
    let console: Console

    /// Ends the run where the component has another Workload or belongs to another project.
    func checkSiblings(_ outcome: Outcome) throws(Failure) {
        do {
            try store.checkSiblings(of: publication.item, wasCreated: outcome.action == .created)
        } catch {
            throw failure(error, outcome)
        }
    }

    /// Waits for what was asked for; nil where nothing was.
    func wait(_ rollout: Rollout?, after outcome: Outcome) throws(Failure) -> RolloutResult? {
        guard let goal, let rollout else { return nil }
        let names = publication.workload.parameters
        let identity = publication.item.identity
        do {
            try store.require(
                Rollout.rights(for: goal.goal),
                in: RightScope(namespace: names.namespace, project: names.project, component: names.component))
            console.log(.info, "waiting", "\(identity): waiting until it is \(goal.rawValue)", about: identity)
            return try rollout.wait(for: goal.goal) { console.log(.info, "awaited", $0, about: identity) }
        } catch {
            throw failure(error, outcome)
        }
    }

    /// The failure, which says that the Workload is written all the same.
    private func failure(_ problem: Problem, _ outcome: Outcome) -> Failure {
        let failure = Failure(problem, Advice(names: publication.workload.parameters))
        return Failure(
            code: failure.code,
            description: "\(failure.description) (\(publication.item.identity) was \(outcome.published))")
    }
}

extension Outcome {
    /// What was done, as a sentence has it.
    fileprivate var published: String { action == .unchanged ? "left unchanged" : action.rawValue }
}
