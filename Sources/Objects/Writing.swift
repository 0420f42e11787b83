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

/// What came of writing an object.
public struct Outcome: Sendable {
    /// What was done, or would be.
    public let action: WriteAction
    /// The object as it was sent last, or was built where nothing was sent.
    public let object: JSONValue
    /// What is true of it and was perhaps not meant.
    public let warnings: [Warning]
    /// The object as the store has it; nil where it did not say so.
    public var stored: JSONValue?
}

/// What writing an object would do, found out by reading alone.
public struct Preview: Sendable {
    /// The object as the store has it; nil where there is none.
    public let live: JSONValue?
    /// What would come of it.
    public let outcome: Outcome
}

extension ObjectCollection {
    /// Creates an object or, where it exists, updates it by its policy; where it vanishes in between, creates it again.
    public func write(_ item: Item) throws(Problem) -> Outcome {
        var loop = WriteLoop(collection: self, item: item)
        return try loop.run()
    }

    /// Reads the object and works out what writing it would do; writes nothing.
    public func preview(_ item: Item) throws(Problem) -> Preview {
        var live: JSONValue?
        switch try read(item.identity.name) {
        case .absent: break
        case .unreadable(let problem): throw problem
        case .found(let object): live = object
        }
        switch try decide(live: live, item: item) {
        case .keep:
            return Preview(live: live, outcome: Outcome(action: .unchanged, object: live ?? item.built, warnings: []))
        case .create(let object):
            return Preview(live: nil, outcome: Outcome(action: .created, object: object, warnings: []))
        case .replace(let object, let warnings):
            return Preview(live: live, outcome: Outcome(action: .updated, object: object, warnings: warnings))
        }
    }
}

extension ExistingObjects {
    /// Replaces an object that must exist by what a pure function makes of it; where that changes nothing it is not written.
    public func revise(
        _ identity: ObjectIdentity, by change: (JSONValue) -> JSONValue
    ) throws(Problem) -> Outcome {
        var pauses = pauses()
        var sent: JSONValue?
        while true {
            let live: JSONValue
            switch try read(identity.name) {
            case .absent(let problem), .unreadable(let problem): throw problem
            case .found(let object): live = object
            }
            let object = change(live)
            guard object != live else {
                // It may be as it should be because of a replacement whose response was lost.
                return Outcome(action: sent == nil ? .unchanged : .updated, object: sent ?? live, warnings: [])
            }
            switch try replace(identity.name, with: object, live: live) {
            case .absent(let problem): throw problem
            case .replaced: return Outcome(action: .updated, object: object, warnings: [])
            case .retry(let problem, let mayHaveTakenEffect):
                if mayHaveTakenEffect { sent = object }
                try pauses.wait(after: problem)
            }
        }
    }
}
