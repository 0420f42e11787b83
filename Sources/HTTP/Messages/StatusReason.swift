extension HTTPResponse {
    /// The status code with its usual name, as `503 Service Unavailable`.
    public var statusText: String { HTTPResponse.text(ofStatus: status) }

    /// A status code with its usual name (RFC 9110 §15), or the code alone where it has none here.
    public static func text(ofStatus status: Int) -> String {
        reasons[status].map { "\(status) \($0)" } ?? "\(status)"
    }

    /// The server's own reason phrase is not used: HTTP/2 has none, and it is foreign text.
    private static let reasons: [Int: String] = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content",
        301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
        307: "Temporary Redirect", 308: "Permanent Redirect",
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
        406: "Not Acceptable", 407: "Proxy Authentication Required", 408: "Request Timeout", 409: "Conflict",
        410: "Gone", 413: "Content Too Large", 415: "Unsupported Media Type", 421: "Misdirected Request",
        422: "Unprocessable Content", 429: "Too Many Requests",
        500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
        504: "Gateway Timeout",
    ]
}
