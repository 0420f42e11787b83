public import JSON

/// What was done to an object.
public enum WriteAction: String, Sendable {
    /// There was none.
    case created
    /// The one that was there was replaced.
    case updated
    /// The one that was there is as it should be.
    case unchanged
}

/// What came of writing an object, or would come of it.
public struct Outcome: Sendable {
    /// What was done.
    public let action: WriteAction
    /// The object as it was sent last, or was built where nothing was sent.
    public let object: JSONValue
    /// What is true of it and was perhaps not meant.
    public var warnings: [Warning] = []
    /// The object as the store has it, of a preview before the write; nil where it did not say so, or has none.
    public var stored: JSONValue?
}

extension ObjectCollection {
    /// Creates an object or, where it exists, updates it by its policy; where it vanishes in between, creates it again.
    public func write(_ item: Item) throws(Problem) -> Outcome {
        var loop = WriteLoop(self, item)
        return try loop.run()
    }

    /// Reads the object and works out what writing it would do; writes nothing.
    public func preview(_ item: Item) throws(Problem) -> Outcome {
        var live: JSONValue?
        switch try read(item.identity.name) {
        case .absent: break
        case .unreadable(let problem): throw problem
        case .found(let object): live = object
        }
        switch try decide(live: live, item: item) {
        case .keep: return Outcome(action: .unchanged, object: live ?? item.built, stored: live)
        case .create: return Outcome(action: .created, object: item.built)
        case .replace(let object, let warnings):
            return Outcome(action: .updated, object: object, warnings: warnings, stored: live)
        }
    }

    /// Replaces an object that must exist by what a pure function makes of it; where that changes nothing it is not written.
    public func revise(
        _ identity: ObjectIdentity, by change: (JSONValue) -> JSONValue
    ) throws(Problem) -> Outcome {
        var loop = WriteLoop(self, Item(identity: identity, built: .null, policy: Policy(.replace)))
        let update = try loop.update { live in
            let object = change(live)
            return object == live ? .keep : .replace(object, warnings: [])
        }
        switch update {
        case .done(let outcome): return outcome
        case .unread(let problem, _), .gone(let problem): throw problem
        }
    }
}
