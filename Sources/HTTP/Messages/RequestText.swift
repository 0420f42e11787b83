public import Redaction

/// A text of a request made of plain and secret fragments; described with its secrets redacted.
public struct RequestText: Sendable, ExpressibleByStringLiteral {
    private enum Fragment: Sendable {
        case plain(String)
        case secret(Secret)
    }

    private var fragments: [Fragment]

    /// A text that anyone may read.
    public init(_ plain: String) {
        fragments = [.plain(plain)]
    }

    /// A text that nobody may read.
    public init(secret: Secret) {
        fragments = [.secret(secret)]
    }

    /// A text that anyone may read.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// One text after another, each fragment as plain or secret as it was.
    public static func + (left: RequestText, right: RequestText) -> RequestText {
        var text = left
        text.fragments += right.fragments
        return text
    }

    /// The whole text; only for the place where a request is written.
    func revealed() -> String {
        fragments.map { fragment in
            switch fragment {
            case .plain(let text): text
            case .secret(let secret): secret.revealed()
            }
        }.joined()
    }

    /// The text with each plain fragment transformed and each secret as the placeholder.
    func redacted(_ transform: (String) -> String = { $0 }) -> String {
        fragments.map { fragment in
            switch fragment {
            case .plain(let text): transform(text)
            case .secret: Secret.placeholder
            }
        }.joined()
    }
}

extension RequestText: CustomStringConvertible, CustomDebugStringConvertible {
    /// The text with its secrets redacted.
    public var description: String { redacted() }
    /// The text with its secrets redacted.
    public var debugDescription: String { redacted() }
}
