public import JSON

/// Which object of a store is meant.
public struct ObjectIdentity: Sendable, Hashable, CustomStringConvertible {
    /// The kind as results and messages write it, in lower case: `workload`.
    public let kind: String
    /// The namespace; nil where the kind or the store has none.
    public let namespace: String?
    /// The name, unique among the objects of its kind and namespace.
    public let name: String

    /// An object's place among all objects of a store.
    public init(kind: String, namespace: String?, name: String) {
        self.kind = kind
        self.namespace = namespace
        self.name = name
    }

    /// `workload/api-workload`.
    public var description: String { "\(kind)/\(name)" }
}

/// An object that is to be in a store, and what it may do to the one that is there.
public struct Item: Sendable {
    /// Which object it is.
    public let identity: ObjectIdentity
    /// The object as it was built.
    public let built: JSONValue
    /// How it meets a live one.
    public let policy: Policy

    /// An object to write.
    public init(identity: ObjectIdentity, built: JSONValue, policy: Policy) {
        self.identity = identity
        self.built = built
        self.policy = policy
    }
}
