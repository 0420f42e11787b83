import JSON

/// What was done to an object.
public enum PublishAction: String, Sendable {
    case created
    case updated
    case unchanged
}

/// Writes a named object, whether or not there is one: the create-or-update of every collection.
struct CreateOrUpdate {
    /// What an update writes, once it has been found that the object exists.
    enum Update {
        /// The object as it was built; nothing is read.
        case replacement
        /// What this makes of the object that is there.
        case change((JSONValue) throws(PublishingError) -> JSONValue)
    }

    /// What to do where the object exists but cannot be read.
    enum Fallback {
        /// Replace it as built, and say what that cost.
        case replace(thenSay: () -> Void)
        /// Take it for deleted and create it again; the error, should that never come to an end.
        case createAgain(PublishingError)
        /// Give up.
        case fail(PublishingError)
    }

    /// What was done, and the object that was sent last.
    struct Result {
        let action: PublishAction
        let object: JSONValue
    }

    private enum Outcome {
        case done(Result)
        case vanished(PublishingError)
    }

    private enum Step {
        case keep
        case write(JSONValue, thenSay: () -> Void)
        case createAgain(PublishingError)
    }

    /// How often an object may vanish between a conflict and its replacement before that is called a fight.
    static let maximumRounds = 4

    let name: String
    let built: JSONValue
    let update: Update
    let fallback: (ServerAnswer) -> Fallback

    /// Creates the object or, where it exists, updates it; where it vanishes in between, creates it again.
    func run(on collection: some ObjectCollection) throws(PublishingError) -> Result {
        var round = 1
        while true {
            switch try collection.create(built) {
            case .created: return Result(action: .created, object: built)
            case .exists: break
            }
            switch try updateOnce(in: collection) {
            case .done(let result): return result
            case .vanished(.refused(let answer)) where round == Self.maximumRounds:
                throw .neverSettled(answer, name: name, rounds: round)
            case .vanished(let error) where round == Self.maximumRounds: throw error
            case .vanished: round += 1
            }
        }
    }

    /// Updates an object that must exist.
    func runUpdate(on collection: some ReplaceableObjects) throws(PublishingError) -> Result {
        switch try updateOnce(in: collection) {
        case .done(let result): return result
        case .vanished(let error): throw error
        }
    }

    /// Every try begins with reading, because the failure of the one before may have been a conflict.
    private func updateOnce(in collection: some ReplaceableObjects) throws(PublishingError) -> Outcome {
        var retries = collection.retries()
        var sent: JSONValue?
        while true {
            do {
                switch try nextStep(in: collection) {
                case .keep:
                    // It may be as it should be because of a replacement whose answer was lost.
                    return .done(Result(action: sent == nil ? .unchanged : .updated, object: sent ?? built))
                case .createAgain(let error): return .vanished(error)
                case .write(let object, let thenSay):
                    sent = object
                    switch try collection.replace(name, with: object) {
                    case .absent(let answer): return .vanished(answer.error)
                    case .replaced:
                        thenSay()
                        return .done(Result(action: .updated, object: object))
                    }
                }
            } catch .replacementFailed(let failure, let said) {
                try retries.pause(after: failure, said: said)
            } catch {
                throw error
            }
        }
    }

    private func nextStep(in collection: some ReplaceableObjects) throws(PublishingError) -> Step {
        guard case .change(let change) = update else { return .write(built, thenSay: {}) }
        switch try collection.get(name) {
        case .found(let live):
            let changed = try change(live)
            let isSame = collection.writablePart(of: changed) == collection.writablePart(of: live)
            return isSame ? .keep : .write(changed, thenSay: {})
        case .refused(let answer):
            switch fallback(answer) {
            case .replace(let thenSay): return .write(built, thenSay: thenSay)
            case .createAgain(let error): return .createAgain(error)
            case .fail(let error): throw error
            }
        }
    }
}
