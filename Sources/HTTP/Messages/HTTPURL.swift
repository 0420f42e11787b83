internal import CCurl
internal import Text

/// An absolute `http` or `https` URL with a host, without user, password and fragment.
public struct HTTPURL: Sendable, Hashable, CustomStringConvertible {
    /// The whole URL as it is requested, dot segments resolved.
    public let text: String
    /// `http` or `https`.
    public let scheme: String
    /// The host as it is written there; an IPv6 address in its brackets.
    public let host: String
    /// The port, the scheme's own where none is written.
    public let port: Int
    /// The path, beginning with a slash.
    public let path: String
    /// The query without its question mark, nil where there is none.
    public let query: String?
    /// Everything before the path.
    private let base: String

    /// Host and port as the URL has them.
    var authority: String { String(decoding: base.utf8.dropFirst(scheme.utf8.count + 3), as: UTF8.self) }
    /// Scheme, host in lower case and port: what credentials belong to.
    public var origin: String { "\(scheme)://\(host.lowercased()):\(port)" }
    /// The whole URL.
    public var description: String { text }

    /// Parses a URL as libcurl does, which is who connects to it.
    public init(_ text: String) throws(ValidationError) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { throw .spaceOrControlCharacter }
        // libcurl would take one slash, or three, for two.
        let rest = text.utf8.drop { $0 != UInt8(ascii: ":") }
        guard !rest.starts(with: ":/".utf8) || rest.starts(with: "://".utf8) else { throw .malformed }
        guard let handle = URLHandle() else { throw .malformed }
        try handle.parse(text)
        guard let scheme = handle.part(CURLUPART_SCHEME), scheme == "http" || scheme == "https" else {
            throw .unsupportedScheme
        }
        guard handle.part(CURLUPART_FRAGMENT) == nil, !text.utf8.contains(UInt8(ascii: "#")) else { throw .fragment }
        guard let host = handle.part(CURLUPART_HOST), !host.isEmpty else { throw .noHost }
        // libcurl takes a third slash for a slip and goes on to the next word.
        guard !text.utf8.drop(while: { $0 != UInt8(ascii: ":") }).starts(with: ":///".utf8) else { throw .noHost }
        guard HTTPURL.isValid(host: host) else { throw .invalidHost }
        guard let port = handle.part(CURLUPART_PORT, flags: CURLU_DEFAULT_PORT).flatMap({ Int($0) }),
            1...65_535 ~= port
        else { throw .invalidPort }
        guard let path = handle.part(CURLUPART_PATH), let whole = handle.part(CURLUPART_URL) else { throw .malformed }
        let authority = whole.utf8.dropFirst(scheme.utf8.count + 3).prefix { $0 != UInt8(ascii: "/") }
        self.init(
            base: "\(scheme)://\(String(decoding: authority, as: UTF8.self))", scheme: scheme, host: host, port: port,
            path: path, query: handle.part(CURLUPART_QUERY))
    }

    private init(base: String, scheme: String, host: String, port: Int, path: String, query: String?) {
        self.base = base
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
        self.query = query
        text = base + path + (query.map { "?\($0)" } ?? "")
    }

    /// libcurl leaves it to the name lookup to refuse a name that no host can have.
    private static func isValid(host: String) -> Bool {
        host.hasPrefix("[")
            || host.utf8.allSatisfy { PercentEncoding.isAlphanumeric($0) || "-._".utf8.contains($0) || $0 >= 0x80 }
    }

    /// The URL with more path segments, each percent-encoded whole, after the path that is there.
    public func appending(pathSegments: [String]) -> HTTPURL {
        var extended = path
        while extended.utf8.last == UInt8(ascii: "/") { extended.unicodeScalars.removeLast() }
        for segment in pathSegments {
            // A dot segment would climb; its encoded form is as near as a URL can come to such a name.
            let isDots = segment == "." || segment == ".."
            extended += "/" + (isDots ? segment.map { _ in "%2E" }.joined() : PercentEncoding.encode(segment))
        }
        if extended.isEmpty { extended = "/" }
        return HTTPURL(base: base, scheme: scheme, host: host, port: port, path: extended, query: query)
    }

    /// The URL with more parameters in its query, names and values percent-encoded, after those that are there.
    public func appending(query parameters: [(name: String, value: String)]) -> HTTPURL {
        let fields = parameters.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
        let extended = ([query ?? ""] + fields).filter { !$0.isEmpty }.joined(separator: "&")
        return HTTPURL(base: base, scheme: scheme, host: host, port: port, path: path, query: extended)
    }

    /// The same URL of another host.
    func replacing(host: String) -> HTTPURL {
        HTTPURL(
            base: "\(scheme)://\(host):\(port)", scheme: scheme, host: host, port: port, path: path, query: query)
    }
}

extension HTTPURL {
    /// Why a text is not such a URL; never with the text in it, for there may be a password in that.
    public enum ValidationError: Error, Equatable, CustomStringConvertible {
        /// A space, a line break or another control character.
        case spaceOrControlCharacter
        /// No scheme, or nothing that could be a URL.
        case malformed
        /// A scheme other than the two.
        case unsupportedScheme
        /// A user name or password before the host.
        case userInformation
        /// No host after the slashes.
        case noHost
        /// A host that no host can be named.
        case invalidHost
        /// A port that is no number from 1 to 65535.
        case invalidPort
        /// A `#` and what follows it, which is never sent.
        case fragment

        /// What is wrong and what to write instead.
        public var description: String {
            switch self {
            case .spaceOrControlCharacter: "the URL has a space or a control character in it; percent-encode it"
            case .malformed: "this is not a URL; write it like https://host/path"
            case .unsupportedScheme: "the URL does not begin with http:// or https://; write the whole URL"
            case .userInformation: "the URL has a user name or a password in it; leave them out"
            case .noHost: "the URL has no host; write it like https://host/path"
            case .invalidHost: "the URL's host is not a host name or an IP address; write it like https://host/path"
            case .invalidPort: "the URL's port is not a number from 1 to 65535; write it like https://host:8443/path"
            case .fragment: "the URL has a fragment (#…) in it; leave it out"
            }
        }
    }
}

/// Owns a handle of libcurl's URL parser.
final class URLHandle {
    private let handle: OpaquePointer

    init?() {
        guard let handle = curl_url() else { return nil }
        self.handle = handle
    }

    deinit { curl_url_cleanup(handle) }

    func parse(
        _ text: String, flags: Int32 = CURLU_DISALLOW_USER | CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE
    ) throws(HTTPURL.ValidationError) {
        switch curl_url_set(handle, CURLUPART_URL, text, UInt32(flags)) {
        case CURLUE_OK: return
        case CURLUE_USER_NOT_ALLOWED, CURLUE_BAD_USER, CURLUE_BAD_PASSWORD, CURLUE_BAD_LOGIN: throw .userInformation
        case CURLUE_BAD_PORT_NUMBER: throw .invalidPort
        case CURLUE_NO_HOST: throw .noHost
        case CURLUE_BAD_HOSTNAME, CURLUE_BAD_IPV6: throw .invalidHost
        case CURLUE_UNSUPPORTED_SCHEME: throw .unsupportedScheme
        default: throw .malformed
        }
    }

    func part(_ part: CURLUPart, flags: Int32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, UInt32(flags)) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
