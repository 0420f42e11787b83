import CommandLineTool
import MockControlPlane

/// One row of the fault matrix: what goes wrong.
struct Fault: Sendable, CustomStringConvertible {
    /// What is done to a request.
    enum Injection: Sendable {
        /// The server does this to it.
        case server(MockControlPlane.Fault)
        /// The server's port is closed before it.
        case closedPort
        /// The URL's host has no address.
        case unresolvableHost
    }

    let description: String
    let injection: Injection
    /// What the last line on standard error says of it.
    let words: String
    /// Whether it takes a whole `--request-timeout`, so that patience and retries are cut short.
    var isSlow = false
    /// The status, where that is all there is to it and another try may not help.
    var status: Int?

    /// Whether the request gets as far as the server.
    var reachesServer: Bool {
        if case .server = injection { true } else { false }
    }
}

extension Fault {
    static let all = network + temporary + refusals + senseless

    private static let network = [
        Fault(
            description: "refused connection", injection: .closedPort,
            words: "no connection: Connection refused; check the URL and that the server is up"),
        Fault(
            description: "unresolvable host", injection: .unresolvableHost,
            words: "the host name does not resolve; check the URL and this machine's DNS"),
        broken("reset before the work", .resetBeforeWork, "the connection was cut while waiting for the response"),
        broken("reset after the work", .resetAfterWork, "the connection was cut while waiting for"),
        broken("closed connection", .close, "the connection was cut while waiting for the response"),
        broken("half a response", .truncated(), "the response broke off before its end"),
        broken("half a head", .halfHeaders, "the connection was cut while reading the response"),
        Fault(
            description: "silence", injection: .server(.silence),
            words: "timed out after 250ms while waiting for the response; try again later, or allow a longer",
            isSlow: true),
        Fault(
            description: "drip", injection: .server(.drip(every: .milliseconds(5))),
            words: "timed out after 250ms while", isSlow: true),
    ]

    private static func broken(_ description: String, _ fault: MockControlPlane.Fault, _ words: String) -> Fault {
        Fault(description: description, injection: .server(fault), words: words)
    }

    private static let temporary =
        [408, 429, 500, 502, 503, 504].map(status)
        + [
            busy("429 with Retry-After in seconds", "7"),
            // Seven seconds after the clock of the tests.
            busy("429 with Retry-After as a date", "Tue, 14 Nov 2023 22:13:27 GMT"),
        ]

    private static func busy(_ description: String, _ value: String) -> Fault {
        Fault(
            description: description,
            injection: .server(.response(.init(status: 429, headers: [.init("Retry-After", value)]))),
            words: "429 Too Many Requests; try again later")
    }

    private static let refusals =
        [400, 401, 403, 404, 405, 409, 413, 422].map(status)
        + [
            Fault(description: "501", injection: .server(.error(501)), words: "501 Not Implemented")
        ]

    private static func status(_ status: Int) -> Fault {
        Fault(
            description: "\(status)", injection: .server(.error(status)), words: "\(status) ", status: status)
    }

    private static let senseless = [
        response("HTML", "text/html", "<!doctype html><p>Sign in</p>", "200 OK, but the response is not JSON"),
        response("broken JSON", "application/json", "{\"access_token\": \"t", "200 OK, but the response is not JSON"),
        response(
            "wrong content type", "text/plain", "{\"access_token\": \"t\", \"metadata\": {}}",
            "200 OK, but the response is text/plain"),
        Fault(
            description: "redirect", injection: .server(.redirect(to: "http://elsewhere.example/")),
            words: "307 Temporary Redirect to http://elsewhere.example/; redirects are not followed"),
        Fault(
            description: "20 MiB, announced", injection: .server(.hugeBody(20 << 20)),
            words: "the response's body is larger than 16 MiB; check the URL"),
        Fault(
            description: "20 MiB in chunks", injection: .server(.hugeBody(20 << 20, announced: false)),
            words: "the response's body is larger than 16 MiB; check the URL"),
        Fault(
            description: "no HTTP", injection: .server(.garbage()),
            words: "the response is not HTTP; check the URL"),
    ]

    private static func response(_ description: String, _ type: String, _ body: String, _ words: String) -> Fault {
        let response = MockControlPlane.Response(
            status: 200, headers: [.init("Content-Type", type)], body: Array(body.utf8))
        return Fault(
            description: description, injection: .server(.response(response)), words: words)
    }
}
