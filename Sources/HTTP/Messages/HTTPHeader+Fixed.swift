public import Redaction
internal import Text

extension HTTPHeader {
    /// Asks for JSON.
    public static let acceptJSON = HTTPHeader(checkedName: "Accept", value: "application/json")

    /// Credentials of a scheme, as `Bearer` (RFC 9110 §11.6.2); characters that could begin another header are left out.
    public static func authorization(_ scheme: String, _ credentials: Secret) -> HTTPHeader {
        let text = credentials.revealed()
        let harmless = String(decoding: text.utf8.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
        return HTTPHeader(checkedName: "Authorization", value: RequestText("\(scheme) ", secret: Secret(harmless)))
    }
}

extension Secret {
    /// The credentials of HTTP Basic for an OAuth client, both parts form-encoded first (RFC 6749 §2.3.1).
    public static func basicCredentials(clientID: String, clientSecret: Secret) -> Secret {
        let pair = FormEncoding.encode(clientID) + ":" + FormEncoding.encode(clientSecret.revealed())
        return Secret(Base64.encode(Array(pair.utf8)))
    }
}
