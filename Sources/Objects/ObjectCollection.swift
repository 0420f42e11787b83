public import JSON

/// Objects of one kind in one store that can be read and replaced.
///
/// Each call is one try at a write, so that the object is read afresh before the next; a read may be tried as often as it
/// takes. What no caller can live with is thrown.
public protocol ExistingObjects {
    /// Reads an object.
    func read(_ name: String) throws(Problem) -> Reading

    /// Replaces an object that exists; `live` is what was read of it, nil where it could not be read.
    func replace(_ name: String, with object: JSONValue, live: JSONValue?) throws(Problem) -> Replacement

    /// The waits between the tries of one write.
    func pauses() -> any Pauses
}

/// A collection that takes new objects.
public protocol ObjectCollection: ExistingObjects {
    /// Adds an object under its name, unless there is one.
    func create(_ object: JSONValue) throws(Problem) -> Creation
}

extension ExistingObjects {
    /// No second try: right for a store whose writes succeed or fail for good.
    public func pauses() -> any Pauses { NoPauses() }
}

/// What came of reading an object.
public enum Reading: Sendable {
    /// The object as the store has it.
    case found(JSONValue)
    /// There is none, in the store's own words.
    case absent(Problem)
    /// It may be there and is not shown.
    case unreadable(Problem)
}

/// What came of adding an object.
public enum Creation: Sendable {
    /// It was added; as the store has it now, where the store says so.
    case created(stored: JSONValue?)
    /// There is one of that name.
    case exists
    /// It failed for now; the object may have been added all the same, where no response came.
    case retry(Problem, mayHaveTakenEffect: Bool)
}

/// What came of replacing an object.
public enum Replacement: Sendable {
    /// It was replaced; as the store has it now, where the store says so.
    case replaced(stored: JSONValue?)
    /// There is none any more.
    case absent(Problem)
    /// It is not as it was read, or it failed for now: worth another try after reading afresh. It may have been replaced
    /// all the same, where no response came.
    case retry(Problem, mayHaveTakenEffect: Bool)
}

/// The waits between tries, and the only place that decides whether there is another try.
public protocol Pauses {
    /// Waits until the next try may begin; throws the problem, perhaps with the number of tries, where there is none.
    mutating func wait(after problem: Problem) throws(Problem)

    /// Waits a moment for the store to finish what it is about to do; throws the problem where the time is up.
    mutating func waitForStore(_ problem: Problem) throws(Problem)
}

/// No waits and no second try.
public struct NoPauses: Pauses {
    /// Throws the problem.
    public mutating func wait(after problem: Problem) throws(Problem) { throw problem }
    /// Throws the problem.
    public mutating func waitForStore(_ problem: Problem) throws(Problem) { throw problem }
}
