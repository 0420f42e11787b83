internal import Text

/// A header of a request, well formed (RFC 9110 §5).
public struct HTTPHeader: Sendable {
    /// Why a header cannot be sent.
    public enum ValidationError: Error, Equatable, CustomStringConvertible {
        /// The name is empty or has a character that is no token's.
        case invalidName
        /// The value of the named header has a line break, a NUL or another control character.
        case controlCharacterInValue(of: String)

        /// What is wrong, without the value, which may be a secret.
        public var description: String {
            switch self {
            case .invalidName: "a header's name may have letters, digits and !#$%&'*+-.^_`|~ alone"
            case .controlCharacterInValue(let name):
                "the value of the header \(name) has a line break or another control character in it; remove it"
            }
        }
    }

    /// The name, as it will be written.
    public let name: String
    /// The value, without line breaks and other control characters.
    public let value: RequestText

    /// Checks the name and the value: neither can begin another header.
    public init(name: String, value: RequestText) throws(ValidationError) {
        let isToken = name.utf8.allSatisfy { byte in
            PercentEncoding.isAlphanumeric(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
        guard isToken, !name.isEmpty else { throw .invalidName }
        guard !value.revealed().utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
            throw .controlCharacterInValue(of: name)
        }
        self.name = name
        self.value = value
    }

    /// A header whose parts cannot be malformed.
    init(checkedName name: String, value: RequestText) {
        self.name = name
        self.value = value
    }

    /// Whether this is the header of that name, in any case of letters.
    func isNamed(_ other: String) -> Bool {
        name.lowercased() == other.lowercased()
    }
}

extension HTTPHeader: CustomStringConvertible {
    /// The header's line with its secrets redacted.
    public var description: String { "\(name): \(value)" }
}
