internal import JSON

/// The one create-or-update: create; where the object exists read, decide, replace.
struct WriteLoop {
    let collection: any ObjectCollection
    let item: Item
    /// What a write whose response was lost has perhaps done.
    private var lost: Outcome?

    init(_ collection: any ObjectCollection, _ item: Item) {
        self.collection = collection
        self.item = item
    }

    /// What came of updating.
    enum Update {
        case done(Outcome)
        /// It cannot be read; whether because it is not there any more.
        case unread(Problem, isAbsent: Bool)
        /// It was read, and then was not there to be replaced.
        case gone(Problem)
    }

    /// How often an object may vanish between the two steps before that is called a fight.
    private static let maximumRounds = 4

    mutating func run() throws(Problem) -> Outcome {
        let item = item
        var round = 1
        while true {
            if let outcome = try create() { return outcome }
            let end: Problem
            switch try update({ live throws(Problem) in try decide(live: live, item: item) }) {
            case .done(let outcome):
                guard outcome.stored?.isBeingDeleted == true else { return outcome }
                try waitUntilGone()
                continue
            case .unread(let problem, let isAbsent):
                end = Problem(.denied, at: problem.place, problem.text, cause: Problem.Reason.mustRead(problem))
                if !isAbsent { throw end }
            case .gone(let problem):
                end = Problem(
                    .refused, at: problem.place, problem.text, cause: Problem.Reason.unsettled(rounds: round))
            }
            guard round < Self.maximumRounds else { throw end }
            round += 1
        }
    }

    /// Adds the object; nil where there is one.
    private mutating func create() throws(Problem) -> Outcome? {
        var tries = 0
        while true {
            switch try collection.create(item.built) {
            case .isOtherwise: return nil
            case .done(let stored): return outcome(.created, item.built, stored: stored)
            case .retry(let problem, let mayHaveTakenEffect):
                if mayHaveTakenEffect { lost = Outcome(action: .created, object: item.built) }
                tries += 1
                try collection.wait(after: problem, tries: tries)
            }
        }
    }

    /// Replaces the object as is decided of the live one; where none is to be replaced the outcome has the live one as stored.
    ///
    /// Every try begins with reading, because what made the one before fail may have changed the object.
    mutating func update(_ decide: (JSONValue) throws(Problem) -> Decision) throws(Problem) -> Update {
        let overwritesUnread = item.policy.overwritesUnread
        var tries = 0
        while true {
            var live: JSONValue?
            var decision = Decision.replace(item.built, warnings: [])
            if item.policy.readsFirst {
                switch try collection.read(item.identity.name) {
                case .found(let object):
                    live = object
                    decision = try decide(object)
                case .absent(let problem) where !overwritesUnread: return .unread(problem, isAbsent: true)
                case .unreadable(let problem) where !overwritesUnread: return .unread(problem, isAbsent: false)
                case .absent(let problem), .unreadable(let problem):
                    decision = .replace(item.built, warnings: [.overwroteUnread(problem)])
                }
            }
            guard case .replace(let object, let new) = decision else {
                var outcome = lost ?? Outcome(action: .unchanged, object: item.built)
                outcome.stored = live
                return .done(outcome)
            }
            let warnings = new + unsaid(beside: new)
            switch try collection.replace(item.identity.name, with: object, live: live) {
            case .isOtherwise(let problem): return .gone(problem)
            case .done(let stored): return .done(outcome(.updated, object, stored: stored, warnings))
            case .retry(let problem, let mayHaveTakenEffect):
                if mayHaveTakenEffect { lost = Outcome(action: .updated, object: object, warnings: warnings) }
                tries += 1
                try collection.wait(after: problem, tries: tries)
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
        let problem = Problem(
            .temporary, at: "\(item.identity)", "it is being deleted, and is still there",
            cause: Problem.Reason.beingDeleted)
        repeat {
            try collection.waitForStore(problem)
            guard case .found(let live) = try collection.read(item.identity.name), live.isBeingDeleted else { return }
        } while true
    }
}
