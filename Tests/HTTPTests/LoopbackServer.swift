import Foundation
import Synchronization

/// A server on a free port of 127.0.0.1 that plays a script, connection after connection.
final class LoopbackServer: Sendable {
    /// What the server does next on a connection.
    enum Step: Sendable {
        /// Reads a whole request with its body.
        case read
        /// Reads whatever comes first.
        case readSome
        case send([UInt8])
        /// Sends byte by byte with that pause after each, until the client hangs up.
        case drip([UInt8], pause: Double)
        /// Says nothing until the client hangs up.
        case silence
        /// Closes with a reset instead of an end.
        case reset

        static func send(_ text: String) -> Step { .send(Array(text.utf8)) }
    }

    private struct State {
        var accepted = 0
        var requests: [String] = []
    }

    let port: Int
    private let listener: Int32
    private let state = Mutex(State())
    private let closings = DispatchSemaphore(value: 0)
    private let finished = DispatchSemaphore(value: 0)

    /// Each connection plays its own script and is closed at the end of it; there are no more than scripts.
    private init(_ scripts: [[Step]]) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, size) | listen(listener, 16) | getsockname(listener, generic, &size)
            }
        }
        guard result == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread { [self] in
            for script in scripts {
                let connection = accept(self.listener, nil, nil)
                guard connection >= 0 else { break }
                state.withLock { $0.accepted += 1 }
                play(script, on: connection)
                close(connection)
                closings.signal()
            }
            finished.signal()
        }.start()
    }

    /// Runs the body with a server and stops it afterwards.
    static func run<Result>(_ scripts: [Step]..., body: (LoopbackServer) throws -> Result) throws -> Result {
        let server = try LoopbackServer(scripts)
        defer {
            shutdown(server.listener, Int32(SHUT_RDWR))
            server.finished.wait()
            close(server.listener)
        }
        return try body(server)
    }

    /// A port on which nobody listens.
    static func unusedPort() throws -> Int {
        try run { $0.port }
    }

    /// Waits until the server has closed one more connection.
    func waitForClosing() {
        closings.wait()
    }

    var accepted: Int { state.withLock { $0.accepted } }
    /// The requests that were read whole.
    var requests: [String] { state.withLock { $0.requests } }

    private func play(_ script: [Step], on connection: Int32) {
        for step in script {
            switch step {
            case .read:
                guard let request = readRequest(from: connection) else { return }
                state.withLock { $0.requests.append(request) }
            case .readSome:
                _ = receive(from: connection)
            case .send(let bytes):
                guard write(bytes, to: connection) else { return }
            case .drip(let bytes, let pause):
                for byte in bytes {
                    guard write([byte], to: connection) else { return }
                    Thread.sleep(forTimeInterval: pause)
                }
            case .silence:
                while !receive(from: connection).isEmpty {}
            case .reset:
                var option = linger(l_onoff: 1, l_linger: 0)
                setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
                return
            }
        }
    }

    private func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private func receive(from connection: Int32) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(connection, &buffer, buffer.count, 0)
        return Array(buffer[..<max(0, count)])
    }

    private func readRequest(from connection: Int32) -> String? {
        var bytes: [UInt8] = []
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let length = text[..<end.lowerBound].components(separatedBy: "\r\n")
                    .first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
                if text[end.upperBound...].utf8.count >= length ?? 0 { return text }
            }
            let more = receive(from: connection)
            if more.isEmpty { return nil }
            bytes += more
        }
    }
}

extension LoopbackServer.Step {
    /// An answer with a length.
    static func answer(_ status: String, headers: [String] = [], body: String = "") -> LoopbackServer.Step {
        let lines = ["HTTP/1.1 \(status)"] + headers + ["Content-Length: \(body.utf8.count)", "", body]
        return .send(lines.joined(separator: "\r\n"))
    }
}
