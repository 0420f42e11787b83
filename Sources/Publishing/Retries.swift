import HTTP

/// The pauses between the tries of one replacement, which is read afresh each time.
struct Retries {
    private var backoff: Backoff

    init(_ backoff: Backoff) {
        self.backoff = backoff
    }

    /// Waits until the next try may begin; throws the failure where there is none.
    mutating func pause(after failure: HTTPError, said: String) throws(PublishingError) {
        do {
            try backoff.pause(after: failure)
        } catch {
            throw .http(error, said: said)
        }
    }
}
