import Synchronization
internal import Text

/// Knows the secrets of a run and takes them out of foreign text, plain or encoded.
///
/// It finds a secret as it is; with any of its characters percent-encoded, form-encoded, or escaped as JSON,
/// JavaScript or HTML does, also several times over; in hexadecimal; and in Base64 or Base64URL, alone or amid other text.
public final class Redactor: Sendable {
    private let secrets = Mutex(SecretPatterns())

    /// A shorter secret may well be an innocent part of a document, as `secret` is of `secretKeyRef`.
    private static let shortestInDocuments = 8

    /// Knows no secret yet.
    public init() {}

    /// Takes a secret out of every text from now on; one of fewer than three characters only as a whole word.
    public func register(_ secret: Secret) {
        secrets.withLock { $0.add(secret.revealed()) }
    }

    /// The text with the placeholder in the place of each secret.
    public func redact(_ text: String) -> String {
        redact(text, shortest: 0)
    }

    /// A document with the placeholder in the place of each secret that is too long to stand in it by chance.
    public func redact(document: String) -> String {
        redact(document, shortest: Self.shortestInDocuments)
    }

    private func redact(_ text: String, shortest: Int) -> String {
        let patterns = secrets.withLock { $0 }
        if patterns.isEmpty { return text }
        return String(decoding: patterns.redact(Array(text.utf8), shortest: shortest), as: UTF8.self)
    }

    /// What a server said, as one line fit for a terminal and not much longer than the limit in bytes.
    ///
    /// It is redacted before it is cut, so that no part of a secret is left where that happens; its end stays, for the reason
    /// stands there, behind the value that a server complains of.
    public func excerpt(of body: [UInt8], limit: Int = 4096) -> String {
        let patterns = secrets.withLock { $0 }
        let isWhole = body.count <= limit * 64
        // White space shrinks in the next step, so there has to be more than the limit; but not 16 MiB of it.
        let redacted = isWhole ? patterns.redact(body) : patterns.redact(body, limit: limit * 16)
        let text = TerminalText.escaped(String(decoding: redacted, as: UTF8.self)).unicodeScalars
        guard String(text).utf8.count > limit else { return String(text) }
        let rest = isWhole ? limit / 4 : 0
        var cut = ""
        cut.unicodeScalars.append(contentsOf: Self.beginning(of: text, limit: limit - rest))
        let end = Self.beginning(of: text.reversed(), limit: rest).reversed()
        cut += end.isEmpty ? "… (cut)" : "… (cut) …"
        cut.unicodeScalars.append(contentsOf: end)
        return cut
    }

    /// As many characters as so many bytes hold.
    private static func beginning(of text: some Sequence<Unicode.Scalar>, limit: Int) -> [Unicode.Scalar] {
        var size = 0
        return text.prefix {
            size += UTF8.width($0)
            return size <= limit
        }
    }
}
