import JSON
import Text

/// Where an image came from: the Workload's `spec.source`.
public struct WorkloadOrigin: Sendable, Equatable {
    /// The commit that was built.
    public var commit: String?
    /// Its branch.
    public var branch: String?
    /// The URL of its repository.
    public var repository: String?
    /// When the commit was made (RFC 3339).
    public var authoredAt: String?

    /// Nothing is known.
    public init() {}

    /// The members of `spec.source`; nil where nothing is known.
    var json: JSONValue? {
        let object: JSONObject = [
            "commit": commit.map { .string($0) }, "branch": branch.map { .string($0) },
            "repository": repository.map { .string($0) }, "authoredAt": authoredAt.map { .string($0) },
        ]
        return object.isEmpty ? nil : .object(object)
    }
}

extension WorkloadOrigin {
    /// Takes a commit or a branch as it is.
    public static func name(_ text: String) throws(MalformedText) -> String {
        guard text.utf8.count <= 1024 else { throw MalformedText("it has more than 1024 bytes") }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw MalformedText("it holds a control character")
        }
        guard !text.utf8.contains(0x20) else { throw MalformedText("it holds a space") }
        return text
    }

    /// Takes a repository's URL without credentials in it.
    public static func repository(_ text: String) throws(MalformedText) -> String {
        let text = try name(text)
        guard let scheme = text.firstRange(of: "://") else { return text }
        let authority = text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let end = authority.lastIndex(of: "@") else { return text }
        // A user name alone is how ssh knows that git is meant.
        let isSSH = text[..<scheme.lowerBound].lowercased().hasSuffix("ssh")
        guard isSSH, !authority[..<end].contains(":") else {
            throw MalformedText(
                "it holds a user name or a password before the host, which would be published; leave that out")
        }
        return text
    }

    /// Takes a time with its offset (RFC 3339 §5.6).
    public static func time(_ text: String) throws(MalformedText) -> String {
        let form =
            /\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)/
        guard text.utf8.count <= 64, text.utf8.allSatisfy({ $0 < 0x80 }), text.wholeMatch(of: form) != nil else {
            throw MalformedText("it is not a time as RFC 3339 has it; write it like 2026-03-02T10:00:00Z")
        }
        return text
    }
}
