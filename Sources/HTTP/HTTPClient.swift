/// Sends requests over libcurl, in the calling thread, and keeps a connection to each server open between them.
public final class HTTPClient {
    /// How it connects, how long it waits and whom it trusts.
    public let configuration: HTTPConfiguration
    /// When the time for everything is over.
    public let deadline: HTTPDeadline
    /// How many HTTP requests were made so far, retries included.
    public private(set) var requestCount = 0

    private var attempts: [RequestLine: Int] = [:]
    let timing: Timing
    let observer: (HTTPEvent) -> Void
    private let pool: ConnectionPool
    private lazy var trust = configuration.trust ?? configuration.authorities.map { .given($0.bytes) } ?? .system
    /// The servers that have responded over HTTP/2.
    private var http2Origins: Set<String> = []
    /// What was read beside other requests, and when that was sent.
    private var readAhead: [RequestLine: (result: Result<HTTPResponse, HTTPError>, sent: ContinuousClock.Instant)] = [:]

    /// A client that has no connection yet; the deadline counts from now, where none is given.
    public init(
        configuration: HTTPConfiguration = HTTPConfiguration(), timing: Timing = .system,
        deadline: HTTPDeadline? = nil, observer: @escaping (HTTPEvent) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.timing = timing
        self.observer = observer
        pool = ConnectionPool { transfer, duration in
            observer(.pending(transfer.request.line, since: duration))
        }
        self.deadline = deadline ?? HTTPDeadline(timeout: configuration.timeout, timing: timing)
    }

    /// Sends a request once; a temporary failure, be it of the network or a status, is thrown.
    ///
    /// `reads` go to the same server and will be asked for soon. Where that is known to speak HTTP/2 they leave right behind the
    /// request, on its connection, and what they brought is the response when they are asked for, if that is within a quarter of
    /// a second and it is a success, or asks to wait. Else nothing is sent but the request.
    public func attempt(_ request: HTTPRequest, beside reads: [HTTPRequest] = []) throws(HTTPError) -> HTTPResponse {
        let freshness = configuration.readFreshness
        if let (result, sent) = readAhead.removeValue(forKey: request.line) {
            // A server that asks to wait means it, however long ago that was.
            guard case .success = result, sent.duration(to: .now) >= freshness else { return try result.get() }
        }
        if !reads.isEmpty { readAhead = [:] }
        let origin = request.url.origin
        return try perform(request, beside: http2Origins.contains(origin) ? reads : [], following: freshness)
    }

    /// Forgets what was read ahead of a request, so that it is asked for anew.
    public func forget(_ request: RequestLine) {
        readAhead[request] = nil
    }

    /// Sends a request once, as `attempt` does, and meanwhile another one to another server, so that there is a connection to it
    /// afterwards.
    ///
    /// Whatever comes of that one, it fails nothing. Where it takes more than twice as long as the request it is given up.
    public func attempt(_ request: HTTPRequest, warmingUp other: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        let pays = other.url.scheme == "https" && other.url.origin != request.url.origin
        return try perform(request, beside: pays ? [other] : [], following: nil)
    }

    private func perform(
        _ request: HTTPRequest, beside others: [HTTPRequest], following freshness: Duration?
    ) throws(HTTPError) -> HTTPResponse {
        let remaining = deadline.remaining
        // libcurl counts in milliseconds.
        guard remaining >= .milliseconds(1) else {
            throw HTTPError(.deadlinePassed(timeout: deadline.timeout, during: nil), request.line)
        }
        let limits = ExchangeLimits(configuration: configuration, deadline: deadline, remaining: remaining)
        var transfer = transfer(of: request, limits)
        let companions = others.map { self.transfer(of: $0, limits) }
        pool.perform(transfer, beside: companions, following: freshness)
        if transfer.lacksTrust, let wider = trust.wider {
            // The handshake failed before anything of the request was sent, so that it was none yet.
            trust = wider
            transfer = self.transfer(of: request, limits)
            pool.perform(transfer)
        }
        let result = end(transfer)
        for companion in companions {
            guard let sent = companion.sent else { continue }
            let result = end(companion)
            if freshness != nil, result.isWorthKeeping { readAhead[companion.request.line] = (result, sent) }
        }
        return try result.get()
    }

    private func transfer(of request: HTTPRequest, _ limits: ExchangeLimits) -> Transfer {
        let isOverTLS = request.url.scheme == "https"
        let trust = !isOverTLS ? nil : configuration.insecureSkipTLSVerify ? .empty : trust
        return Transfer(request, limits: limits, configuration: configuration, trust: trust)
    }

    /// Counts and reports an exchange that is over, and returns what came of it.
    private func end(_ transfer: Transfer) -> Result<HTTPResponse, HTTPError> {
        let request = transfer.request.line
        let result: Result<HTTPResponse, HTTPError> =
            if let response = transfer.response {
                .success(response)
            } else if let code = transfer.code {
                .failure(transfer.failure(code))
            } else {
                .failure(HTTPError(.network(.timedOut(transfer.phase, after: transfer.elapsed)), request))
            }
        if transfer.isOverHTTP2 { http2Origins.insert(request.url.origin) }
        requestCount += 1
        let attempt = (attempts[request] ?? 0) + 1
        observer(
            .exchange(
                HTTPExchange(
                    request: request, number: requestCount, attempt: attempt, outcome: result.map(\.status),
                    duration: transfer.elapsed, reusedConnection: transfer.wasReused,
                    requestBodySize: transfer.requestBody?.count ?? 0, responseBodySize: transfer.body.count)))
        let judged = result.flatMap { response -> Result<HTTPResponse, HTTPError> in
            if response.isTemporaryFailure { return .failure(HTTPError(response)) }
            // Only a proxy asks for this; over TLS it would have refused the tunnel.
            if response.status == 407 { return .failure(HTTPError(.network(.proxyRefused(status: 407)), request)) }
            return .success(response)
        }
        // A run for many components never comes back to most of its requests.
        if case .failure = judged { attempts[request] = attempt } else { attempts[request] = nil }
        return judged
    }
}

extension Result<HTTPResponse, HTTPError> {
    /// Whether a read that was sent ahead need not be repeated: a success, a missing right, or the server's wish for a wait.
    fileprivate var isWorthKeeping: Bool {
        switch self {
        case .success(let response): 200..<300 ~= response.status || response.status == 403
        case .failure(let error): error.response?.header("Retry-After") != nil
        }
    }
}
