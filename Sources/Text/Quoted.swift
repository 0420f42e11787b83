/// Text from outside between single quotes, safe to print: no control, format or line-breaking character survives.
public struct Quoted: CustomStringConvertible {
    /// The characters beyond which the text is cut short, so that one hostile name cannot fill a log.
    private static let maximumLength = 400

    private let text: String

    /// That text.
    public init(_ text: String) {
        self.text = text
    }

    /// That one character.
    public init(_ scalar: Unicode.Scalar) {
        text = String(scalar)
    }

    /// The text in its quotes.
    public var description: String { "'\(Printable.line(text, limit: Self.maximumLength))'" }
}
