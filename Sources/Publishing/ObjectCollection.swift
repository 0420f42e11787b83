import JSON

/// A place that holds named objects which can be read and replaced.
///
/// Nothing here knows what the objects are, so that another store (the Kubernetes API, a Git tree of manifests) can
/// stand behind the same flow.
protocol ReplaceableObjects {
    /// Reads an object.
    func get(_ name: String) throws(PublishingError) -> Reading

    /// Replaces an object that exists; one try, so that the caller can read it afresh before the next.
    func replace(_ name: String, with object: JSONValue) throws(PublishingError) -> Replacement

    /// The pauses between the tries of one replacement.
    func retries() -> Retries

    /// The part of an object that a replacement writes, in a form that can be compared.
    func writablePart(of object: JSONValue) -> JSONValue
}

/// A place that can also take new objects.
protocol ObjectCollection: ReplaceableObjects {
    /// Adds an object under its name, unless there is one.
    func create(_ object: JSONValue) throws(PublishingError) -> Creation
}

/// What came of reading an object.
enum Reading {
    case found(JSONValue)
    /// It cannot be read, or is not there; the answer that says so.
    case refused(ServerAnswer)
}

/// What came of adding an object.
enum Creation {
    case created
    case exists
}

/// What came of replacing an object.
enum Replacement {
    case replaced
    /// It was deleted in the meantime; the answer that says so.
    case absent(ServerAnswer)
}
