/// How a built object meets the live one: data that `decide` follows.
public struct Policy: Sendable {
    /// What an update makes of the two.
    public enum Update: Sendable {
        /// The built object as it is. The live one is not read, so that every update writes.
        case overwrite
        /// The built object as it is; where it equals the live one nothing is written.
        case replace
        /// The built object with what `kept` and `united` take over from the live one.
        case merge
        /// The live object with these values of the built one; what the built one lacks there is removed.
        case assign([MemberPath])
    }

    /// Members of an object that a merge takes over from the live one, unless the built object has them.
    public struct Keeping: Sendable {
        /// Where the object is.
        public let path: MemberPath
        /// The members in which the built object has the say, even by leaving them out.
        public let except: Set<String>

        /// Keeps all members there but some.
        public init(at path: MemberPath, except: Set<String>) {
            self.path = path
            self.except = except
        }
    }

    /// A value that no update can change.
    public struct Fixed: Sendable {
        /// Where the object that holds it is.
        public let path: MemberPath
        /// Its members that count, in the order in which a message shows them.
        public let members: [String]

        /// Members that never change.
        public init(at path: MemberPath, members: [String]) {
            self.path = path
            self.members = members
        }
    }

    /// Something of which an update should not unintentionally leave none.
    public struct Guarded: Sendable {
        /// What it is, in the plural: `endpoints`.
        public let thing: String
        /// Where it may be: a mapping by name, or a list.
        public let paths: [MemberPath]
        /// The members of a list's entry that name it, joined by a slash.
        public let names: [String]

        /// Something to guard.
        public init(_ thing: String, at paths: [MemberPath], namedBy names: [String] = []) {
            self.thing = thing
            self.paths = paths
            self.names = names
        }
    }

    /// What an update makes of the live object.
    public var update: Update
    /// Mappings in which the entries of both objects stay, the built one's before the live one's: labels, annotations.
    public var united: [MemberPath] = []
    /// What a merge takes over.
    public var kept: [Keeping] = []
    /// What must be the same in both objects.
    public var fixed: [Fixed] = []
    /// What a merge warns about removing.
    public var guarded: [Guarded] = []
    /// The values that an update writes; where all are the same nothing is written.
    ///
    /// An empty path is the whole object.
    public var compared: [MemberPath] = [[]]
    /// The values that a store has to keep as they were sent.
    public var verified: [MemberPath] = []
    /// Whether an object that exists but cannot be read is overwritten; else that is a problem.
    public var overwritesUnread = false
    /// Whether a removal is a problem instead of a warning.
    public var isStrict = false

    /// A policy of that update and nothing else.
    public init(_ update: Update) {
        self.update = update
    }

    /// Whether the live object has to be known.
    public var readsFirst: Bool {
        if case .overwrite = update { false } else { true }
    }
}
