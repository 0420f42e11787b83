/// The waits between the tries of one request, and the only place that decides whether there is another try.
public struct Backoff {
    /// The wait that the first random one stays below.
    static let base = Duration.milliseconds(500)
    /// The wait that no random one exceeds.
    static let cap = Duration.seconds(10)

    private let maxRetries: Int
    private let deadline: HTTPDeadline
    private let timing: Timing
    private let observer: (HTTPEvent) -> Void
    private var attempts = 0

    init(maxRetries: Int, deadline: HTTPDeadline, timing: Timing, observer: @escaping (HTTPEvent) -> Void) {
        self.maxRetries = maxRetries
        self.deadline = deadline
        self.timing = timing
        self.observer = observer
    }

    /// Waits until the next try may begin; throws the failure where there is none.
    ///
    /// A failure for which another try is no use is thrown as it is; a temporary one with the number of attempts and
    /// the reason to stop. A server's `Retry-After` is kept exactly; else the wait is exponential with full jitter.
    public mutating func pause(after error: HTTPError) throws(HTTPError) {
        attempts += 1
        guard error.isRetryable, let request = error.request else { throw error }
        guard attempts <= maxRetries else { throw .gaveUp(error, attempts: attempts, because: .retriesUsedUp) }
        let asked = error.response?.retryAfter(now: timing.wallClock())
        let wait = asked ?? jitter()
        guard wait < deadline.remaining else {
            let reason = asked.map(HTTPError.StopReason.askedWaitPassesDeadline) ?? .nextWaitPassesDeadline
            throw .gaveUp(error, attempts: attempts, because: reason)
        }
        observer(
            .wait(
                HTTPWait(
                    request: request, duration: wait, retry: attempts, maxRetries: maxRetries,
                    askedByServer: asked != nil, reason: error)))
        timing.sleep(wait)
    }

    private func jitter() -> Duration {
        let exponential = Backoff.base * (1 << min(attempts - 1, 10))
        return min(exponential, Backoff.cap) * timing.random()
    }
}
