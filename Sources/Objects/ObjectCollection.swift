public import JSON

/// Objects of one kind in one store.
///
/// Each call is one try at a write, so that the object is read afresh before the next; a read may be tried as often as it
/// takes. What no caller can live with is thrown.
public protocol ObjectCollection {
    /// Adds an object under its name, unless there is one.
    func create(_ object: JSONValue) throws(Problem) -> WriteAttempt

    /// Reads an object.
    func read(_ name: String) throws(Problem) -> Reading

    /// Replaces an object that exists; `live` is what was read of it, nil where it could not be read.
    func replace(_ name: String, with object: JSONValue, live: JSONValue?) throws(Problem) -> WriteAttempt

    /// Waits after so many tries until the next may begin; throws the problem, perhaps with the number of tries, where there is
    /// none.
    func wait(after problem: Problem, tries: Int) throws(Problem)

    /// Waits a moment for the store to finish what it is about to do; throws the problem where the time is up.
    func waitForStore(_ problem: Problem) throws(Problem)
}

extension ObjectCollection {
    /// No second try: right for a store whose writes succeed or fail for good.
    public func wait(after problem: Problem, tries: Int) throws(Problem) { throw problem }

    /// No wait.
    public func waitForStore(_ problem: Problem) throws(Problem) { throw problem }
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

/// What came of one try at adding or replacing an object.
public enum WriteAttempt: Sendable {
    /// It was written; as the store has it now, where the store says so.
    case done(stored: JSONValue?)
    /// In the store's own words, there is one where one was to be added, or none where one was to be replaced.
    case isOtherwise(Problem)
    /// It is not as it was read, or it failed for now: worth another try after reading afresh. It may have been written all the
    /// same, where no response came.
    case retry(Problem, mayHaveTakenEffect: Bool)
}
