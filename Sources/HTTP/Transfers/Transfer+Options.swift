internal import CCurl

extension Transfer {
    /// Sets up libcurl for the request.
    func configure(_ configuration: HTTPConfiguration, _ trust: TrustStore?) {
        handle.collect(in: self)
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
        if let requestBody { handle.setBody(requestBody) }
        let url = request.url
        var lines = headerLines
        if url.scheme == "https", let name = configuration.serverName {
            // The name in the URL is the one that the certificate must have; where to connect to is said apart.
            handle.set(CURLOPT_URL, url.replacing(host: name).text)
            handle.set(CURLOPT_CONNECT_TO, ["::\(url.host):\(url.port)"])
            if !request.headers.contains(where: { $0.isNamed("Host") }) { lines.append("Host: \(url.authority)") }
        } else {
            handle.set(CURLOPT_URL, url.text)
        }
        handle.set(CURLOPT_HTTPHEADER, lines)
        guard let trust else { return }
        handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        handle.set(CURLOPT_SSL_VERIFYPEER, trust != .empty)
        handle.set(CURLOPT_SSL_VERIFYHOST, trust == .empty ? 0 : 2)
        trust.apply(to: handle)
        if let identity = configuration.clientIdentity {
            handle.set(CURLOPT_SSLCERT_BLOB, identity.certificate)
            handle.set(CURLOPT_SSLKEY_BLOB, Array(identity.key.revealed().utf8))
        }
    }

    /// The header lines of the request as libcurl takes them, secrets included.
    private var headerLines: [String] {
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
