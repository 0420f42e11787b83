internal import CCurl
internal import System
internal import Text

/// The time that one exchange has.
struct ExchangeLimits {
    /// For the whole exchange.
    let total: Duration
    /// For the name lookup, the connection and the TLS handshake.
    let connect: Duration
    /// The time for everything, where it is what ends this exchange.
    let deadlineTimeout: Duration?

    init(configuration: HTTPConfiguration, deadline: HTTPDeadline, remaining: Duration) {
        total = min(configuration.requestTimeout, remaining)
        connect = min(configuration.connectTimeout, total)
        deadlineTimeout = remaining < configuration.requestTimeout ? deadline.timeout : nil
    }
}

extension Transfer {
    /// Whether it went over a connection that was open already.
    var wasReused: Bool { wasCutOnReuse || sent != nil && handle.number(CURLINFO_NUM_CONNECTS) == 0 }

    /// Whether it failed because the server's certificate is signed by an authority that is not trusted.
    var lacksTrust: Bool {
        code == CURLE_PEER_FAILED_VERIFICATION
            && [2, 18, 19, 20, 21].contains(handle.number(CURLINFO_SSL_VERIFYRESULT))
    }

    /// How long it took.
    var elapsed: Duration { .microseconds(handle.quantity(CURLINFO_TOTAL_TIME_T)) }

    /// How far it came.
    var phase: ExchangePhase {
        if hasBegun { return .reading }
        if sent != nil { return .waiting }
        // The connection has a port of its own from its beginning, and a time only from the end of the handshake.
        if handle.number(CURLINFO_LOCAL_PORT) > 0, request.url.scheme == "https" { return .handshaking }
        return handle.quantity(CURLINFO_NAMELOOKUP_TIME_T) > 0 ? .connecting : .resolving
    }
}

/// The reading of libcurl's codes.
extension Transfer {
    /// What it failed of, by libcurl's code.
    func failure(_ code: CURLcode) -> HTTPError {
        let reason = reason(code)
        // That is about a file, whatever was asked for.
        if case .unusableAuthorities = reason { return HTTPError(reason, nil) }
        return HTTPError(reason, request.line)
    }

    private var isConnected: Bool { phase == .waiting || phase == .reading }
    private var systemError: Int { handle.number(CURLINFO_OS_ERRNO) }

    private func reason(_ code: CURLcode) -> HTTPError.Reason {
        let headersAreTooLarge = HTTPError.Reason.tooLarge(limit: configuration.maximumHeaderSize, ofHeaders: true)
        let bodyIsTooLarge = HTTPError.Reason.tooLarge(limit: configuration.maximumBodySize, ofHeaders: false)
        if self.headersAreTooLarge { return headersAreTooLarge }
        if self.bodyIsTooLarge { return bodyIsTooLarge }
        if wasCutOnReuse { return .network(.cut(.waiting)) }
        switch code {
        case CURLE_OK: return .network(.cut(.reading))
        case CURLE_COULDNT_RESOLVE_HOST: return .network(.unresolvable)
        case CURLE_COULDNT_RESOLVE_PROXY:
            return .network(.proxyUnusable("its host name does not resolve, or its URL makes no sense"))
        case CURLE_PROXY: return .network(.proxyUnusable(proxyReason))
        case CURLE_COULDNT_CONNECT: return .network(connectionFailure)
        case CURLE_OPERATION_TIMEDOUT: return timedOut
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR: return .network(.cut(phase))
        case CURLE_RECV_ERROR: return receiveError
        case CURLE_PARTIAL_FILE: return .network(hasBegun ? .truncated : .cut(phase))
        case CURLE_HTTP2, CURLE_HTTP2_STREAM: return .network(.stream)
        case CURLE_FILESIZE_EXCEEDED: return bodyIsTooLarge
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: return .notHTTP
        case CURLE_UNSUPPORTED_PROTOCOL where isConnected: return .notHTTP
        // A header line beyond libcurl's own limit of 100 KB; the code is CURLE_TOO_LARGE since libcurl 8.6.
        case CURLE_OUT_OF_MEMORY where isConnected, CURLcode(rawValue: 100) where isConnected: return headersAreTooLarge
        case CURLE_PEER_FAILED_VERIFICATION: return .tls(certificateFailure)
        case CURLE_SSL_CONNECT_ERROR:
            switch HandshakeFailure(libcurlSays: handle.errorText) {
            case .cut: return .network(.cut(.handshaking))
            case .plainHTTP: return .tls(.plainHTTP)
            case .refused: return .tls(.handshake(words(code)))
            }
        case CURLE_SSL_CACERT_BADFILE:
            guard let place = configuration.authorities?.place else { return .tls(.noAuthorities) }
            return .unusableAuthorities(at: place, "was refused by the TLS library")
        case CURLE_SSL_CERTPROBLEM: return .tls(.unusableIdentity(words(code)))
        case CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_USE_SSL_FAILED, CURLE_SSL_INVALIDCERTSTATUS:
            return .tls(.handshake(words(code)))
        default: return .libcurl("\(String(cString: curl_easy_strerror(code))) (code \(code.rawValue))")
        }
    }

    private var timedOut: HTTPError.Reason {
        if !isConnected, limits.connect < limits.total { return .network(.timedOut(phase, after: limits.connect)) }
        if let timeout = limits.deadlineTimeout { return .deadlinePassed(timeout: timeout, during: phase) }
        return .network(.timedOut(phase, after: limits.total))
    }

    /// A connection to another port than the URL's was to the proxy; libcurl says no more about where it went.
    ///
    /// Without a socket it did not understand the proxy's URL.
    private var connectionFailure: NetworkFailure {
        guard let port else { return .proxyUnusable("its URL makes no sense") }
        let reason =
            systemError == 0 ? "Connection failed" : SystemError(code: CInt(truncatingIfNeeded: systemError)).text
        return port == request.url.port ? .unreachable(reason) : .proxyUnusable(reason)
    }

    /// Never libcurl's text, which repeats a proxy's URL with its password.
    private var proxyReason: String {
        let number = handle.number(CURLINFO_PROXY_ERROR)
        return number == 0 ? "it did not do as a proxy does" : "it refused (CURLPX error \(number))"
    }

    private var receiveError: HTTPError.Reason {
        let tunnel = handle.number(CURLINFO_HTTP_CONNECTCODE)
        if tunnel >= 300 { return .network(.proxyRefused(status: tunnel)) }
        // In plain text the system says why nothing more can be read; without that it was chunks that make no sense.
        let isBroken = hasBegun && systemError == 0 && request.url.scheme == "http"
        return isBroken ? .notHTTP : .network(.cut(phase))
    }

    /// OpenSSL's verdict (`X509_V_ERR_…`); where it has nothing to say (0 or 1) it was the name that libcurl did not find.
    private var certificateFailure: TLSFailure {
        switch handle.number(CURLINFO_SSL_VERIFYRESULT) {
        case 10: .expired
        case 9: .notYetValid
        case 0, 1, 62, 64: .wrongHost
        case _ where lacksTrust: .unknownIssuer
        default: .unverified(words(CURLE_PEER_FAILED_VERIFICATION))
        }
    }

    /// libcurl's words, for what is neither the proxy's nor ours, made fit for a terminal.
    private func words(_ code: CURLcode) -> String {
        let text = handle.errorText
        return TerminalText.escaped(text.isEmpty ? String(cString: curl_easy_strerror(code)) : text)
    }
}

/// What a handshake failed of, for which libcurl has one code.
enum HandshakeFailure: Equatable {
    /// The connection ended under it.
    case cut
    /// The other side does not speak TLS.
    case plainHTTP
    /// OpenSSL refused the other side, or was refused by it.
    case refused

    /// Reads libcurl's words, which are those of what failed first.
    ///
    /// What OpenSSL refuses has a code of its own (`error:0A00010B:…`). Any other words are about the connection: a call on the
    /// socket that failed, or the end of the stream, for which libcurl repeats whatever error the thread had before.
    init(libcurlSays text: String) {
        let hasCode = text.isEmpty || text.contains("error:")
        if !hasCode || text.contains("unexpected eof") || text.contains("system library") {
            self = .cut
        } else {
            let plain = ["wrong version number", "http request", "packet length too long"]
            self = plain.contains(where: text.contains) ? .plainHTTP : .refused
        }
    }
}
