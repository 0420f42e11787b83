internal import CCurl
internal import Text

/// An absolute `http` or `https` URL with a host, without user, password and fragment.
public struct HTTPURL: Sendable, Hashable, CustomStringConvertible {
    /// `http` or `https`.
    public let scheme: String
    /// The host as it is written there; an IPv6 address in its brackets.
    public private(set) var host: String
    /// The port, the scheme's own where none is written.
    public let port: Int
    /// Host and port as the URL has them.
    private(set) var authority: String
    /// The path, beginning with a slash.
    public private(set) var path: String
    /// The query without its question mark, nil where there is none.
    public private(set) var query: String?

    /// The whole URL as it is requested, dot segments resolved.
    public var text: String { "\(scheme)://\(authority)\(path)" + (query.map { "?\($0)" } ?? "") }
    /// Scheme, host in lower case and port: what credentials belong to.
    public var origin: String { "\(scheme)://\(host.lowercased()):\(port)" }
    /// The whole URL.
    public var description: String { text }

    /// Parses a URL as libcurl does, which is who connects to it.
    public init(_ text: String) throws(ValidationError) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { throw .spaceOrControlCharacter }
        // libcurl would take one slash, or three, for two.
        let rest = text.utf8.drop { $0 != UInt8(ascii: ":") }
        guard rest.starts(with: "://".utf8) else { throw .malformed }
        let parts = try URLParts(text, CURLU_DISALLOW_USER | CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE)
        guard let scheme = parts[CURLUPART_SCHEME], scheme == "http" || scheme == "https" else {
            throw .unsupportedScheme
        }
        guard !text.utf8.contains(UInt8(ascii: "#")) else { throw .fragment }
        guard let host = parts[CURLUPART_HOST], !host.isEmpty, !rest.starts(with: ":///".utf8) else { throw .noHost }
        // libcurl leaves it to the name lookup to refuse a name that no host can have.
        let isHost = host.utf8.allSatisfy {
            PercentEncoding.isAlphanumeric($0) || "-._".utf8.contains($0) || $0 >= 0x80
        }
        guard isHost || host.hasPrefix("[") else { throw .invalidHost }
        guard let port = parts[CURLUPART_PORT, CURLU_DEFAULT_PORT].flatMap({ Int($0) }), 1...65_535 ~= port
        else { throw .invalidPort }
        guard let path = parts[CURLUPART_PATH], let whole = parts[CURLUPART_URL] else { throw .malformed }
        let authority = whole.utf8.dropFirst(scheme.utf8.count + 3).prefix { $0 != UInt8(ascii: "/") }
        (self.scheme, self.host, self.port, self.path) = (scheme, host, port, path)
        self.authority = String(decoding: authority, as: UTF8.self)
        query = parts[CURLUPART_QUERY]
    }

    /// The URL with more path segments, each percent-encoded whole, after the path that is there.
    public func appending(pathSegments: [String]) -> HTTPURL {
        var url = self
        while url.path.utf8.last == UInt8(ascii: "/") { url.path.unicodeScalars.removeLast() }
        for segment in pathSegments {
            // A dot segment would climb; its encoded form is as near as a URL can come to such a name.
            let isDots = segment == "." || segment == ".."
            url.path += "/" + (isDots ? segment.map { _ in "%2E" }.joined() : PercentEncoding.encode(segment))
        }
        if url.path.isEmpty { url.path = "/" }
        return url
    }

    /// The URL with more parameters in its query, names and values percent-encoded, after those that are there.
    public func appending(query parameters: [(name: String, value: String)]) -> HTTPURL {
        let fields = parameters.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
        var url = self
        url.query = ([query ?? ""] + fields).filter { !$0.isEmpty }.joined(separator: "&")
        return url
    }

    /// The same URL of another host.
    func replacing(host: String) -> HTTPURL {
        var url = self
        url.host = host
        url.authority = "\(host):\(port)"
        return url
    }
}

extension HTTPURL {
    /// Why a text is not such a URL, and what to write instead; never with the text in it, for there may be a password in that.
    public struct ValidationError: Error, Equatable, CustomStringConvertible {
        /// What is wrong and what to write instead.
        public let description: String

        private init(_ description: String) {
            self.description = description
        }

        static let spaceOrControlCharacter = Self("the URL has a space or a control character in it; percent-encode it")
        static let malformed = Self("this is not a URL; write it like https://host/path")
        static let unsupportedScheme = Self("the URL does not begin with http:// or https://; write the whole URL")
        static let userInformation = Self("the URL has a user name or a password in it; leave them out")
        static let noHost = Self("the URL has no host; write it like https://host/path")
        static let invalidHost = Self(
            "the URL's host is not a host name or an IP address; write it like https://host/path")
        static let invalidPort = Self(
            "the URL's port is not a number from 1 to 65535; write it like https://host:8443/path")
        static let fragment = Self("the URL has a fragment (#…) in it; leave it out")
    }
}

/// Owns a handle of libcurl's URL parser; where libcurl has none to give it takes no URL.
final class URLParts {
    private let handle: OpaquePointer?

    init(_ text: String, _ flags: Int32) throws(HTTPURL.ValidationError) {
        handle = curl_url()
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

    deinit { curl_url_cleanup(handle) }

    subscript(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, UInt32(flags)) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
