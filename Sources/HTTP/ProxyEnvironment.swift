internal import CCurl
public import Redaction
internal import Text

/// The proxy variables, which libcurl reads by itself.
public enum ProxyEnvironment {
    private static let variables = [
        "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
    ]

    /// The passwords in them, each also as it is sent to a proxy (RFC 7617 §2).
    public static func secrets(in environment: [String: String]) -> [Secret] {
        variables.flatMap { variable in environment[variable].map(secrets) ?? [] }
    }

    /// The password in a proxy's URL; a URL that libcurl cannot read has none that it would send.
    public static func secrets(in url: String) -> [Secret] {
        guard let handle = URLHandle() else { return [] }
        try? handle.parse(url, flags: CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME)
        func part(_ part: CURLUPart) -> String? { handle.part(part, flags: CURLU_URLDECODE) }
        guard let password = part(CURLUPART_PASSWORD), !password.isEmpty else { return [] }
        let pair = "\(part(CURLUPART_USER) ?? ""):\(password)"
        return [Secret(password), Secret(Base64.encode(Array(pair.utf8)))]
    }
}
