import Loopback

/// Reads requests from a connection one after the other (RFC 9112), stricter than a server that has to be kind.
struct HTTPRequestReader {
    /// A request that gets no ordinary response.
    enum Failure: Error {
        /// The connection ended.
        case closed
        /// The bytes are not a request that this server takes; the response has the status and the text.
        case refused(Int, String)
    }

    /// The most bytes of request line and header fields together.
    static let maximumHeadSize = 64 * 1024
    /// The most bytes of a body.
    static let maximumBodySize = 16 * 1024 * 1024

    private let socket: LoopbackSocket
    private var buffer: [UInt8] = []
    private var position = 0
    private var headSize = 0

    init(_ socket: LoopbackSocket) {
        self.socket = socket
    }

    /// The next request, whole.
    mutating func next() throws(Failure) -> HTTPRequest {
        headSize = 0
        var line = try readLine()
        // A client may send an empty line after the request before (RFC 9112 §2.2).
        if line.isEmpty { line = try readLine() }
        let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
        guard words.count == 3, words[0].isToken, let target = String(validating: words[1], as: UTF8.self) else {
            throw .refused(400, "malformed request line")
        }
        let version = String(decoding: words[2], as: UTF8.self)
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else { throw .refused(505, "unsupported HTTP version") }
        guard let parts = HTTPTarget(target) else { throw .refused(400, "malformed request target") }
        let headers = try readHeaders()
        let isCurrent = version == "HTTP/1.1"
        guard headers.values(of: "Host").count == 1 || !isCurrent && headers.values(of: "Host").isEmpty else {
            throw .refused(400, "a request has one Host header")
        }
        let options = headers.elements(of: "Connection")
        let body = try readBody(headers)
        return HTTPRequest(
            method: String(decoding: words[0], as: UTF8.self), target: target, segments: parts.segments,
            headers: headers, body: body,
            keepsAlive: isCurrent
                ? !options.contains { $0.matchesIgnoringCase("close") }
                : options.contains { $0.matchesIgnoringCase("keep-alive") })
    }

    private mutating func readHeaders() throws(Failure) -> [MockControlPlane.Header] {
        var headers: [MockControlPlane.Header] = []
        while true {
            let line = try readLine()
            if line.isEmpty { return headers }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line[..<colon].isToken else {
                throw .refused(400, "malformed header field")
            }
            headers.append(
                MockControlPlane.Header(
                    String(decoding: line[..<colon], as: UTF8.self),
                    String(decoding: line[(colon + 1)...].trimmed, as: UTF8.self)))
        }
    }

    private mutating func readBody(_ headers: [MockControlPlane.Header]) throws(Failure) -> [UInt8] {
        let lengths = headers.values(of: "Content-Length")
        let codings = headers.elements(of: "Transfer-Encoding")
        if !codings.isEmpty {
            guard lengths.isEmpty else { throw .refused(400, "both Content-Length and Transfer-Encoding") }
            guard codings.count == 1, codings[0].matchesIgnoringCase("chunked") else {
                throw .refused(501, "unsupported transfer coding")
            }
            try invite(headers)
            return try readChunks()
        }
        guard let text = lengths.first else { return [] }
        guard lengths.count == 1, text.utf8.allSatisfy(\.isDigit), let length = Int(text) else {
            throw .refused(400, "malformed Content-Length")
        }
        guard length <= Self.maximumBodySize else { throw .refused(413, "request body too large") }
        if length > 0 { try invite(headers) }
        return try read(length)
    }

    /// Has a client that waits with its body go on (RFC 9110 §10.1.1).
    private func invite(_ headers: [MockControlPlane.Header]) throws(Failure) {
        guard let expectation = headers.values(of: "Expect").first else { return }
        guard expectation.matchesIgnoringCase("100-continue") else { throw .refused(417, "unknown expectation") }
        if position == buffer.count, !socket.send("HTTP/1.1 100 Continue\r\n\r\n".utf8) { throw .closed }
    }

    private mutating func readChunks() throws(Failure) -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let line = try readLine()
            let digits = line.prefix { $0 != UInt8(ascii: ";") }.trimmed
            guard (1...8).contains(digits.count), digits.allSatisfy({ $0.hexValue != nil }),
                let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
            else { throw .refused(400, "malformed chunk size") }
            guard body.count + size <= Self.maximumBodySize else { throw .refused(413, "request body too large") }
            if size == 0 {
                _ = try readHeaders()
                return body
            }
            body += try read(size)
            // The limit of the head is for its lines; those between chunks come on top of every chunk.
            headSize = 0
            guard try readLine().isEmpty else { throw .refused(400, "malformed chunk") }
        }
    }

    /// The bytes up to the next CR LF, without it.
    private mutating func readLine() throws(Failure) -> ArraySlice<UInt8> {
        var scanned = position
        while true {
            if let end = buffer[scanned...].firstIndex(of: 0x0A) {
                headSize += end + 1 - position
                guard headSize <= Self.maximumHeadSize else { throw .refused(431, "request header too large") }
                guard end > position, buffer[end - 1] == 0x0D else { throw .refused(400, "a line ends with CR LF") }
                defer { position = end + 1 }
                return buffer[position..<(end - 1)]
            }
            guard headSize + buffer.count - position <= Self.maximumHeadSize else {
                throw .refused(431, "request header too large")
            }
            let seen = buffer.count - position
            try fill()
            scanned = position + seen
        }
    }

    private mutating func read(_ count: Int) throws(Failure) -> [UInt8] {
        while buffer.count - position < count { try fill() }
        defer { position += count }
        return Array(buffer[position..<(position + count)])
    }

    private mutating func fill() throws(Failure) {
        if position > 0 {
            buffer.removeFirst(position)
            position = 0
        }
        if !socket.receive(into: &buffer) { throw .closed }
    }
}

extension ArraySlice<UInt8> {
    /// Whether it can be a method or a field name (RFC 9110 §5.6.2).
    fileprivate var isToken: Bool {
        !isEmpty
            && allSatisfy { byte in
                byte.isSmallLetter || byte.isCapitalLetter || byte.isDigit || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }
}
