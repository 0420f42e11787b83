internal import System

/// The clocks, the sleep and the dice of a client, so that tests can wait no time at all.
public struct Timing: Sendable {
    /// An instant that never goes backwards.
    public var now: @Sendable () -> ContinuousClock.Instant
    /// Seconds since 1970, for dates that a server names.
    public var wallClock: @Sendable () -> Double
    /// Sleeps that long.
    public var sleep: @Sendable (Duration) -> Void
    /// A number from 0 up to but not including 1.
    public var random: @Sendable () -> Double

    /// The machine's own.
    public static let system = Timing(
        now: { ContinuousClock.now },
        wallClock: { SystemClock.secondsSince1970 },
        sleep: { SystemClock.sleep($0) },
        random: { Double.random(in: 0..<1) }
    )
}

/// The instant after which no request is begun and no response awaited.
public struct HTTPDeadline: Sendable {
    /// The time that there was in the beginning.
    public let timeout: Duration
    private let end: ContinuousClock.Instant
    private let now: @Sendable () -> ContinuousClock.Instant

    /// Begins to count now.
    public init(timeout: Duration, timing: Timing = .system) {
        self.timeout = timeout
        now = timing.now
        end = timing.now().advanced(by: timeout)
    }

    /// The time that is left, zero or less when it has passed.
    public var remaining: Duration { now().duration(to: end) }
}

extension Duration {
    /// The milliseconds in it, rounded up and at least 1: libcurl takes 0 for no limit at all.
    var milliseconds: Int {
        Int(min(max(1, (self / .milliseconds(1)).rounded(.up)), Double(Int32.max)))
    }

    /// The duration as people write it: `850ms`, `2.5s`, `30s`, `5m`, `1m30s`, `2h`.
    var text: String {
        let (seconds, attoseconds) = components
        let tenths = attoseconds / 100_000_000_000_000_000
        if seconds < 1 { return "\(attoseconds / 1_000_000_000_000_000)ms" }
        if seconds < 60 { return tenths == 0 ? "\(seconds)s" : "\(seconds).\(tenths)s" }
        if seconds < 3600 { return "\(seconds / 60)m" + (seconds % 60 == 0 ? "" : "\(seconds % 60)s") }
        return "\(seconds / 3600)h" + (seconds % 3600 < 60 ? "" : "\(seconds % 3600 / 60)m")
    }
}
