import Glibc
import JSON
import MockControlPlane
import Testing

/// A connection that sends what it is given, byte by byte, and shows what comes back.
final class RawClient {
    struct Failure: Error {
        let reason: String
    }

    enum Ending: Equatable {
        case closed
        case reset
        case timedOut
    }

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var ending: Ending?

    /// Connects, with a time limit on every read so that a missing response fails a test and does not hang it.
    init(_ port: UInt16, timeout: Int = 5) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var limit = timeval(tv_sec: timeout, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = in_addr(s_addr: INADDR_LOOPBACK.bigEndian)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard code == 0 else { throw Failure(reason: "connect: errno \(errno)") }
    }

    convenience init(_ controlPlane: MockControlPlane) throws {
        try self.init(controlPlane.port)
    }

    deinit {
        close(descriptor)
    }

    /// Sends a text; false where the server does not take all of it.
    @discardableResult
    func send(_ text: String) -> Bool {
        send(Array(text.utf8))
    }

    /// Sends bytes; false where the server does not take all of them.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Ends the client's half of the connection.
    func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Everything up to the end of the connection, and how it ended.
    func readToEnd() -> (text: String, ending: Ending) {
        while fill() {}
        defer { buffer = [] }
        return (String(decoding: buffer, as: UTF8.self), ending ?? .timedOut)
    }

    /// The next response with its body.
    func readResponse(to method: String = "POST") throws -> RawResponse {
        var head = ""
        while !head.utf8.elementsEqual("\r\n".utf8) && !head.utf8.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            head += try readLine()
        }
        var response = RawResponse(head: head)
        if method == "HEAD" || [100, 204, 304].contains(response.status) { return response }
        if response.header("Transfer-Encoding") == "chunked" {
            while true {
                let line = try readLine().unicodeScalars.filter { $0 != "\r" && $0 != "\n" }.map(String.init).joined()
                let size = try #require(Int(line, radix: 16))
                response.body += try read(size)
                _ = try readLine()
                if size == 0 { return response }
            }
        }
        response.body = try read(try #require(Int(response.header("Content-Length") ?? "")))
        return response
    }

    private func readLine() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                defer { buffer.removeFirst(end + 1) }
                return String(decoding: buffer[...end], as: UTF8.self)
            }
            try require(fill())
        }
    }

    private func read(_ count: Int) throws -> [UInt8] {
        while buffer.count < count { try require(fill()) }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private func require(_ more: Bool) throws {
        guard more else {
            throw Failure(reason: "\(ending ?? .timedOut) after: \(String(decoding: buffer, as: UTF8.self))")
        }
    }

    private func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        if count > 0 {
            buffer += chunk[..<count]
            return true
        }
        ending = count == 0 ? .closed : errno == ECONNRESET ? .reset : .timedOut
        return false
    }
}

/// A response as it was read.
struct RawResponse {
    let head: String
    var body: [UInt8] = []

    var status: Int { Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0 }
    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSONValue? { try? JSONValue(parsing: body) }

    func header(_ name: String) -> String? {
        for line in head.split(separator: "\r\n").dropFirst() {
            let parts = line.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, parts[0].lowercased() == name.lowercased() { return String(parts[1]) }
        }
        return nil
    }
}
