import HTTP

extension HTTPHeader {
    /// Asks for JSON.
    static let accept = fixed("Accept", "application/json")

    /// Credentials of a scheme (RFC 9110 §11.6.2).
    static func authorization(_ scheme: String, _ credentials: Secret) -> HTTPHeader {
        fixed("Authorization", RequestText("\(scheme) ") + RequestText(secret: credentials))
    }

    /// A header whose parts were checked when they were read; should one be malformed all the same, it is sent empty.
    private static func fixed(_ name: String, _ value: RequestText) -> HTTPHeader {
        if let header = try? HTTPHeader(name: name, value: value) { return header }
        return fixed(name, "")
    }
}
