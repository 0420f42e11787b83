import Text

/// The members of a JSON object in the order in which they were written.
///
/// Names are compared by code points. Where a name occurs twice, as in a careless server's response, the last one counts
/// and both are kept.
public struct JSONObject: Sendable {
    /// A name and its value.
    public struct Member: Sendable {
        /// The member's name.
        public var name: String
        /// The member's value.
        public var value: JSONValue

        /// A member of that name and value.
        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// All members, in order.
    public private(set) var members: [Member]

    /// An object of these members.
    public init(_ members: [Member] = []) {
        self.members = members
    }

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }

    /// The value of that name; setting nil removes every member of the name.
    public subscript(name: String) -> JSONValue? {
        get {
            members.last { $0.name.isExactly(name) }?.value
        }
        set {
            guard let newValue else {
                members.removeAll { $0.name.isExactly(name) }
                return
            }
            if let index = members.lastIndex(where: { $0.name.isExactly(name) }) {
                members[index].value = newValue
            } else {
                members.append(Member(name: name, value: newValue))
            }
        }
    }

    /// The members ordered by the code points of their names; equal names keep their order.
    public var sortedMembers: [Member] {
        // Most objects are small or come from a writer that sorts, and sorting moves every member.
        let isSorted = zip(members, members.dropFirst()).allSatisfy { !$1.name.precedes($0.name) }
        return isSorted ? members : members.sorted { $0.name.precedes($1.name) }
    }
}

extension JSONObject: Equatable {
    /// Whether both have the same names with the same values, in whatever order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.members.count == right.members.count else { return false }
        return zip(left.sortedMembers, right.sortedMembers).allSatisfy { a, b in
            a.name.isExactly(b.name) && a.value == b.value
        }
    }
}
