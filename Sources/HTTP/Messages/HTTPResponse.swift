/// What a server sent back for a request.
public struct HTTPResponse: Sendable {
    /// The request that it belongs to.
    public let request: RequestLine
    /// The status code, never an interim one (1xx).
    public let status: Int
    /// The headers in the order in which they came, names in the server's case of letters, values without white space around.
    public let headers: [(name: String, value: String)]
    /// The body, not longer than the configuration allows.
    public let body: [UInt8]

    /// A response; tests make theirs by this too.
    public init(
        request: RequestLine, status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []
    ) {
        self.request = request
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Whether the status is one that may be different a moment later: 408, 429, 500, 502, 503, 504.
    public var isTemporaryFailure: Bool { HTTPResponse.temporaryStatuses.contains(status) }

    static let temporaryStatuses = [408, 429, 500, 502, 503, 504]

    /// The value of the first header of that name, in any case of letters.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }

    /// The media type in lower case, without parameters.
    public var contentType: String? {
        guard let value = header("Content-Type")?.utf8 else { return nil }
        let type = value.prefix { $0 != UInt8(ascii: ";") }.filter { $0 != 0x20 && $0 != 0x09 }
        return type.isEmpty ? nil : String(decoding: type, as: UTF8.self).lowercased()
    }
}

extension HTTPResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The request and the status alone: a token may be in the body, and headers may hold foreign text.
    public var description: String { "\(request): \(statusText)" }
    /// The same as the description.
    public var debugDescription: String { description }
    /// A mirror of what the description says.
    public var customMirror: Mirror { Mirror(self, children: ["request": request, "status": status]) }
}
