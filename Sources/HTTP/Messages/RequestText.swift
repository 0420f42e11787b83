public import Redaction

/// A text of a request, of which the end may be a secret; described with that redacted.
public struct RequestText: Sendable, ExpressibleByStringLiteral {
    private let plain: String
    private let secret: Secret?

    /// A text that anything may show, and a secret behind it.
    public init(_ plain: String = "", secret: Secret? = nil) {
        self.plain = plain
        self.secret = secret
    }

    /// A text that anything may show.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// The whole text; only for the place where a request is written.
    func revealed() -> String { plain + (secret?.revealed() ?? "") }

    /// The text with what is plain transformed and the secret as the placeholder.
    func redacted(_ transform: (String) -> String = { $0 }) -> String {
        transform(plain) + (secret == nil ? "" : Secret.placeholder)
    }
}

extension RequestText: CustomStringConvertible, CustomDebugStringConvertible {
    /// The text with its secret redacted.
    public var description: String { redacted() }
    /// The text with its secret redacted.
    public var debugDescription: String { redacted() }
}
