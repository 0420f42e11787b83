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

    /// What an update makes of the live object.
    public var update: Update
    /// Mappings in which the entries of both objects stay, the built one's before the live one's: labels, annotations.
    public var united: [MemberPath] = []
    /// Objects of which a merge takes over from the live one what the built one lacks, except some members, in which the built
    /// one has the say even by leaving them out.
    public var kept: [(path: MemberPath, except: Set<String>)] = []
    /// Members of an object that must be the same in both, for no update can change them; in the order in which a message shows
    /// them.
    public var fixed: [(path: MemberPath, members: [String])] = []
    /// Things, in the plural, of which a merge should not unintentionally leave none: where they may be, as a mapping by name or
    /// a list, and the members of a list's entry that name it.
    public var guarded: [(thing: String, paths: [MemberPath], names: [String])] = []
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
