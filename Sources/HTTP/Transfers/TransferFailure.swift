internal import CCurl
import Glibc
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

extension EasyHandle {
    /// Whether the last exchange went over a connection that was open already.
    var wasReused: Bool { number(CURLINFO_NUM_CONNECTS) == 0 && quantity(CURLINFO_PRETRANSFER_TIME_T) > 0 }

    /// How far the last exchange came.
    func phase(of transfer: Transfer, url: HTTPURL) -> ExchangePhase {
        if transfer.hasBegun { return .reading }
        if quantity(CURLINFO_PRETRANSFER_TIME_T) > 0 { return .waiting }
        // The connection has a port of its own from its beginning, and a time only from the end of the handshake.
        if number(CURLINFO_LOCAL_PORT) > 0, url.scheme == "https" { return .handshaking }
        return quantity(CURLINFO_NAMELOOKUP_TIME_T) > 0 ? .connecting : .resolving
    }
}

/// The reading of libcurl's codes and words.
struct TransferFailure {
    let code: CURLcode
    let handle: EasyHandle
    let transfer: Transfer
    let request: RequestLine
    let limits: ExchangeLimits
    let configuration: HTTPConfiguration

    var error: HTTPError {
        if transfer.headersAreTooLarge { return tooLarge(ofHeaders: true) }
        if transfer.bodyIsTooLarge { return tooLarge(ofHeaders: false) }
        if transfer.wasCutOnReuse { return .network(.cut(.waiting), request) }
        switch code {
        case CURLE_OK: return .network(.cut(.reading), request)
        case CURLE_COULDNT_RESOLVE_HOST: return .network(.unresolvable, request)
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: return .network(.proxyUnusable(proxyReason), request)
        case CURLE_COULDNT_CONNECT: return .network(connectionFailure, request)
        case CURLE_OPERATION_TIMEDOUT: return timedOut
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR: return .network(.cut(phase), request)
        case CURLE_RECV_ERROR: return receiveError
        case CURLE_PARTIAL_FILE: return .network(transfer.hasBegun ? .truncated : .cut(phase), request)
        case CURLE_HTTP2, CURLE_HTTP2_STREAM: return .network(.stream, request)
        case CURLE_FILESIZE_EXCEEDED: return tooLarge(ofHeaders: false)
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: return .notHTTP(request)
        case CURLE_UNSUPPORTED_PROTOCOL where isConnected: return .notHTTP(request)
        // A header line beyond libcurl's own limit of 100 KB; the code is CURLE_TOO_LARGE since libcurl 8.6.
        case CURLE_OUT_OF_MEMORY where isConnected, CURLcode(rawValue: 100) where isConnected:
            return tooLarge(ofHeaders: true)
        case CURLE_PEER_FAILED_VERIFICATION: return .tls(certificateFailure, request)
        case CURLE_SSL_CONNECT_ERROR: return handshakeFailure
        case CURLE_SSL_CACERT_BADFILE:
            guard let path = configuration.caFile else { return .tls(.noAuthorities, request) }
            return .unusableCAFile(path: path, .refused)
        case CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CLIENTCERT,
            CURLE_USE_SSL_FAILED, CURLE_SSL_INVALIDCERTSTATUS:
            return .tls(.handshake(reason), request)
        default: return says("proxy") ? .network(.proxyUnusable(proxyReason), request) : libcurlFailure
        }
    }

    private func says(_ words: String) -> Bool { handle.errorText.contains(words) }

    private var phase: ExchangePhase { handle.phase(of: transfer, url: request.url) }

    private var isConnected: Bool { phase == .waiting || phase == .reading }

    private func tooLarge(ofHeaders: Bool) -> HTTPError {
        let limit = ofHeaders ? configuration.maximumHeaderSize : configuration.maximumBodySize
        return .tooLarge(request, limit: limit, ofHeaders: ofHeaders)
    }

    private var timedOut: HTTPError {
        let phase = phase
        if !isConnected, limits.connect < limits.total {
            return .network(.timedOut(phase, after: limits.connect), request)
        }
        if let timeout = limits.deadlineTimeout {
            return .deadlinePassed(request, timeout: timeout, during: phase)
        }
        return .network(.timedOut(phase, after: limits.total), request)
    }

    /// libcurl names the host that it could not connect to; another one than the URL's is the proxy.
    private var connectionFailure: NetworkFailure {
        if says("Unsupported proxy") { return .proxyUnusable(proxyReason) }
        let number = handle.number(CURLINFO_OS_ERRNO)
        let reason = number == 0 ? "Connection failed" : systemErrorText(Int32(truncatingIfNeeded: number))
        let isToServer = says("Failed to connect to \(plainHost) port \(request.url.port) ")
        return isToServer || !says("Failed to connect to ") ? .unreachable(reason) : .proxyUnusable(reason)
    }

    private var plainHost: String {
        let host = request.url.host
        return host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    }

    /// Never libcurl's whole text, which repeats a proxy's URL with its password.
    private var proxyReason: String {
        says("Could not resolve proxy") ? "its host name does not resolve" : "its URL or its answer makes no sense"
    }

    private var receiveError: HTTPError {
        let tunnel = handle.number(CURLINFO_HTTP_CONNECTCODE)
        if tunnel >= 300 { return .network(.proxyRefused(status: tunnel), request) }
        return says("chunk") ? .notHTTP(request) : .network(.cut(phase), request)
    }

    private var handshakeFailure: HTTPError {
        let wasCut =
            ["SSL_ERROR_SYSCALL", "unexpected eof", "Connection reset", "Broken pipe"].contains(where: says)
            || handle.number(CURLINFO_OS_ERRNO) == Int(ECONNRESET)
        if wasCut { return .network(.cut(.handshaking), request) }
        let isPlain = ["wrong version number", "http request", "packet length too long"].contains(where: says)
        return .tls(isPlain ? .plainHTTP : .handshake(reason), request)
    }

    /// OpenSSL's verdict (`X509_V_ERR_…`); libcurl itself compares the names, and then leaves it at 0 or 1.
    private var certificateFailure: TLSFailure {
        switch handle.number(CURLINFO_SSL_VERIFYRESULT) {
        case 10: .expired
        case 9: .notYetValid
        case 62, 64: .wrongHost
        case 2, 18, 19, 20, 21: .unknownIssuer
        case 0...1 where says("subject name"): .wrongHost
        default: .unverified(reason)
        }
    }

    private var libcurlFailure: HTTPError {
        .libcurl("\(String(cString: curl_easy_strerror(code))) (code \(code.rawValue))", request)
    }

    /// libcurl's words, for what is neither the proxy's nor ours, made fit for a terminal.
    private var reason: String {
        let text = handle.errorText
        return TerminalText.escaped(text.isEmpty ? String(cString: curl_easy_strerror(code)) : text)
    }
}
