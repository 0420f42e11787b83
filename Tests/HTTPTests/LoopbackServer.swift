import Foundation
import Loopback
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
        /// Waits that many seconds, so that what was sent arrives before what comes next.
        case pause(Double)
        /// Does something else before it goes on.
        case run(@Sendable () -> Void)
        /// Closes with a reset instead of an end.
        case reset

        static func send(_ text: String) -> Step { .send(Array(text.utf8)) }
    }

    private struct State {
        var accepted = 0
        var requests: [String] = []
    }

    let port: Int
    private let listener: LoopbackSocket
    private let state = Mutex(State())
    private let closings = DispatchSemaphore(value: 0)
    private let finished = DispatchSemaphore(value: 0)

    /// Each connection plays its own script and is closed at the end of it; there are no more than scripts.
    private init(_ scripts: [[Step]]) throws {
        listener = try LoopbackSocket.listening()
        port = Int(listener.port)
        Thread { [self] in
            for script in scripts {
                guard let connection = listener.accept() else { break }
                state.withLock { $0.accepted += 1 }
                play(script, on: connection)
                connection.close()
                closings.signal()
            }
            finished.signal()
        }.start()
    }

    /// Runs the body with a server and stops it afterwards.
    static func run<Result>(_ scripts: [Step]..., body: (LoopbackServer) throws -> Result) throws -> Result {
        let server = try LoopbackServer(scripts)
        defer {
            server.listener.shutdown()
            server.finished.wait()
            server.listener.close()
        }
        return try body(server)
    }

    /// A port on which nothing listens.
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

    private func play(_ script: [Step], on connection: LoopbackSocket) {
        for step in script {
            switch step {
            case .read:
                guard let request = readRequest(from: connection) else { return }
                state.withLock { $0.requests.append(request) }
            case .readSome:
                _ = connection.receive()
            case .send(let bytes):
                guard connection.send(bytes) else { return }
            case .drip(let bytes, let pause):
                for byte in bytes {
                    guard connection.send([byte]) else { return }
                    Thread.sleep(forTimeInterval: pause)
                }
            case .silence:
                while connection.receive() != nil {}
            case .run(let body):
                body()
            case .pause(let seconds):
                Thread.sleep(forTimeInterval: seconds)
            case .reset:
                connection.resetWhenClosed()
                return
            }
        }
    }

    private func readRequest(from connection: LoopbackSocket) -> String? {
        var bytes: [UInt8] = []
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let length = text[..<end.lowerBound].components(separatedBy: "\r\n")
                    .first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
                if text[end.upperBound...].utf8.count >= length ?? 0 { return text }
            }
            guard connection.receive(into: &bytes) else { return nil }
        }
    }
}

extension LoopbackServer.Step {
    /// A response with a length.
    static func response(_ status: String, headers: [String] = [], body: String = "") -> LoopbackServer.Step {
        let lines = ["HTTP/1.1 \(status)"] + headers + ["Content-Length: \(body.utf8.count)", "", body]
        return .send(lines.joined(separator: "\r\n"))
    }
}
