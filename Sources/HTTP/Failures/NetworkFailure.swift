/// How far an exchange had come.
public enum ExchangePhase: String, Sendable {
    /// The host's name was being looked up.
    case resolving = "looking up the host"
    /// The connection was being opened.
    case connecting = "connecting"
    /// The TLS handshake was under way.
    case handshaking = "negotiating TLS"
    /// The request was being sent or its response awaited.
    case waiting = "waiting for the response"
    /// The response had begun.
    case reading = "reading the response"
}

/// A failure of the network or of what speaks over it, which may be gone a moment later.
public enum NetworkFailure: Sendable, Equatable {
    /// No address for the host's name.
    case unresolvable
    /// No connection; the system's reason, as `Connection refused`.
    case unreachable(String)
    /// The proxy could not be found or connected to.
    case proxyUnusable(String)
    /// The proxy's response to the request for a tunnel had that status.
    case proxyRefused(status: Int)
    /// The other side reset or closed the connection.
    case cut(ExchangePhase)
    /// The body ended before its announced end.
    case truncated
    /// No progress within the time for one request, or for the connection.
    case timedOut(ExchangePhase, after: Duration)
    /// An error of the HTTP/2 layer.
    case stream

    /// Whether another try may help; a proxy that says no says it again.
    public var isRetryable: Bool {
        if case .proxyRefused(let status) = self { return HTTPResponse.temporaryStatuses.contains(status) }
        return true
    }
}

extension NetworkFailure: CustomStringConvertible {
    /// What happened, without the request.
    public var description: String {
        switch self {
        case .unresolvable: "the host name does not resolve"
        case .unreachable(let reason): "no connection: \(reason)"
        case .proxyUnusable(let reason): "no connection to the proxy: \(reason)"
        case .proxyRefused(let status): "the proxy refused the connection: \(HTTPResponse.text(ofStatus: status))"
        case .cut(let phase): "the connection was cut while \(phase.rawValue)"
        case .truncated: "the response broke off before its end"
        case .timedOut(let phase, let time): "timed out after \(time.text) while \(phase.rawValue)"
        case .stream: "the HTTP/2 connection failed"
        }
    }
}
