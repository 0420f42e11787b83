/// A text that must not be shown: every description of it is `<redacted>`.
public struct Secret: Sendable {
    /// What stands in the place of a secret wherever text is shown.
    public static let placeholder = "<redacted>"

    private let text: String

    /// Takes a text into keeping.
    public init(_ text: String) {
        self.text = text
    }

    /// The text itself; for the place where a request is written, and for the redactor.
    public func revealed() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomLeafReflectable {
    /// The placeholder.
    public var description: String { Secret.placeholder }
    /// The placeholder.
    public var debugDescription: String { Secret.placeholder }
    /// A mirror without children, so that `dump` finds nothing.
    public var customMirror: Mirror { Mirror(self, children: [] as [Mirror.Child]) }
}
