internal import Text

/// Why a request brought no usable response.
public enum HTTPError: Error, Sendable {
    /// The network failed; another try may help.
    case network(NetworkFailure, RequestLine)
    /// The response was 408, 429, 500, 502, 503 or 504; another try may help.
    case status(HTTPResponse)
    /// The time for everything was over, in that phase or before the request began.
    case deadlinePassed(RequestLine, timeout: Duration, during: ExchangePhase?)
    /// The server is not to be trusted, or does not speak TLS.
    case tls(TLSFailure, RequestLine)
    /// The authorities to trust are of no use: where they stand, and why; found before the first request where that is possible.
    case unusableAuthorities(at: String, String)
    /// The response has more bytes than are taken; of its headers, or of its body.
    case tooLarge(RequestLine, limit: Int, ofHeaders: Bool)
    /// The response is not HTTP, or broken HTTP.
    case notHTTP(RequestLine)
    /// libcurl refused to work, in its own words: a bug, or a libcurl without HTTP or TLS.
    case libcurl(String, RequestLine?)
    /// No more tries after so many; why the last one failed and why there is none after it.
    indirect case gaveUp(HTTPError, attempts: Int, because: StopReason)

    /// Why there was no further try.
    public enum StopReason: Sendable, Equatable {
        /// All retries that are allowed were made.
        case retriesUsedUp
        /// The server asked for a wait that would pass the deadline.
        case askedWaitPassesDeadline(Duration)
        /// The next wait would pass the deadline.
        case nextWaitPassesDeadline
    }

    /// The failure itself, without the story of its retries.
    public var cause: HTTPError {
        if case .gaveUp(let error, _, _) = self { error.cause } else { self }
    }

    /// Whether this run may try again, its deadline permitting.
    public var isRetryable: Bool {
        switch self {
        case .network(let failure, _): failure.isRetryable
        case .status: true
        case .deadlinePassed, .tls, .unusableAuthorities, .tooLarge, .notHTTP, .libcurl, .gaveUp: false
        }
    }

    /// The response, where a status was the failure.
    public var response: HTTPResponse? {
        if case .status(let response) = cause { response } else { nil }
    }

    /// The request that failed, nil where none was made.
    public var request: RequestLine? {
        switch cause {
        case .network(_, let line), .deadlinePassed(let line, _, _), .tls(_, let line), .tooLarge(let line, _, _),
            .notHTTP(let line):
            line
        case .status(let response): response.request
        case .libcurl(_, let line): line
        case .unusableAuthorities, .gaveUp: nil
        }
    }
}

extension HTTPError: CustomStringConvertible {
    /// The request, what happened to it and how often it was tried; no secrets, and no text of the server's.
    public var description: String { problem + story }

    /// The request and what happened to it.
    public var problem: String { "\(request.map { "\($0): " } ?? "")\(event)" }

    /// What happened, without the request.
    public var event: String {
        switch self {
        case .network(let failure, _): failure.description
        case .status(let response): response.statusText
        case .deadlinePassed(_, let timeout, nil):
            "not sent, because the time for the whole step (\(timeout.text)) is over"
        case .deadlinePassed(_, let timeout, .some(let phase)):
            "the time for the whole step (\(timeout.text)) ended while \(phase)"
        case .tls(let failure, let line): failure.problem(host: line.url.host)
        case .unusableAuthorities(let place, let problem): "\(place) \(problem)"
        case .tooLarge(_, let limit, let ofHeaders):
            "the response's \(ofHeaders ? "headers are" : "body is") larger than \(ByteCount(bytes: limit))"
        case .notHTTP: "the response is not HTTP"
        case .libcurl(let reason, _): "libcurl failed: \(reason)"
        case .gaveUp(let error, _, _): error.event
        }
    }

    /// How often it was tried and why no more, in parentheses with a space before; empty where it was not tried again.
    public var story: String {
        guard case .gaveUp(_, let attempts, let reason) = self else { return "" }
        return " (\(attempts == 1 ? "1 attempt" : "\(attempts) attempts"); \(reason))"
    }
}

extension HTTPError.StopReason: CustomStringConvertible {
    /// The reason as it stands in an error.
    public var description: String {
        switch self {
        case .retriesUsedUp: "no retries are left"
        case .askedWaitPassesDeadline(let wait):
            "the server asked to wait \(wait.text), beyond the time for the whole step"
        case .nextWaitPassesDeadline: "another would be beyond the time for the whole step"
        }
    }
}
