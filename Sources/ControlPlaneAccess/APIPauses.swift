import HTTP
import Objects

/// The waits between the tries of one request: exponential with jitter, or as the server asks.
struct APIPauses: Pauses {
    private var backoff: Backoff
    private let client: HTTPClient
    private let sleep: (Duration) -> Void

    init(_ client: HTTPClient, sleep: @escaping (Duration) -> Void) {
        backoff = client.backoff()
        self.client = client
        self.sleep = sleep
    }

    mutating func wait(after problem: Problem) throws(Problem) {
        guard case .http(let failure, let said, let server) = problem.cause as? AccessProblem else { throw problem }
        do {
            try backoff.pause(after: failure)
        } catch {
            throw Problem(error, said: said, from: server)
        }
    }

    mutating func waitForStore(_ problem: Problem) throws(Problem) {
        guard client.deadline.remaining > .seconds(1) else { throw problem }
        sleep(.seconds(1))
    }
}
