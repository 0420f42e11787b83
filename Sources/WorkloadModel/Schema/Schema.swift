import JSON
import Text
import YAML

/// A mapping of the descriptor: one description from which its check, its JSON Schema and what is sent of it are made.
struct Schema: Sendable {
    /// The name under which the JSON Schema keeps it.
    let name: String
    let description: String
    let fields: [Field]
    /// What holds between the fields.
    var rules: [Rule] = []
    /// What a key is that is that of no field; nil where such keys are the author's own.
    ///
    /// Where that is an error, keys that begin with `x-` are the author's own.
    var otherKeys: DiagnosticRule? = .unknownKey
    /// Keys that are no mistake of typing and cannot stand here, with what to write instead.
    var refusedKeys: [String: String] = [:]
    /// Unknown keys that others write for something that is known, with what to write instead.
    var hints: [String: String] = [:]
    /// How the mapping was written in a former version.
    var formerForm: FormerForm?
    /// A mapping of a former version whose entries stand in this one now.
    var formerGroup: (key: String, fields: [String])?
    /// What to write where something else than a mapping was found.
    var hintForOther: (@Sendable (YAMLNode) -> String?)?
    /// Looks for what the server takes and the data plane does not.
    var inspect: (@Sendable (inout SchemaChecker, CheckedMapping) -> Void)?
    /// Turns what the fields send into the Workload's form.
    var convert: (@Sendable (inout JSONObject) -> Void)?

    /// What holds between several fields of one mapping.
    enum Rule: Sendable {
        /// Both are not set together; where neither is, that is a problem of the kind, with the message.
        case one(String, String, lack: DiagnosticRule, String)
        /// The key and the key inside a mapping are not both set.
        case exclusive(String, String, inside: String, hint: String)
    }

    /// A former way to write a mapping, known by any of its keys.
    struct FormerForm: Sendable {
        let keys: [String]
        /// What to say before the same content in the present form.
        let message: String
        /// That content as YAML, from the mapping that was found.
        let present: @Sendable (YAMLNode) -> String
    }

    /// The position of the field of that key.
    func position(of key: String) -> Int? {
        // By position: each field that a closure takes would be copied.
        fields.indices.first { fields[$0].key.isExactly(key) }
    }
}

/// One key of a mapping.
struct Field: Sendable {
    let key: String
    let type: FieldType
    let description: String
    var presence: Presence = .optional
    /// Whether a text may be empty; a required one never is.
    var allowsEmpty = true
    var examples: [JSONValue] = []
    /// The name that the key had in a former version.
    var former: String?
    /// Whether the former name is read, with a warning; it is not where its words meant something else.
    var isFormerRead = true
    /// What to report when it is set.
    var notice: (rule: DiagnosticRule, message: String)?
    /// Whether anything of it reaches the server.
    var isSent = true
    /// The name under which it does, where that is not the key.
    var sentAs: String?

    /// Whether the key must be there.
    enum Presence: Sendable, Equatable {
        case required
        /// Not needed, but its lack is worth a warning.
        case recommended
        case optional
    }

    /// Whether it is of a former version.
    var isFormer: Bool { notice?.rule.code == DiagnosticRule.formerSection.code }

    /// Whether an empty text is refused.
    var refusesEmpty: Bool { presence == .required || !allowsEmpty }

    /// The member that it becomes; nil where nothing of it is sent.
    var member: String? { isSent ? sentAs ?? key : nil }
}

/// What a field holds.
indirect enum FieldType: Sendable {
    /// A scalar, taken as the text that was written.
    case text(TextFormat)
    /// One of the words.
    case choice(Choice)
    /// Some of the words, none of them twice.
    case choices(Choice)
    /// An integer within the range.
    case integer(ClosedRange<Int>)
    /// The path of a file whose text takes the path's place.
    case file
    /// A mapping of that schema.
    case mapping(Schema)
    /// A list of mappings.
    case list(Entries)
    /// A mapping from any names to texts, with so many entries at most.
    case bindings(TextFormat, maximum: Int)
    /// Whatever stands there.
    case anything

    /// The schema of the mapping, or of each mapping in the list.
    var schema: Schema? {
        switch self {
        case .mapping(let schema): schema
        case .list(let entries): entries.schema
        default: nil
        }
    }
}

/// The words that a field takes.
struct Choice: Sendable {
    let values: [String]
    /// Words of former versions, with the ones that took their place.
    var former: [String: String] = [:]
    /// Words, in lower case, of other formats, with the ones that mean the same here.
    var foreign: [String: String] = [:]

    /// The word itself, or the one that means the same here.
    func translated(_ word: String) -> String? {
        values.first { $0.isExactly(word) } ?? foreign[word.lowercased()]
    }
}

/// A list of mappings of one schema.
struct Entries: Sendable {
    /// What one entry is called.
    let noun: String
    let schema: Schema
    /// The field that no two entries have in common.
    var unique: String?
    /// Whether the Workload has a map by that field in the list's place.
    var isKeyed = false
    var maximum: Int?
}
