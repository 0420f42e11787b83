import Text

/// Why a text has not the form that its place asks for.
public struct MalformedText: Error, Equatable, CustomStringConvertible {
    /// What is wrong, where in characters from 1, and what is allowed, in lower case and without a full stop.
    public let description: String

    init(_ description: String) {
        self.description = description
    }

    /// A fault of the character at that index of a text.
    init(_ scalar: Unicode.Scalar, at index: Int, _ fault: String) {
        description = "\(Quoted(scalar)) at character \(index + 1)\(fault)"
    }
}
