internal import CCurl

/// Sends requests over libcurl, one after another, and keeps the connections to each server open between them.
public final class HTTPClient {
    /// How it connects, how long it waits and whom it trusts.
    public let configuration: HTTPConfiguration
    /// When the time for everything is over.
    public let deadline: HTTPDeadline
    /// How many HTTP requests were made so far, retries included.
    public private(set) var requestCount = 0

    private var attempts: [RequestLine: Int] = [:]
    private let timing: Timing
    private let observer: (HTTPEvent) -> Void
    private let handle: EasyHandle
    /// What is on its way before it was asked for, and the handle that has its connection afterwards.
    private var early: EarlyExchange?
    private var earlyHandle: (origin: String, handle: EasyHandle)?
    private lazy var trust = configuration.trust ?? configuration.caFile.map(TrustStore.file) ?? .system

    /// Checks the CA file; the deadline counts from now, where none is given.
    public init(
        configuration: HTTPConfiguration = HTTPConfiguration(), timing: Timing = .system,
        deadline: HTTPDeadline? = nil, observer: @escaping (HTTPEvent) -> Void = { _ in }
    ) throws(HTTPError) {
        try configuration.checkCAFile()
        guard let handle = EasyHandle() else { throw .libcurl("it cannot be initialized", nil) }
        self.handle = handle
        self.configuration = configuration
        self.timing = timing
        self.observer = observer
        self.deadline = deadline ?? HTTPDeadline(timeout: configuration.timeout, timing: timing)
    }

    deinit {
        early?.giveUp()
    }

    /// Opens the connection for a request that will be sent later, perhaps with more headers, while something else is
    /// waited for; its server sees nothing of a request that is not sent.
    ///
    /// Where that fails nothing is said: the request itself will meet the same failure.
    public func connect(aheadOf request: HTTPRequest) {
        guard early == nil, earlyHandle == nil, deadline.remaining >= .milliseconds(1), let handle = EasyHandle() else {
            return
        }
        let limits = ExchangeLimits(configuration: configuration, deadline: deadline, remaining: deadline.remaining)
        configure(handle, for: request, limits: limits)
        // Until the request is sent it is the connection alone that has a limit.
        handle.set(CURLOPT_TIMEOUT_MS, 0)
        early = EarlyExchange(
            request, body: body(of: request), handle: handle, transfer: newTransfer(),
            freshness: configuration.freshness)
    }

    /// Sends a request and tries again, after a wait, what may be different then.
    public func send(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        var backoff = backoff()
        while true {
            do {
                return try attempt(request)
            } catch {
                try backoff.pause(after: error)
            }
        }
    }

    /// The waits for one request that is sent by attempts, each of which may be another one.
    public func backoff() -> Backoff {
        Backoff(maxRetries: configuration.maxRetries, deadline: deadline, timing: timing, observer: observer)
    }

    /// Sends a request once; a temporary failure, be it of the network or a status, is thrown.
    public func attempt(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        let response: HTTPResponse
        do {
            response = try exchange(request)
        } catch {
            guard case .tls(.unknownIssuer, _) = error, let wider = trust.wider else { throw error }
            trust = wider
            // The handshake failed before anything of the request was sent, so that it was none yet.
            requestCount -= 1
            attempts[request.line, default: 1] -= 1
            response = try exchange(request)
        }
        if response.isTemporaryFailure { throw .status(response) }
        // Only a proxy asks for this; over TLS it would have refused the tunnel.
        if response.status == 407 { throw .network(.proxyRefused(status: 407), request.line) }
        return response
    }

    private func exchange(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        let remaining = deadline.remaining
        // libcurl counts in milliseconds.
        guard remaining >= .milliseconds(1) else {
            throw .deadlinePassed(request.line, timeout: deadline.timeout, during: nil)
        }
        requestCount += 1
        attempts[request.line, default: 0] += 1
        let limits = ExchangeLimits(configuration: configuration, deadline: deadline, remaining: remaining)
        let body = body(of: request)
        let start = timing.now()
        let (code, handle, transfer) =
            finishEarly(request, limits: limits) ?? perform(request, body: body, limits: limits)
        let duration = start.duration(to: timing.now())
        let status = handle.number(CURLINFO_RESPONSE_CODE)
        var failure: HTTPError?
        // libcurl is content with an answer that breaks off in its headers.
        if code != CURLE_OK || !transfer.headersAreComplete {
            failure =
                TransferFailure(
                    code: code, handle: handle, transfer: transfer, request: request.line, limits: limits,
                    configuration: configuration
                ).error
        }
        observer(
            .exchange(
                HTTPExchange(
                    request: request.line, number: requestCount, attempt: attempts[request.line] ?? 1,
                    outcome: failure.map(HTTPExchange.Outcome.failure) ?? .status(status), duration: duration,
                    reusedConnection: transfer.wasCutOnReuse || handle.wasReused, requestBodySize: body?.count ?? 0,
                    responseBodySize: transfer.body.count)))
        if let failure { throw failure }
        return HTTPResponse(request: request.line, status: status, headers: transfer.headers, body: transfer.body)
    }

    private func perform(
        _ request: HTTPRequest, body: [UInt8]?, limits: ExchangeLimits
    ) -> (CURLcode, EasyHandle, Transfer) {
        let isEarlyOrigin = earlyHandle?.origin == request.url.origin
        let handle = isEarlyOrigin ? earlyHandle?.handle ?? handle : handle
        let transfer = newTransfer()
        configure(handle, for: request, limits: limits)
        handle.setHeaders(headerLines(of: request))
        return (handle.perform(body: body, into: transfer), handle, transfer)
    }

    /// Sends the request over the connection that was opened ahead of it; nil where there is none.
    private func finishEarly(
        _ request: HTTPRequest, limits: ExchangeLimits
    ) -> (CURLcode, EasyHandle, Transfer)? {
        guard let early, early.request.url.origin == request.url.origin else { return nil }
        self.early = nil
        guard early.request.method == request.method, early.request.url == request.url else {
            early.giveUp()
            return nil
        }
        let code = early.send(headers: headerLines(of: request), limits: limits)
        if early.isOver { earlyHandle = (request.url.origin, early.handle) }
        return code.map { ($0, early.handle, early.transfer) }
    }

    private func newTransfer() -> Transfer {
        Transfer(maximumBodySize: configuration.maximumBodySize, maximumHeaderSize: configuration.maximumHeaderSize)
    }

    /// A POST or a PUT has a body, if an empty one.
    private func body(of request: HTTPRequest) -> [UInt8]? {
        request.body?.written() ?? (request.method == .get ? nil : [])
    }
}

extension HTTPClient {
    private func configure(_ handle: EasyHandle, for request: HTTPRequest, limits: ExchangeLimits) {
        handle.reset()
        handle.set(CURLOPT_URL, request.url.text)
        handle.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_FOLLOWLOCATION, false)
        handle.set(CURLOPT_HTTP09_ALLOWED, false)
        handle.set(CURLOPT_PATH_AS_IS, true)
        handle.set(CURLOPT_NOSIGNAL, true)
        handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        handle.set(CURLOPT_USERAGENT, configuration.userAgent)
        handle.set(CURLOPT_TIMEOUT_MS, limits.total.milliseconds)
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, limits.connect.milliseconds)
        handle.setSize(CURLOPT_MAXFILESIZE_LARGE, configuration.maximumBodySize)
        // A name lookup that hangs must not hold up the end of the process (libcurl 7.87 and later).
        handle.setIfKnown(CURLOPT_QUICK_EXIT, 1)
        if let proxy = configuration.proxy { handle.set(CURLOPT_PROXY, proxy) }
        if request.url.scheme == "https" { configureTLS(of: handle) }
    }

    private func configureTLS(of handle: EasyHandle) {
        handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
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

    private func headerLines(of request: HTTPRequest) -> [String] {
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
