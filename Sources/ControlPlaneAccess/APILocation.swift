public import HTTP

/// Where an API is, and what every request to it carries.
public struct APILocation: Sendable {
    /// The URL under which its paths begin.
    public var baseURL: HTTPURL
    /// The Host header, where that is not the URL's.
    public var hostHeader: HTTPHeader?

    /// The API under that URL.
    public init(baseURL: HTTPURL, hostHeader: HTTPHeader?) {
        self.baseURL = baseURL
        self.hostHeader = hostHeader
    }

    /// A request to a path below the base URL that lacks credentials.
    public func request(
        _ method: HTTPMethod, _ path: [String], query: [(name: String, value: String)] = [], body: HTTPBody? = nil
    ) -> HTTPRequest {
        let url = baseURL.appending(pathSegments: path)
        return HTTPRequest(
            method: method, url: query.isEmpty ? url : url.appending(query: query),
            headers: [.acceptJSON] + (hostHeader.map { [$0] } ?? []), body: body)
    }

    /// A request that anything may make, and whose response says nothing that matters.
    var health: HTTPRequest { request(.get, ["health"]) }
}
