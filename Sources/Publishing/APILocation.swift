public import HTTP
import JSON

/// Where the API is.
public struct APILocation: Sendable {
    /// The URL under which its paths begin.
    public var baseURL: HTTPURL
    /// The Host header for it, where that is not the URL's.
    public var hostHeader: HTTPHeader?

    /// The API under that URL.
    public init(baseURL: HTTPURL, hostHeader: HTTPHeader?) {
        self.baseURL = baseURL
        self.hostHeader = hostHeader
    }

    /// A request to a path below the base URL.
    func request(_ method: HTTPMethod, _ path: [String], body: JSONValue?, token: Secret) -> HTTPRequest {
        var headers = [HTTPHeader.acceptJSON, .authorization("Bearer", token)]
        if let hostHeader { headers.append(hostHeader) }
        return HTTPRequest(
            method: method, url: baseURL.appending(pathSegments: path), headers: headers,
            body: body.map { .json($0.serialized()) })
    }
}
