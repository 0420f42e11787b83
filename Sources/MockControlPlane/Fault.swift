extension MockControlPlane {
    /// One thing that goes wrong with a request, or the response that a test wants instead of the real one.
    ///
    /// `delayed(by:)` and `afterWork` vary each of them: `.silence.afterWork`, `.error(503).delayed(by: .seconds(1))`.
    public struct Fault: Sendable {
        enum Content: Sendable {
            case real
            case error(Int)
            case response(Response)
        }

        enum Delivery: Sendable {
            case whole
            case halfHead
            case truncated(keeping: Int?)
            case drip(Duration)
            case huge(Int, announced: Bool)
            case garbage([UInt8])
            case silence
            case close
            case reset
        }

        var content = Content.real
        var doesWork = false
        var delay = Duration.zero
        var delivery = Delivery.whole

        /// The same, but the request has had its effect before: what a client sees when it is the response that is lost.
        public var afterWork: Fault {
            var fault = self
            fault.doesWork = true
            return fault
        }

        /// The same after a pause, which follows the work where there is any; `stop` cuts it short.
        public func delayed(by delay: Duration) -> Fault {
            var fault = self
            fault.delay += delay
            return fault
        }
    }
}

extension MockControlPlane.Fault {
    /// Nothing goes wrong: a place in a script for a request that succeeds.
    public static let normal = Self(doesWork: true)

    /// The work is done at once and its response held back that long.
    public static func delay(_ delay: Duration) -> Self {
        normal.delayed(by: delay)
    }

    /// This response, and no work.
    public static func response(_ response: MockControlPlane.Response) -> Self {
        Self(content: .response(response))
    }

    /// This response in place of the real one, the work being done.
    public static func workThenResponse(_ response: MockControlPlane.Response) -> Self {
        Self.response(response).afterWork
    }

    /// This status with the error body that its endpoint would send, and no work.
    public static func error(_ status: Int) -> Self {
        Self(content: .error(status))
    }

    /// A token that is refused with that code, and no work.
    public static func unauthorized(_ code: MockControlPlane.TokenRefusal) -> Self {
        response(Refusal.unauthorized(code).response(echoing: nil))
    }

    /// A body that the server cannot decode, in the words of its language; no work.
    public static func undecodable(_ reason: String) -> Self {
        let refusal = Refusal(status: 400, message: "can't decode JSON body: \(reason)", form: .plainText)
        return response(refusal.response(echoing: nil))
    }

    /// A redirect to that URL, and no work.
    public static func redirect(to url: String, status: Int = 307) -> Self {
        response(MockControlPlane.Response(status: status, headers: [MockControlPlane.Header("Location", url)]))
    }

    /// The connection is reset before the request has an effect.
    public static let resetBeforeWork = Self(delivery: .reset)

    /// The connection is reset when the request has had its effect.
    public static let resetAfterWork = resetBeforeWork.afterWork

    /// The connection is closed without a response, and no work is done.
    public static let close = Self(delivery: .close)

    /// No response at all, and no work; the connection stays open until the client or `stop` closes it.
    public static let silence = Self(delivery: .silence)

    /// The work is done and its response breaks off in the body, after so many bytes of it, or after half of it.
    public static func truncated(keeping count: Int? = nil) -> Self {
        Self(doesWork: true, delivery: .truncated(keeping: count))
    }

    /// The work is done and its response breaks off in the header fields.
    public static let halfHeaders = Self(doesWork: true, delivery: .halfHead)

    /// The work is done and its response comes one byte at a time.
    public static func drip(every interval: Duration) -> Self {
        Self(doesWork: true, delivery: .drip(interval))
    }

    /// A 200 with that many bytes of body, announced by a `Content-Length` or in chunks that end when they end; no work.
    public static func hugeBody(_ count: Int, announced: Bool = true) -> Self {
        let response = MockControlPlane.Response(
            status: 200, headers: [MockControlPlane.Header("Content-Type", "application/json")])
        return Self(content: .response(response), delivery: .huge(count, announced: announced))
    }

    /// These bytes in place of an HTTP response, then the end; no work.
    public static func garbage(_ bytes: [UInt8] = Array("\u{0}\u{1}this is not HTTP\r\n\r\n".utf8)) -> Self {
        Self(delivery: .garbage(bytes))
    }
}

/// The faults that are still to come.
struct FaultScript: Sendable {
    private var queues: [MockControlPlane.Route: [MockControlPlane.Fault]] = [:]
    private var standing: [MockControlPlane.Route: MockControlPlane.Fault] = [:]

    /// How many of the queued ones no request has met yet.
    var pendingCount: Int { queues.values.reduce(0) { $0 + $1.count } }

    mutating func append(_ faults: [MockControlPlane.Fault], to route: MockControlPlane.Route) {
        queues[route, default: []] += faults
    }

    mutating func always(_ fault: MockControlPlane.Fault?, on route: MockControlPlane.Route) {
        standing[route] = fault
    }

    /// What happens to the next request on a route: the queue first, then what always happens.
    mutating func next(on route: MockControlPlane.Route) -> MockControlPlane.Fault {
        guard let first = queues[route]?.first else { return standing[route] ?? .normal }
        queues[route]?.removeFirst()
        return first
    }
}
