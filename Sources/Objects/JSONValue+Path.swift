public import JSON

/// The names of the members that lead to a value, from the object's root.
public typealias MemberPath = [String]

extension JSONValue {
    /// The value at the end of a path; nil where the path leads nowhere.
    public subscript(path path: MemberPath) -> JSONValue? {
        path.reduce(self as JSONValue?) { value, name in value?[name] }
    }

    /// The same tree with another value at the end of a path: objects on the way are made where there are none, and nil
    /// removes the member.
    public func setting(_ value: JSONValue?, at path: MemberPath) -> JSONValue {
        guard let name = path.first else { return value ?? .null }
        var object = object ?? JSONObject()
        let rest = Array(path.dropFirst())
        if rest.isEmpty {
            object[name] = value
        } else if value != nil || object[name]?.object != nil {
            object[name] = (object[name] ?? [:]).setting(value, at: rest)
        }
        return .object(object)
    }

    /// Whether this is nothing: null, or an object, a list or a text that is empty.
    var isEmpty: Bool {
        switch self {
        case .null: true
        case .object(let object): object.isEmpty
        case .array(let elements): elements.isEmpty
        case .string(let text): text.isEmpty
        case .bool, .number: false
        }
    }

    /// Whether this is an object that the store has begun to delete.
    public var isBeingDeleted: Bool { self[path: ["metadata", "deletionTimestamp"]]?.string?.isEmpty == false }
}
