/// What a client did, for what follows it.
public enum HTTPEvent: Sendable {
    /// A request was made and is over.
    case exchange(HTTPExchange)
    /// A request that was begun that long ago has no whole response yet; once for each attempt, after two seconds.
    case pending(RequestLine, since: Duration)
    /// A wait before the next try begins.
    case wait(HTTPWait)
}

/// One request and what became of it.
public struct HTTPExchange: Sendable {
    /// The request.
    public let request: RequestLine
    /// Which one it is among all requests of its client, from 1.
    public let number: Int
    /// How often this method and URL were asked for since there was a response to them, this time included.
    public let attempt: Int
    /// The status of its response, whether welcome or not, or why there is none.
    public let outcome: Result<Int, HTTPError>
    /// How long it took.
    public let duration: Duration
    /// Whether it went over a connection that was open already.
    public let reusedConnection: Bool
    /// The bytes of the request's body.
    public let requestBodySize: Int
    /// The bytes of the response's body that came.
    public let responseBodySize: Int
}

/// One wait between two tries.
public struct HTTPWait: Sendable {
    /// How long.
    public let duration: Duration
    /// Which retry comes after it, from 1.
    public let retry: Int
    /// How many retries there may be.
    public let maxRetries: Int
    /// Whether the server asked for this wait (`Retry-After`).
    public let askedByServer: Bool
    /// Why the last try failed.
    public let reason: HTTPError
}
