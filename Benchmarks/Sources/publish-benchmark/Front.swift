import Loopback

/// A program that ends TLS in front of a plain server, as a gateway does in front of a control plane.
struct Front {
    /// What it speaks.
    enum Kind: String {
        /// HTTP/1.1, by stunnel, which looks at nothing within.
        case http1 = "stunnel4"
        /// HTTP/2, by nghttpx.
        case http2 = "nghttpx"
    }

    let kind: Kind
    /// Where it listens.
    let port: UInt16
    private let process: ChildProcess

    /// Starts one and waits until it listens.
    init(_ kind: Kind, of server: UInt16, _ authority: Authority) throws {
        guard let program = File.program(kind.rawValue) else {
            throw BenchmarkError(Requirement.missing([kind.rawValue]))
        }
        self.kind = kind
        port = try LoopbackSocket.freePort()
        let log = "\(authority.folder)/\(kind.rawValue).\(port).log"
        let arguments: [String]
        switch kind {
        case .http1:
            let configuration = "\(authority.folder)/stunnel.\(port).conf"
            let text = """
                foreground = yes
                pid =
                debug = err
                [server]
                accept = 127.0.0.1:\(port)
                connect = 127.0.0.1:\(server)
                cert = \(authority.certificate)
                key = \(authority.key)

                """
            try File.write(text.utf8, to: configuration)
            arguments = [configuration]
        case .http2:
            arguments = [
                "--conf=/dev/null", "--single-process", "--workers=1", "--no-ocsp", "--log-level=ERROR",
                "--accesslog-file=/dev/null", "--frontend=127.0.0.1,\(port)", "--backend=127.0.0.1,\(server)",
                authority.key, authority.certificate,
            ]
        }
        process = try ChildProcess(CommandLineCall(program: program, arguments: arguments), errors: .file(log))
        guard Self.waitForListener(port) else {
            process.stop()
            throw BenchmarkError("\(kind.rawValue) does not start: \(File.text(of: log))")
        }
    }

    /// Ends it.
    func stop() {
        process.stop()
    }

    private static func waitForListener(_ port: UInt16) -> Bool {
        for _ in 0..<500 {
            if let socket = try? LoopbackSocket.connected(to: port) {
                socket.close()
                return true
            }
            (MonotonicTime.now + 10_000_000).sleep()
        }
        return false
    }
}
