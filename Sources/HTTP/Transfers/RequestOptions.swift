internal import CCurl

/// How libcurl is set up for a request.
struct RequestOptions {
    private let configuration: HTTPConfiguration
    private lazy var trust = configuration.trust ?? configuration.authorities.map { .given($0.bytes) } ?? .system

    /// The options of requests by that configuration.
    init(_ configuration: HTTPConfiguration) {
        self.configuration = configuration
    }

    /// Trusts more authorities from now on, where there are more to ask; whether there were.
    mutating func widenTrust() -> Bool {
        guard let wider = trust.wider else { return false }
        trust = wider
        return true
    }

    /// A transfer of the request that is ready to begin.
    mutating func transfer(of request: HTTPRequest, limits: ExchangeLimits) -> Transfer {
        let transfer = Transfer(request, limits: limits, configuration: configuration)
        let handle = transfer.handle
        handle.collect(in: transfer)
        handle.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_FOLLOWLOCATION, false)
        handle.set(CURLOPT_HTTP09_ALLOWED, false)
        handle.set(CURLOPT_PATH_AS_IS, true)
        handle.set(CURLOPT_NOSIGNAL, true)
        handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        handle.set(CURLOPT_PIPEWAIT, true)
        handle.set(CURLOPT_USERAGENT, configuration.userAgent)
        handle.set(CURLOPT_TIMEOUT_MS, limits.total.milliseconds)
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, limits.connect.milliseconds)
        handle.setSize(CURLOPT_MAXFILESIZE_LARGE, configuration.maximumBodySize)
        // A name lookup that hangs must not hold up the end of the process (libcurl 7.87 and later).
        handle.setIfKnown(CURLOPT_QUICK_EXIT, 1)
        if let proxy = configuration.proxy { handle.set(CURLOPT_PROXY, proxy) }
        var lines = RequestOptions.headerLines(of: request)
        if request.url.scheme == "https", let name = configuration.serverName {
            // The name in the URL is the one that the certificate must have; where to connect to is said apart.
            let url = request.url
            handle.set(CURLOPT_URL, url.replacing(host: name).text)
            handle.set(CURLOPT_CONNECT_TO, ["::\(url.host):\(url.port)"])
            if !request.headers.contains(where: { $0.isNamed("Host") }) { lines.append("Host: \(url.authority)") }
        } else {
            handle.set(CURLOPT_URL, request.url.text)
        }
        handle.set(CURLOPT_HTTPHEADER, lines)
        if request.url.scheme == "https" { configureTLS(of: handle) }
        return transfer
    }

    private mutating func configureTLS(of handle: EasyHandle) {
        handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let identity = configuration.clientIdentity {
            handle.set(CURLOPT_SSLCERT_BLOB, identity.certificate)
            handle.set(CURLOPT_SSLKEY_BLOB, Array(identity.key.revealed().utf8))
        }
        if configuration.insecureSkipTLSVerify {
            handle.set(CURLOPT_SSL_VERIFYPEER, false)
            handle.set(CURLOPT_SSL_VERIFYHOST, 0)
            TrustStore.clear(on: handle)
        } else {
            handle.set(CURLOPT_SSL_VERIFYPEER, true)
            handle.set(CURLOPT_SSL_VERIFYHOST, 2)
            trust.apply(to: handle)
        }
    }

    /// The header lines of a request as libcurl takes them, secrets included.
    static func headerLines(of request: HTTPRequest) -> [String] {
        var lines = request.headers.map { header in
            let value = header.value.revealed()
            // libcurl takes a name with nothing after its colon for the wish not to send the header.
            return value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? "\(header.name);" : "\(header.name): \(value)"
        }
        if let body = request.body, !request.headers.contains(where: { $0.isNamed("Content-Type") }) {
            lines.append("Content-Type: \(body.contentType)")
        } else if request.body == nil, request.method != .get {
            // libcurl would call the empty body a form.
            lines.append("Content-Type:")
        }
        // Without this libcurl waits a second for a server that does not know 100-continue.
        lines.append("Expect:")
        return lines
    }
}
