public import HTTP
import JSON
import Redaction

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

    /// A request that everybody may make, and whose response says nothing that matters.
    var health: HTTPRequest {
        var request = request(.get, ["health"], body: nil)
        request.keptAnswerSize = 0
        return request
    }

    /// A request to a path below the base URL that lacks a token.
    func request(_ method: HTTPMethod, _ path: [String], body: JSONValue?) -> HTTPRequest {
        var headers = [HTTPHeader.acceptJSON]
        if let hostHeader { headers.append(hostHeader) }
        var request = HTTPRequest(
            method: method, url: baseURL.appending(pathSegments: path), headers: headers,
            body: body.map { .json($0.serialized()) })
        // A server answers a write with what was written, a megabyte perhaps; its name comes early.
        if body != nil { request.keptAnswerSize = 64 << 10 }
        return request
    }
}

extension HTTPRequest {
    /// The request with a bearer token (RFC 6750 §2.1).
    func authorized(by token: Secret) -> HTTPRequest {
        var request = self
        request.headers.insert(.authorization("Bearer", token), at: min(1, headers.count))
        return request
    }
}
