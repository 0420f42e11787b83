internal import CCurl

/// A read that was sent before it was asked for.
final class ReadAhead {
    let request: HTTPRequest
    let handle: EasyHandle
    let transfer: Transfer
    /// The time that it has.
    let limits: ExchangeLimits
    /// When it was sent.
    let start: ContinuousClock.Instant
    /// How it ended; nil while it is under way.
    var code: CURLcode?
    /// Which one it is among all requests of its client, and how often it was asked for; nil until it is counted.
    var count: (number: Int, attempt: Int)?
    /// Whether it was told of.
    var isTold = false

    init(
        _ request: HTTPRequest, handle: EasyHandle, transfer: Transfer, limits: ExchangeLimits,
        start: ContinuousClock.Instant
    ) {
        self.request = request
        self.handle = handle
        self.transfer = transfer
        self.limits = limits
        self.start = start
    }
}
