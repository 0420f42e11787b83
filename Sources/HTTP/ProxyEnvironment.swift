internal import CCurl
public import Redaction
internal import Text

/// The proxy variables, which libcurl reads by itself.
public enum ProxyEnvironment {
    private static let variables = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]

    /// The passwords in them, each also as it is sent to a proxy (RFC 7617 §2).
    public static func secrets(in environment: [String: String]) -> [Secret] {
        variables.flatMap { variable in environment[variable].map(secrets) ?? [] }
    }

    /// The password in a proxy's URL; a URL that libcurl cannot read has none that it would send.
    public static func secrets(in url: String) -> [Secret] {
        guard let parts = try? URLParts(url, CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME),
            let password = parts[CURLUPART_PASSWORD, CURLU_URLDECODE], !password.isEmpty
        else { return [] }
        let pair = "\(parts[CURLUPART_USER, CURLU_URLDECODE] ?? ""):\(password)"
        return [Secret(password), Secret(Base64.encode(Array(pair.utf8)))]
    }
}
