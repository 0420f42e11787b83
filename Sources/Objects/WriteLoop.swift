internal import JSON

/// The one create-or-update: create; where the object exists read, decide, replace.
struct WriteLoop<Collection: ObjectCollection> {
    let collection: Collection
    let item: Item
    /// What a write whose response was lost has perhaps done.
    private var lost: Outcome?

    init(collection: Collection, item: Item) {
        self.collection = collection
        self.item = item
    }

    private enum Update {
        case done(Outcome)
        /// It is not there any more; whether it was the read that said so.
        case gone(Problem, toReader: Bool)
        /// The store is about to delete it.
        case leaving
    }

    /// How often an object may vanish between the two steps before that is called a fight.
    private static var maximumRounds: Int { 4 }

    mutating func run() throws(Problem) -> Outcome {
        var round = 1
        while true {
            if let outcome = try create() { return outcome }
            switch try update() {
            case .done(let outcome): return outcome
            case .leaving: try waitUntilGone()
            case .gone(let problem, let toReader):
                guard round < Self.maximumRounds else { throw toReader ? mustRead(problem) : unsettled(problem, round) }
                round += 1
            }
        }
    }

    /// Adds the object; nil where there is one.
    private mutating func create() throws(Problem) -> Outcome? {
        var pauses = collection.pauses()
        while true {
            switch try collection.create(item.built) {
            case .exists: return nil
            case .created(let stored): return outcome(.created, item.built, stored: stored)
            case .retry(let problem, let mayHaveTakenEffect):
                if mayHaveTakenEffect { lost = Outcome(action: .created, object: item.built, warnings: []) }
                try pauses.wait(after: problem)
            }
        }
    }

    /// Every try begins with reading, because what made the one before fail may have changed the object.
    private mutating func update() throws(Problem) -> Update {
        var pauses = collection.pauses()
        while true {
            var live: JSONValue?
            let decision: Decision
            switch item.policy.readsFirst ? try collection.read(item.identity.name) : nil {
            case nil: decision = .replace(item.built, warnings: [])
            case .found(let object):
                live = object
                decision = try decide(live: object, item: item)
            case .absent(let problem) where !item.policy.overwritesUnread:
                return .gone(problem, toReader: true)
            case .absent(let problem), .unreadable(let problem):
                guard item.policy.overwritesUnread else { throw mustRead(problem) }
                decision = .replace(item.built, warnings: [.overwroteUnread(problem)])
            }
            switch decision {
            case .create: return .leaving
            case .keep:
                var outcome = lost ?? Outcome(action: .unchanged, object: item.built, warnings: [])
                outcome.stored = live
                return .done(outcome)
            case .replace(let object, let new):
                let warnings = new + unsaid(beside: new)
                switch try collection.replace(item.identity.name, with: object, live: live) {
                case .absent(let problem): return .gone(problem, toReader: false)
                case .replaced(let stored):
                    if stored?.isBeingDeleted == true { return .leaving }
                    return .done(outcome(.updated, object, stored: stored, warnings))
                case .retry(let problem, let mayHaveTakenEffect):
                    if mayHaveTakenEffect { lost = Outcome(action: .updated, object: object, warnings: warnings) }
                    try pauses.wait(after: problem)
                }
            }
        }
    }

    /// What is to be said of a replacement whose response was lost: what it removed, the object that was read since lacks.
    private func unsaid(beside warnings: [Warning]) -> [Warning] {
        func isRemoval(_ warning: Warning) -> Bool { if case .removal = warning { true } else { false } }
        return warnings.contains(where: isRemoval) ? [] : (lost?.warnings ?? []).filter(isRemoval)
    }

    private func outcome(
        _ action: WriteAction, _ object: JSONValue, stored: JSONValue?, _ warnings: [Warning] = []
    ) -> Outcome {
        let losses = stored.map { item.policy.losses(of: object, in: $0) } ?? []
        return Outcome(
            action: action, object: object, warnings: losses.isEmpty ? warnings : warnings + [.notKept(losses)],
            stored: stored)
    }

    /// Waits until the store has deleted the object, or does not let it be seen.
    private mutating func waitUntilGone() throws(Problem) {
        lost = nil
        var pauses = collection.pauses()
        let problem = Problem(
            .temporary, at: "\(item.identity)", "it is being deleted, and is still there",
            cause: Problem.Reason.beingDeleted)
        repeat {
            try pauses.waitForStore(problem)
            guard case .found(let live) = try collection.read(item.identity.name), live.isBeingDeleted else { return }
        } while true
    }

    private func mustRead(_ problem: Problem) -> Problem {
        Problem(.denied, at: problem.place, problem.text, cause: Problem.Reason.mustRead(problem))
    }

    private func unsettled(_ problem: Problem, _ rounds: Int) -> Problem {
        Problem(
            .refused, at: problem.place, problem.text, cause: Problem.Reason.unsettled(problem, rounds: rounds))
    }
}
