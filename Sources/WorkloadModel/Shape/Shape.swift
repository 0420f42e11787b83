import JSON
import Text
import YAML

/// A mapping of the descriptor: the one description from which both its check and its JSON Schema are made.
struct Shape: Sendable {
    /// The name under which the JSON Schema keeps it.
    let name: String
    let title: String
    let description: String
    let fields: [Field]
    /// What holds between the fields.
    var rules: [Rule] = []
    /// Keys that are no mistake of typing but cannot stand here, with the reason.
    var refusedKeys: [String: String] = [:]
    /// How the mapping was written in a former version.
    var formerForm: FormerForm?
    /// What to write where a list was found instead.
    var hintForList: String?

    /// What holds between several fields of one mapping.
    enum Rule: Sendable {
        /// One of both is set, and not the other; `emptyAllowed`: a first one without a value counts as set.
        case exactlyOne(String, String, emptyAllowed: Bool)
        /// The key and the key inside a mapping are not both set.
        case exclusive(String, String, inside: String, hint: String)
    }

    /// A former way to write a mapping, known by its keys.
    struct FormerForm: Sendable {
        /// Any of these keys tells it.
        let keys: [String]
        /// The same content in the present form, as YAML, from the entries that were found.
        let translation: @Sendable ([YAMLEntry]) -> String
        /// What to say; the translation is appended.
        let message: String
    }

    /// The field of that key.
    func field(_ key: String) -> Field? {
        fields.first { $0.key.isExactly(key) }
    }
}

/// One key of a mapping.
struct Field: Sendable {
    let key: String
    let title: String
    let description: String
    let type: FieldType
    var presence: Presence = .optional
    /// Whether a text may be empty; a required one never is.
    var allowsEmpty = true
    var defaultValue: JSONValue?
    var examples: [JSONValue] = []
    /// The names that the key had in former versions.
    var formerKeys: [String] = []
    /// What to tell whoever sets it.
    var notice: Notice?

    /// Whether the key must be there.
    enum Presence: Sendable, Equatable {
        case required
        /// Not needed, but its lack is worth a warning.
        case recommended
        case optional
    }

    /// What to tell whoever sets a field.
    enum Notice: Sendable {
        /// The field is of a former version.
        case former(String)
        /// Nothing of the field reaches the server.
        case notSent(String)
        /// The field is there and its text is empty.
        case whenEmpty(String)
    }

    /// Whether an empty text is refused.
    var refusesEmpty: Bool { presence == .required || !allowsEmpty }
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
    /// A mapping of that shape.
    case mapping(Shape)
    /// A list of mappings.
    case list(Entries)
    /// A mapping from any names to texts, with so many entries at most.
    case bindings(TextFormat, maximum: Int)
    /// Whatever stands there.
    case anything
}

/// The words that a field takes.
struct Choice: Sendable {
    let values: [String]
    /// Words of former versions, with the ones that took their place.
    var former: [String: String] = [:]
}

/// A list of mappings of one shape.
struct Entries: Sendable {
    /// What one entry is called.
    let noun: String
    let shape: Shape
    /// The field that no two entries have in common.
    var unique: String?
    var maximum: Int?
}
