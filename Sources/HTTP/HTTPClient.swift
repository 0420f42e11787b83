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
    private let pool: ConnectionPool
    /// What is on its way before it was asked for, and the pool that has its connection afterwards.
    private var early: EarlyExchange?
    private var earlyPool: (origin: String, pool: ConnectionPool)?
    private var options: RequestOptions

    /// Checks the CA file; the deadline counts from now, where none is given.
    public init(
        configuration: HTTPConfiguration = HTTPConfiguration(), timing: Timing = .system,
        deadline: HTTPDeadline? = nil, observer: @escaping (HTTPEvent) -> Void = { _ in }
    ) throws(HTTPError) {
        try configuration.checkCAFile()
        guard let pool = ConnectionPool() else { throw .libcurl("it cannot be initialized", nil) }
        self.pool = pool
        self.configuration = configuration
        options = RequestOptions(configuration)
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
        guard early == nil, earlyPool == nil, deadline.remaining >= .milliseconds(1), let pool = ConnectionPool() else {
            return
        }
        let limits = ExchangeLimits(configuration: configuration, deadline: deadline, remaining: deadline.remaining)
        options.apply(to: pool.handle, for: request, limits: limits)
        // It is not yet known which reads there will be; without TLS nothing is told that matters.
        pool.handle.set(CURLOPT_VERBOSE, request.url.scheme == "https")
        // Until the request is sent it is the connection alone that has a limit.
        pool.handle.set(CURLOPT_TIMEOUT_MS, 0)
        early = EarlyExchange(
            request, body: body(of: request), pool: pool, transfer: newTransfer(for: request),
            freshness: configuration.freshness)
    }

    /// The waits for one request that is sent by attempts, each of which may be another one.
    public func backoff() -> Backoff {
        Backoff(maxRetries: configuration.maxRetries, deadline: deadline, timing: timing, observer: observer)
    }

    /// Sends a request once; a temporary failure, be it of the network or a status, is thrown.
    ///
    /// `reads` go to the same server and will be asked for soon. Over HTTP/2 they leave right behind the request, on its
    /// connection, and what they brought is the answer when they are asked for, if that is within a second and it is a
    /// success. Over HTTP/1.1 nothing is sent but the request.
    public func attempt(_ request: HTTPRequest, beside reads: [HTTPRequest] = []) throws(HTTPError) -> HTTPResponse {
        if let response = try takeRead(request) { return response }
        let response: HTTPResponse
        do {
            response = try exchange(request, beside: reads)
        } catch {
            guard case .tls(.unknownIssuer, _) = error, options.widenTrust() else { throw error }
            // The handshake failed before anything of the request was sent, so that it was none yet.
            requestCount -= 1
            attempts[request.line, default: 1] -= 1
            response = try exchange(request, beside: reads)
        }
        if response.isTemporaryFailure { throw .status(response) }
        // Only a proxy asks for this; over TLS it would have refused the tunnel.
        if response.status == 407 { throw .network(.proxyRefused(status: 407), request.line) }
        return response
    }

    private func exchange(
        _ request: HTTPRequest, beside reads: [HTTPRequest]
    ) throws(HTTPError) -> HTTPResponse {
        let remaining = deadline.remaining
        // libcurl counts in milliseconds.
        guard remaining >= .milliseconds(1) else {
            throw .deadlinePassed(request.line, timeout: deadline.timeout, during: nil)
        }
        let count = count(request.line)
        let limits = ExchangeLimits(configuration: configuration, deadline: deadline, remaining: remaining)
        let body = body(of: request)
        let start = timing.now()
        let reads = reads.compactMap { newRead($0, limits: limits) }
        let (code, handle, transfer) =
            finishEarly(request, limits: limits, beside: reads)
            ?? perform(request, body: body, limits: limits, beside: reads)
        for read in reads where read.transfer.wasSent { read.count = self.count(read.request.line) }
        defer { for read in reads { tell(read) } }
        return try end(
            Ended(
                request: request.line, count: count, code: code, handle: handle, transfer: transfer,
                duration: start.duration(to: timing.now()), limits: limits, bodySize: body?.count ?? 0))
    }

    private func count(_ request: RequestLine) -> (number: Int, attempt: Int) {
        requestCount += 1
        attempts[request, default: 0] += 1
        return (requestCount, attempts[request] ?? 1)
    }

    /// An exchange that has ended, one way or another.
    private struct Ended {
        let request: RequestLine
        let count: (number: Int, attempt: Int)
        let code: CURLcode
        let handle: EasyHandle
        let transfer: Transfer
        let duration: Duration
        let limits: ExchangeLimits
        let bodySize: Int
    }

    /// Tells of an exchange that has ended, and returns its answer.
    private func end(_ ended: Ended) throws(HTTPError) -> HTTPResponse {
        let outcome = outcome(of: ended)
        tell(ended, outcome)
        return try outcome.get()
    }

    private func outcome(of ended: Ended) -> Result<HTTPResponse, HTTPError> {
        let transfer = ended.transfer
        // libcurl is content with an answer that breaks off in its headers.
        guard ended.code == CURLE_OK, transfer.headersAreComplete else {
            let failure = TransferFailure(
                code: ended.code, handle: ended.handle, transfer: transfer, request: ended.request,
                limits: ended.limits, configuration: configuration)
            return .failure(failure.error)
        }
        return .success(
            HTTPResponse(
                request: ended.request, status: ended.handle.number(CURLINFO_RESPONSE_CODE),
                headers: transfer.headers, body: transfer.body,
                isCutShort: transfer.bodySize > transfer.body.count))
    }

    private func tell(_ ended: Ended, _ outcome: Result<HTTPResponse, HTTPError>) {
        let told: HTTPExchange.Outcome =
            switch outcome {
            case .success(let response): .status(response.status)
            case .failure(let error): .failure(error)
            }
        observer(
            .exchange(
                HTTPExchange(
                    request: ended.request, number: ended.count.number, attempt: ended.count.attempt, outcome: told,
                    duration: ended.duration,
                    reusedConnection: ended.transfer.wasCutOnReuse || ended.handle.wasReused,
                    requestBodySize: ended.bodySize, responseBodySize: ended.transfer.bodySize)))
    }

    private func perform(
        _ request: HTTPRequest, body: [UInt8]?, limits: ExchangeLimits, beside reads: [ReadAhead]
    ) -> (CURLcode, EasyHandle, Transfer) {
        let pool = pool(for: request)
        let transfer = newTransfer(for: request)
        options.apply(to: pool.handle, for: request, limits: limits)
        pool.handle.setHeaders(RequestOptions.headerLines(of: request))
        pool.handle.set(CURLOPT_VERBOSE, !reads.isEmpty)
        let code = pool.perform(body: body, to: request.url.origin, into: transfer) { reads }
        return (code, pool.handle, transfer)
    }

    /// The pool that holds the connection to the request's server, if there is one.
    private func pool(for request: HTTPRequest) -> ConnectionPool {
        guard let earlyPool, earlyPool.origin == request.url.origin else { return pool }
        return earlyPool.pool
    }

    private func newRead(_ request: HTTPRequest, limits: ExchangeLimits) -> ReadAhead? {
        guard request.url.scheme == "https", let handle = EasyHandle() else { return nil }
        options.apply(to: handle, for: request, limits: limits)
        handle.setHeaders(RequestOptions.headerLines(of: request))
        handle.set(CURLOPT_PIPEWAIT, true)
        return ReadAhead(
            request, handle: handle, transfer: newTransfer(for: request), limits: limits, start: timing.now())
    }

    /// The answer to a read that was sent ahead; nil where there is none that will do.
    ///
    /// Throws where all time went by waiting for it, and where the server asks to wait before it is asked again.
    private func takeRead(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse? {
        guard let read = pool(for: request).take(request.line), let ended = ended(read) else { return nil }
        tell(read)
        let age = read.start.duration(to: timing.now())
        switch outcome(of: ended) {
        case .success(let response) where response.isTemporaryFailure && response.header("Retry-After") != nil:
            throw .status(response)
        case .success(let response):
            return (200..<300).contains(response.status) && age < configuration.readFreshness ? response : nil
        case .failure(let error):
            if case .deadlinePassed = error { throw error }
            return nil
        }
    }

    /// Tells of a read that was sent ahead, once, as soon as it has ended.
    private func tell(_ read: ReadAhead) {
        guard !read.isTold, let ended = ended(read) else { return }
        read.isTold = true
        tell(ended, outcome(of: ended))
    }

    private func ended(_ read: ReadAhead) -> Ended? {
        guard let code = read.code, let count = read.count else { return nil }
        return Ended(
            request: read.request.line, count: count, code: code, handle: read.handle, transfer: read.transfer,
            duration: .microseconds(read.handle.quantity(CURLINFO_TOTAL_TIME_T)), limits: read.limits, bodySize: 0)
    }

    /// Sends the request over the connection that was opened ahead of it; nil where there is none.
    private func finishEarly(
        _ request: HTTPRequest, limits: ExchangeLimits, beside reads: [ReadAhead]
    ) -> (CURLcode, EasyHandle, Transfer)? {
        guard let early, early.request.url.origin == request.url.origin else { return nil }
        self.early = nil
        guard early.request.method == request.method, early.request.url == request.url else {
            early.giveUp()
            return nil
        }
        let code = early.send(headers: RequestOptions.headerLines(of: request), limits: limits, beside: reads)
        if early.isOver { earlyPool = (request.url.origin, early.pool) }
        return code.map { ($0, early.pool.handle, early.transfer) }
    }

    private func newTransfer(for request: HTTPRequest) -> Transfer {
        Transfer(
            maximumBodySize: configuration.maximumBodySize, keptBodySize: request.keptAnswerSize,
            maximumHeaderSize: configuration.maximumHeaderSize)
    }

    /// A POST or a PUT has a body, if an empty one.
    private func body(of request: HTTPRequest) -> [UInt8]? {
        request.body?.written() ?? (request.method == .get ? nil : [])
    }
}
