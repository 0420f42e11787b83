import Glibc
import Loopback

/// A program that ends TLS in front of a plain server on loopback, as a gateway does in front of a control plane.
public final class TLSProxy {
    /// What it speaks to clients.
    public enum Version: Sendable {
        /// HTTP/1.1, by a program that looks at each request.
        case http1
        /// HTTP/2, by the same program.
        case http2
        /// Whatever the server speaks, by stunnel, which looks at nothing within.
        case bytes

        /// The name of its program.
        public var program: String { self == .bytes ? "stunnel4" : "nghttpx" }
    }

    /// What it speaks.
    public let version: Version
    /// Where it listens.
    public let port: UInt16
    /// Where clients find it.
    public var baseURL: String { "https://127.0.0.1:\(port)" }
    private let process: ChildProcess

    /// Starts one in front of the server at that port and waits until it listens.
    ///
    /// By stunnel it may ask clients for a certificate of the same authority, and refuse those that have none.
    public init(
        _ version: Version, of server: UInt16, _ authority: TestAuthority, asksForCertificate: Bool = false
    ) throws {
        guard let program = ProgramCall.path(of: version.program) else {
            throw ProgramFailure("\(version.program) is not installed")
        }
        self.version = version
        port = try LoopbackSocket.freePort()
        let log = "\(authority.folder)/\(version.program).\(port).log"
        let arguments = try Self.arguments(
            version, from: port, to: server, authority, asksForCertificate: asksForCertificate)
        process = try ChildProcess(ProgramCall(program, arguments), output: .discarded, errors: .file(log))
        guard isListening() else {
            process.stop()
            throw ProgramFailure("\(version.program) does not start: \(TestFile.text(of: log))")
        }
    }

    deinit {
        process.stop()
    }

    private static func arguments(
        _ version: Version, from port: UInt16, to server: UInt16, _ authority: TestAuthority, asksForCertificate: Bool
    ) throws -> [String] {
        if version == .bytes {
            let configuration = "\(authority.folder)/stunnel.\(port).conf"
            let text = """
                foreground = yes
                pid =
                debug = err
                [server]
                accept = 127.0.0.1:\(port)
                connect = 127.0.0.1:\(server)
                cert = \(authority.serverCertificate)
                key = \(authority.serverKey)
                \(asksForCertificate ? "verifyChain = yes\nCAfile = \(authority.certificate)" : "")

                """
            try TestFile.write(text.utf8, to: configuration)
            return [configuration]
        }
        return [
            "--conf=/dev/null", "--single-process", "--workers=1", "--no-ocsp", "--log-level=ERROR",
            "--accesslog-file=/dev/null", "--npn-list=\(version == .http1 ? "http/1.1" : "h2")",
            "--frontend=127.0.0.1,\(port)", "--backend=127.0.0.1,\(server)", authority.serverKey,
            authority.serverCertificate,
        ]
    }

    private func isListening() -> Bool {
        for _ in 0..<1000 {
            if let socket = try? LoopbackSocket.connected(to: port) {
                socket.close()
                return true
            }
            usleep(10_000)
        }
        return false
    }
}
