/// The methods that this program needs; all of its requests are safe to repeat.
public enum HTTPMethod: String, Sendable, CustomStringConvertible {
    /// Reads an object.
    case get = "GET"
    /// Creates an object, or asks for a token.
    case post = "POST"
    /// Replaces an object.
    case put = "PUT"
    /// Changes an object in part.
    case patch = "PATCH"

    /// The method as it stands in a request.
    public var description: String { rawValue }
}

/// A request; a `Host` header in it changes neither where it goes nor which name the certificate must have.
public struct HTTPRequest: Sendable {
    /// What to do.
    public var method: HTTPMethod
    /// Where it goes.
    public var url: HTTPURL
    /// The headers beside those that follow from the body and the URL, in order.
    public var headers: [HTTPHeader]
    /// What is sent along.
    public var body: HTTPBody?

    /// A request; nothing is sent yet.
    public init(method: HTTPMethod, url: HTTPURL, headers: [HTTPHeader] = [], body: HTTPBody? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// The method and the URL, by which errors name a request.
    public var line: RequestLine { RequestLine(method: method, url: url) }
}

/// The method and the URL of a request: its name in errors and logs.
public struct RequestLine: Sendable, Hashable, CustomStringConvertible {
    /// What was to be done.
    public let method: HTTPMethod
    /// Where it went.
    public let url: HTTPURL

    /// `GET https://host/path`.
    public var description: String { "\(method) \(url)" }
}
