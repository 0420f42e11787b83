internal import CCurl
import Glibc

/// An exchange whose connection is opened, on a thread of its own, before its request may be sent.
///
/// `@unchecked` because it wraps C handles: until the exchange has ended its thread alone touches the pool and the transfer, and
/// everything that both threads touch is touched only while the mutex is held.
final class EarlyExchange: @unchecked Sendable {
    private enum Stage {
        case connecting
        case connected
        case allowed
        case givenUp
        case ended(CURLcode)
    }

    let request: HTTPRequest
    let pool: ConnectionPool
    let transfer: Transfer
    private let body: [UInt8]?
    private let freshness: Duration
    private let start = ContinuousClock.now
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var stage = Stage.connecting
    private var headers: [String] = []
    private var reads: [ReadAhead] = []
    private var limit = 0

    /// Begins to connect; the pool's handle is configured for the request but for its headers and its time.
    ///
    /// A connection that was begun longer ago than `freshness` will not be used.
    init(_ request: HTTPRequest, body: [UInt8]?, pool: ConnectionPool, transfer: Transfer, freshness: Duration) {
        self.request = request
        self.body = body
        self.pool = pool
        self.transfer = transfer
        self.freshness = freshness
        mutex.initialize(to: pthread_mutex_t())
        changed.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
        var thread = pthread_t()
        let own = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<EarlyExchange>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, own.toOpaque())
        if code == 0 {
            pthread_detach(thread)
        } else {
            own.release()
            stage = .ended(CURLE_FAILED_INIT)
        }
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// Sends the request with these headers, and those reads beside it, and returns what came of it; nil where it has to
    /// be sent in the usual way, the server having seen nothing of it.
    ///
    /// The pool is the caller's again afterwards, if the exchange has ended.
    func send(headers: [String], limits: ExchangeLimits, beside reads: [ReadAhead]) -> CURLcode? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let age = start.duration(to: .now)
        guard !hasEnded else { return nil }
        guard age < freshness else {
            stage = .givenUp
            pthread_cond_broadcast(changed)
            return nil
        }
        self.headers = headers
        self.reads = reads
        limit = (age + limits.total).milliseconds
        stage = .allowed
        pthread_cond_broadcast(changed)
        while !hasEnded { pthread_cond_wait(changed, mutex) }
        guard case .ended(let code) = stage else { return nil }
        return code
    }

    /// Lets the connection go unused, as soon as it is open.
    func giveUp() {
        pthread_mutex_lock(mutex)
        if !hasEnded { stage = .givenUp }
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    /// Whether the thread has nothing more to do with the pool.
    var isOver: Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return hasEnded
    }

    private var hasEnded: Bool {
        if case .ended = stage { true } else { false }
    }

    private func run() {
        transfer.permission = { [unowned self] in waitForPermission() }
        // What is asked for then was set before the request was allowed to leave.
        let code = pool.perform(body: body, to: request.url.origin, into: transfer) { reads }
        transfer.permission = nil
        pthread_mutex_lock(mutex)
        stage = .ended(code)
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    /// Waits, with the connection open, for what the request lacks; false where it is not to be sent.
    private func waitForPermission() -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if case .connecting = stage { stage = .connected }
        while case .connected = stage { pthread_cond_wait(changed, mutex) }
        guard case .allowed = stage else { return false }
        pool.handle.setHeaders(headers)
        pool.handle.set(CURLOPT_TIMEOUT_MS, limit)
        return true
    }
}
