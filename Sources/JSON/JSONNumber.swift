/// A JSON number, kept as the digits it was written with.
public struct JSONNumber: Sendable, Hashable {
    /// The number in JSON's grammar.
    public let text: String

    /// An integer in its shortest decimal form.
    public init(_ value: Int) {
        text = String(value)
    }

    /// The parser's way in: `text` has already been checked against the grammar.
    init(checked text: String) {
        self.text = text
    }
}
