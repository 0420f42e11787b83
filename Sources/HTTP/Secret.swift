/// A text that nobody may see: every description of it is `<redacted>`.
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

    /// The credentials of HTTP Basic for an OAuth client, both parts form-encoded first (RFC 6749 §2.3.1).
    public static func basicCredentials(clientID: String, clientSecret: Secret) -> Secret {
        let pair = FormEncoding.encode(clientID) + ":" + FormEncoding.encode(clientSecret.text)
        return Secret(Base64.encode(Array(pair.utf8)))
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomLeafReflectable {
    /// The placeholder.
    public var description: String { Secret.placeholder }
    /// The placeholder.
    public var debugDescription: String { Secret.placeholder }
    /// A mirror without children, so that `dump` finds nothing.
    public var customMirror: Mirror { Mirror(self, children: [] as [Mirror.Child]) }
}
