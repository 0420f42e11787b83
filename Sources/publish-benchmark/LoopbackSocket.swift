import Glibc

/// A blocking TCP socket on 127.0.0.1; whoever opened it closes it.
struct LoopbackSocket: Sendable {
    private let descriptor: Int32

    /// Listens on a free port.
    static func listening() throws(SystemCallError) -> LoopbackSocket {
        let listener = try LoopbackSocket.opened()
        let code = listener.withAddress(port: 0) { bind(listener.descriptor, $0, $1) }
        guard code == 0, listen(listener.descriptor, SOMAXCONN) == 0 else {
            let error = SystemCallError(code == 0 ? "listen" : "bind")
            listener.close()
            throw error
        }
        return listener
    }

    /// Connects to a port.
    static func connected(to port: UInt16) throws(SystemCallError) -> LoopbackSocket {
        let socket = try LoopbackSocket.opened()
        guard socket.withAddress(port: port, { connect(socket.descriptor, $0, $1) }) == 0 else {
            let error = SystemCallError("connect")
            socket.close()
            throw error
        }
        return socket
    }

    /// A port that nobody listens on at the moment, for a program that has to be told one.
    static func freePort() throws(SystemCallError) -> UInt16 {
        let listener = try listening()
        defer { listener.close() }
        return listener.port
    }

    private static func opened() throws(SystemCallError) -> LoopbackSocket {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemCallError("socket") }
        let opened = LoopbackSocket(descriptor: descriptor)
        opened.sendAtOnce()
        return opened
    }

    /// The port on this side.
    var port: UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    /// The next connection; nil once the listener was shut down.
    func accept() -> LoopbackSocket? {
        while true {
            let accepted = Glibc.accept(descriptor, nil, nil)
            if accepted < 0 && (errno == EINTR || errno == ECONNABORTED) { continue }
            guard accepted >= 0 else { return nil }
            _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
            let connection = LoopbackSocket(descriptor: accepted)
            connection.sendAtOnce()
            return connection
        }
    }

    /// What has arrived, at least one byte; nil at the end or after a failure.
    func receive() -> [UInt8]? {
        var received = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: 64 * 1024) { buffer, count in
            repeat {
                received = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            } while received < 0 && errno == EINTR
            count = max(0, received)
        }
        return chunk.isEmpty ? nil : chunk
    }

    /// Sends all of it; false where the other side is gone.
    func send(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let count = Glibc.send(descriptor, part.baseAddress, part.count, Int32(MSG_NOSIGNAL))
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }

    /// Tells the other side that nothing more comes.
    func finishSending() {
        Glibc.shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Wakes everything that waits on it, on whatever thread.
    func shutdown() {
        Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Gives the descriptor back.
    func close() {
        Glibc.close(descriptor)
    }

    private func sendAtOnce() {
        var isOn: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
    }

    private func withAddress(port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = in_addr(s_addr: INADDR_LOOPBACK.bigEndian)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

/// A system call that failed, with the reason at that moment.
struct SystemCallError: Error, CustomStringConvertible {
    let call: String
    let code: Int32

    init(_ call: String, code: Int32 = errno) {
        self.call = call
        self.code = code
    }

    var description: String { "\(call): \(String(cString: strerror(code)))" }
}
