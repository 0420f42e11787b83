import YAML

/// A change of a descriptor's text by which it says what it was read as, in the words of today.
enum DescriptorFix: Sendable {
    /// The key takes its present name or spelling.
    case renameKey(YAMLEntry, to: String)
    /// A scalar takes another text, or loses its quotes where the text is its own.
    case replaceScalar(YAMLNode, with: String)
    /// A key and the words below it take others; it is the one fix that changes what is sent.
    case replaceEntry(YAMLEntry, key: String, words: [String])
    /// An entry that says nothing goes.
    case removeEntry(YAMLEntry)
    /// The entries of a mapping take the mapping's place.
    case lift(YAMLEntry)
    /// An entry goes under that key of a mapping, whose own entry is the second one where it is there.
    case move(YAMLEntry, under: String, YAMLEntry?, as: String)
}
