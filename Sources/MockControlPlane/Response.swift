import JSON

extension MockControlPlane {
    /// An HTTP response before it is written to a connection.
    public struct Response: Sendable, Equatable {
        /// The status code.
        public var status: Int
        /// The header fields; `Content-Length` is added unless this or `Transfer-Encoding` is among them.
        public var headers: [Header]
        /// The body's bytes.
        public var body: [UInt8]

        /// A response of these parts.
        public init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
            self.status = status
            self.headers = headers
            self.body = body
        }

        /// A response with a JSON body.
        public static func json(
            _ status: Int, _ value: JSONValue, layout: JSONValue.Layout = .compact
        ) -> Response {
            Response(
                status: status, headers: [Header("Content-Type", "application/json")], body: value.serialized(layout))
        }

        /// A response with a plain text body.
        public static func text(_ status: Int, _ text: String) -> Response {
            Response(
                status: status, headers: [Header("Content-Type", "text/plain; charset=utf-8")], body: Array(text.utf8))
        }

        /// The first value of the header field of that name.
        public func header(_ name: String) -> String? {
            headers.values(of: name).first
        }
    }
}

extension MockControlPlane.Response {
    /// Status line and header fields, up to and with the empty line.
    func head(closing: Bool, contentLength: Int? = nil) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
        for header in headers { text += "\(header.name): \(header.value)\r\n" }
        // A 204 and a 304 have no body, so they say nothing of its length (RFC 9110 §8.6).
        if status != 204, status != 304, header("Content-Length") == nil, header("Transfer-Encoding") == nil {
            text += "Content-Length: \(contentLength ?? body.count)\r\n"
        }
        if closing, header("Connection") == nil { text += "Connection: close\r\n" }
        return Array((text + "\r\n").utf8)
    }

    /// The usual phrase for a status (RFC 9110 §15).
    static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 417: "Expectation Failed"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: "Status \(status)"
        }
    }
}
