internal import Text

/// Why a request brought no usable response.
public struct HTTPError: Error, Sendable {
    /// What happened to a request.
    public enum Reason: Sendable {
        /// The network failed; another try may help.
        case network(NetworkFailure)
        /// The response was 408, 429, 500, 502, 503 or 504; another try may help.
        case status(HTTPResponse)
        /// The time for everything was over, in that phase or before the request began.
        case deadlinePassed(timeout: Duration, during: ExchangePhase?)
        /// The server is not to be trusted, or does not speak TLS.
        case tls(TLSFailure)
        /// The authorities to trust are of no use: where they stand, and why; found before the first request where that is
        /// possible.
        case unusableAuthorities(at: String, String)
        /// The response has more bytes than are taken; of its headers, or of its body.
        case tooLarge(limit: Int, ofHeaders: Bool)
        /// The response is not HTTP, or broken HTTP.
        case notHTTP
        /// libcurl refused to work, in its own words: a bug, or a libcurl without HTTP or TLS.
        case libcurl(String)
    }

    /// Why there was no further try.
    public enum StopReason: Sendable, Equatable {
        /// All retries that are allowed were made.
        case retriesUsedUp
        /// The server asked for a wait that would pass the deadline.
        case askedWaitPassesDeadline(Duration)
        /// The next wait would pass the deadline.
        case nextWaitPassesDeadline
    }

    /// What happened.
    public let reason: Reason
    /// The request that failed; nil where none was made.
    public let request: RequestLine?
    /// How many tries there were, and why there is none after them; nil as long as nothing ended them.
    public var end: (attempts: Int, because: StopReason)?

    /// A failure of a request.
    public init(_ reason: Reason, _ request: RequestLine?) {
        self.reason = reason
        self.request = request
    }

    /// The failure that a temporary status is.
    public init(_ response: HTTPResponse) {
        self.init(.status(response), response.request)
    }

    /// Whether this run may try again, its deadline permitting.
    public var isRetryable: Bool {
        switch reason {
        case .network(let failure): end == nil && failure.isRetryable
        case .status: end == nil
        case .deadlinePassed, .tls, .unusableAuthorities, .tooLarge, .notHTTP, .libcurl: false
        }
    }

    /// The response, where a status was the failure.
    public var response: HTTPResponse? {
        if case .status(let response) = reason { response } else { nil }
    }
}

extension HTTPError: CustomStringConvertible {
    /// The request, what happened to it and how often it was tried; no secrets, and no text of the server's.
    public var description: String { problem + story }

    /// The request and what happened to it.
    public var problem: String { "\(request.map { "\($0): " } ?? "")\(event)" }

    /// What happened, without the request.
    public var event: String {
        switch reason {
        case .network(let failure): failure.description
        case .status(let response): response.statusText
        case .deadlinePassed(let timeout, nil):
            "not sent, because the time for the whole step (\(timeout.text)) is over"
        case .deadlinePassed(let timeout, .some(let phase)):
            "the time for the whole step (\(timeout.text)) ended while \(phase.rawValue)"
        case .tls(let failure): failure.problem(host: request?.url.host ?? "the server")
        case .unusableAuthorities(let place, let problem): "\(place) \(problem)"
        case .tooLarge(let limit, let ofHeaders):
            "the response's \(ofHeaders ? "headers are" : "body is") larger than \(ByteCount(bytes: limit))"
        case .notHTTP: "the response is not HTTP"
        case .libcurl(let reason): "libcurl failed: \(reason)"
        }
    }

    /// How often it was tried and why no more, in parentheses with a space before; empty where nothing ended the tries.
    public var story: String {
        guard let end else { return "" }
        let reason =
            switch end.because {
            case .retriesUsedUp: "no retries are left"
            case .askedWaitPassesDeadline(let wait):
                "the server asked to wait \(wait.text), beyond the time for the whole step"
            case .nextWaitPassesDeadline: "another would be beyond the time for the whole step"
            }
        return " (\(end.attempts == 1 ? "1 attempt" : "\(end.attempts) attempts"); \(reason))"
    }
}
