public import Redaction
internal import Text

/// A header of a request, well formed (RFC 9110 §5).
public struct HTTPHeader: Sendable {
    /// The name, as it will be written.
    public let name: String
    /// The value, without line breaks and other control characters.
    public let value: RequestText

    /// Asks for JSON.
    public static let acceptJSON = HTTPHeader(name: "Accept", value: "application/json")

    /// The host that a gateway is to go by; characters that could begin another header are left out.
    public static func host(_ host: String) -> HTTPHeader {
        HTTPHeader(name: "Host", value: RequestText(harmless(host)))
    }

    /// Credentials of a scheme, as `Bearer` (RFC 9110 §11.6.2); characters that could begin another header are left out.
    public static func authorization(_ scheme: String, _ credentials: Secret) -> HTTPHeader {
        let secret = Secret(harmless(credentials.revealed()))
        return HTTPHeader(name: "Authorization", value: RequestText("\(scheme) ", secret: secret))
    }

    private static func harmless(_ text: String) -> String {
        String(decoding: text.utf8.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
    }

    /// Whether this is the header of that name, in any case of letters.
    func isNamed(_ other: String) -> Bool {
        name.lowercased() == other.lowercased()
    }
}

extension Secret {
    /// The credentials of HTTP Basic for an OAuth client, both parts form-encoded first (RFC 6749 §2.3.1).
    public static func basicCredentials(clientID: String, clientSecret: Secret) -> Secret {
        let pair = FormEncoding.encode(clientID) + ":" + FormEncoding.encode(clientSecret.revealed())
        return Secret(Base64.encode(Array(pair.utf8)))
    }
}
