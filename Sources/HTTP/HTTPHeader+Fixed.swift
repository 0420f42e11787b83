extension HTTPHeader {
    /// Asks for JSON.
    public static let acceptJSON = HTTPHeader(checkedName: "Accept", value: "application/json")

    /// Credentials of a scheme, as `Bearer` (RFC 9110 §11.6.2); characters that could begin another header are left out.
    public static func authorization(_ scheme: String, _ credentials: Secret) -> HTTPHeader {
        let text = credentials.revealed()
        let harmless = String(decoding: text.utf8.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
        return HTTPHeader(
            checkedName: "Authorization", value: RequestText("\(scheme) ") + RequestText(secret: Secret(harmless)))
    }
}
