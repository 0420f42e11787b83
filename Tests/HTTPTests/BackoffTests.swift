import Testing

@testable import HTTP

@Suite struct Durations {
    @Test(arguments: [
        (Duration.milliseconds(850), "850ms"), (.milliseconds(2500), "2.5s"), (.seconds(30), "30s"),
        (.seconds(90), "1m30s"), (.seconds(300), "5m"), (.seconds(7200), "2h"), (.seconds(7500), "2h5m"),
    ])
    func `durations are written as people write them`(duration: Duration, expected: String) {
        #expect(duration.text == expected)
    }

    @Test(arguments: [
        (Duration.zero, 1), (.microseconds(1), 1), (.microseconds(1001), 2), (.seconds(30), 30_000),
        (.seconds(2_147_484), Int(Int32.max)),
    ])
    func `durations are never no limit for libcurl, and never more than it can count`(duration: Duration, expected: Int)
    {
        #expect(duration.milliseconds == expected)
    }

    @Test func `durations below zero are not slept`() {
        Timing.system.sleep(.seconds(-3600))
    }
}

@Suite struct Backoffs {
    private let line: RequestLine
    private let time = FakeTime()

    init() throws {
        line = RequestLine(method: .put, url: try HTTPURL("http://host/x"))
    }

    private func client(
        maxRetries: Int = 5, timeout: Duration = .seconds(300), random: Double = 0.5, wallClock: Double = 0,
        observer: @escaping (HTTPEvent) -> Void = { _ in }
    ) -> HTTPClient {
        var configuration = HTTPConfiguration.test
        configuration.maxRetries = maxRetries
        configuration.timeout = timeout
        return HTTPClient(
            configuration: configuration, timing: time.timing(random: random, wallClock: wallClock), observer: observer)
    }

    /// Waits after the same failure until there is no other try.
    private func exhaust(_ client: HTTPClient, by error: HTTPError) -> HTTPError? {
        failure { for tries in 1... { try client.pause(after: error, tries: tries) } }
    }

    private func status(_ status: Int, retryAfter: String? = nil) -> HTTPError {
        let headers = retryAfter.map { [("retry-after", $0)] } ?? []
        return HTTPError(HTTPResponse(request: line, status: status, headers: headers))
    }

    @Test func `a backoff doubles the range of its waits up to ten seconds and then gives up`() {
        let log = EventLog()
        let error = exhaust(client(maxRetries: 7, observer: log.record), by: HTTPError(.network(.unresolvable), line))
        #expect(time.sleeps == [250, 500, 1000, 2000, 4000, 5000, 5000].map { .milliseconds($0) })
        #expect(log.lines.first == "wait 0.25 seconds 1/7")
        #expect(log.lines.last == "wait 5.0 seconds 7/7")
        #expect(
            error.map { "\($0)" }
                == "PUT http://host/x: the host name does not resolve "
                + "(8 attempts; no retries are left)")
        #expect(error?.isRetryable == false)
    }

    @Test(arguments: [0.0, 0.999])
    func `a backoff spreads its waits over the whole range`(random: Double) throws {
        try client(random: random).pause(after: HTTPError(.network(.truncated), line), tries: 1)
        #expect(time.sleeps == [.milliseconds(500) * random])
    }

    @Test(arguments: [
        ("7", 7.0),
        ("120", 120.0),
        ("0", 0.25),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 20.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 20.0),
        ("Sun Nov  6 08:49:37 1994", 20.0),
        ("Thu, 01 Jan 1970 00:00:01 GMT", 0.25),
        ("-5", 0.25),
        ("soon", 0.25),
        ("", 0.25),
    ])
    func `a backoff waits as long as the server asks`(retryAfter: String, seconds: Double) throws {
        try client(wallClock: 784_111_757).pause(after: status(503, retryAfter: retryAfter), tries: 1)
        #expect(time.sleeps == [.seconds(seconds)])
    }

    @Test func `a backoff stops at once when the server asks for a wait beyond the deadline`() {
        let error = exhaust(client(timeout: .seconds(60)), by: status(429, retryAfter: "3600"))
        #expect(time.sleeps.isEmpty)
        #expect(
            error.map { "\($0)" }
                == "PUT http://host/x: 429 Too Many Requests (1 attempt; the server asked to wait 1h, beyond "
                + "the time for the whole step)"
        )
        #expect(error?.response?.status == 429)
    }

    @Test(arguments: ["99999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
    func `a backoff survives a wait beyond all reason`(retryAfter: String) {
        let error = exhaust(client(timeout: .seconds(60)), by: status(503, retryAfter: retryAfter))
        guard case .askedWaitPassesDeadline? = error?.end?.because else {
            Issue.record("expected to give up")
            return
        }
        #expect(error?.end?.attempts == 1)
    }

    @Test func `a backoff stops when its own wait would pass the deadline`() {
        let error = exhaust(client(timeout: .milliseconds(800)), by: status(500))
        #expect(time.sleeps == [.milliseconds(250), .milliseconds(500)])
        #expect(
            error.map { "\($0)" }?.hasSuffix(" (3 attempts; another would be beyond the time for the whole step)")
                == true)
    }

    @Test func `a backoff throws what no retry can mend as it came`() {
        let reasons: [HTTPError.Reason] = [
            .tls(.expired), .notHTTP, .tooLarge(limit: 1, ofHeaders: false), .network(.proxyRefused(status: 407)),
            .libcurl("x"), .deadlinePassed(timeout: .seconds(1), during: .reading),
        ]
        for expected in reasons.map({ HTTPError($0, line) }) {
            #expect(exhaust(client(), by: expected).map { "\($0)" } == "\(expected)")
        }
        #expect(time.sleeps.isEmpty)
    }
}
