/// A request as it was read from a connection.
struct HTTPRequest: Sendable {
    let method: String
    /// The request target as sent: a path, or a whole URL where the client takes this server for a proxy.
    let target: String
    /// The path's segments, percent-decoded one by one so that an encoded slash stays inside its segment.
    let segments: [String]
    let headers: [MockControlPlane.Header]
    let body: [UInt8]
    /// Whether the client wants the connection to stay open (RFC 9112 §9.3).
    let keepsAlive: Bool

    /// The first value of the header field of that name.
    func header(_ name: String) -> String? {
        headers.values(of: name).first
    }

    /// The parameters of the query; none where it is malformed.
    var query: [FormField] {
        let text = target.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()
        return FormField.fields(Array(text)) ?? []
    }

    /// The host it is for, without the port; empty where nothing says so.
    var hostName: String {
        // An absolute target counts for more than the header (RFC 9112 §3.2.2).
        let authority = HTTPTarget(target)?.authority ?? header("Host") ?? ""
        return String(decoding: authority.utf8.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
    }
}

/// The parts of a request target in origin form or absolute form (RFC 9112 §3.2).
struct HTTPTarget {
    let authority: String?
    let segments: [String]

    /// Nil where it is neither form, or an escape in it is malformed.
    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        let scheme = Array("http://".utf8)
        if rest.starts(with: scheme) {
            rest = rest.dropFirst(scheme.count)
            let host = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
            authority = String(decoding: host, as: UTF8.self)
            rest = rest.dropFirst(host.count)
        } else {
            authority = nil
            guard rest.first == UInt8(ascii: "/") else { return nil }
        }
        let path = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }.dropFirst()
        var segments: [String] = []
        for segment in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let decoded = String(percentDecoding: segment) else { return nil }
            segments.append(decoded)
        }
        self.segments = segments
    }
}
