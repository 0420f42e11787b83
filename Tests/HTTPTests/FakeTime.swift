import Synchronization

@testable import HTTP

/// Time that passes only where a sleep is asked for.
final class FakeTime: Sendable {
    private let base = ContinuousClock.now
    private let slept = Mutex<[Duration]>([])

    var sleeps: [Duration] { slept.withLock { $0 } }

    func timing(random: Double = 0.5, wallClock: Double = 0) -> Timing {
        Timing(
            now: { self.base + self.sleeps.reduce(.zero, +) },
            wallClock: { wallClock },
            sleep: { duration in self.slept.withLock { $0.append(duration) } },
            random: { random }
        )
    }
}

/// Collects what a client did.
final class EventLog {
    private(set) var events: [HTTPEvent] = []

    func record(_ event: HTTPEvent) { events.append(event) }

    /// Each event as one short text.
    var lines: [String] {
        events.map { event in
            switch event {
            case .exchange(let exchange):
                switch exchange.outcome {
                case .success(let status): "#\(exchange.number) \(exchange.request.method) \(status)"
                case .failure: "#\(exchange.number) \(exchange.request.method) failed"
                }
            case .pending(let request, _): "pending \(request.method)"
            case .wait(let wait):
                "wait \(wait.duration) \(wait.retry)/\(wait.maxRetries)\(wait.askedByServer ? " as asked" : "")"
            }
        }
    }

    var exchanges: [HTTPExchange] {
        events.compactMap { if case .exchange(let exchange) = $0 { exchange } else { nil } }
    }
}

/// The error of a body, nil where it has none.
func failure(of body: () throws -> Void) -> HTTPError? {
    do {
        try body()
        return nil
    } catch {
        return error as? HTTPError
    }
}
