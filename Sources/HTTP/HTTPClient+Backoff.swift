extension HTTPClient {
    /// The wait that the first random one stays below.
    private static let base = Duration.milliseconds(500)
    /// The wait that no random one exceeds.
    private static let cap = Duration.seconds(10)

    /// Waits after so many tries of a request until the next may begin, each of which may be another one; throws the failure
    /// where there is none.
    ///
    /// A failure for which another try is no use is thrown as it is; a temporary one with the number of tries and
    /// the reason to stop. A server's `Retry-After` is kept exactly; else the wait is exponential with full jitter.
    public func pause(after error: HTTPError, tries: Int) throws(HTTPError) {
        guard error.isRetryable else { throw error }
        var ended = error
        ended.end = (tries, .retriesUsedUp)
        guard tries <= configuration.maxRetries else { throw ended }
        let asked = error.response?.retryAfter(now: timing.wallClock())
        let exponential = min(Self.base * (1 << min(tries - 1, 10)), Self.cap)
        let wait = asked ?? exponential * timing.random()
        guard wait < deadline.remaining else {
            ended.end = (tries, asked.map { .askedWaitPassesDeadline($0) } ?? .nextWaitPassesDeadline)
            throw ended
        }
        observer(
            .wait(
                HTTPWait(
                    duration: wait, retry: tries, maxRetries: configuration.maxRetries, askedByServer: asked != nil,
                    reason: error)))
        timing.sleep(wait)
    }
}
