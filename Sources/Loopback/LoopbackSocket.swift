import Glibc

/// A blocking TCP socket on 127.0.0.1; what opened it closes it.
public struct LoopbackSocket: Sendable {
    let descriptor: Int32

    /// Listens on that port, on a free one where it is 0; so many connections more than one wait to be accepted.
    public static func listening(
        port: UInt16 = 0, backlog: Int32 = SOMAXCONN
    ) throws(SystemCallError) -> LoopbackSocket {
        let listener = try LoopbackSocket.opened()
        // A server that is started again takes its port back although old connections linger in TIME_WAIT.
        listener.set(SO_REUSEADDR, to: Int32(1))
        let code = listener.withAddress(port: port) { bind(listener.descriptor, $0, $1) }
        guard code == 0, listen(listener.descriptor, backlog) == 0 else {
            let error = SystemCallError(code == 0 ? "listen" : "bind")
            listener.close()
            throw error
        }
        return listener
    }

    /// Connects to a port.
    public static func connected(to port: UInt16) throws(SystemCallError) -> LoopbackSocket {
        let socket = try LoopbackSocket.opened()
        guard socket.withAddress(port: port, { connect(socket.descriptor, $0, $1) }) == 0 else {
            let error = SystemCallError("connect")
            socket.close()
            throw error
        }
        return socket
    }

    /// A port that nothing listens on at the moment, for a program that takes one as a parameter.
    public static func freePort() throws(SystemCallError) -> UInt16 {
        let listener = try listening()
        defer { listener.close() }
        return listener.port
    }

    /// The port on this side.
    public var port: UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    /// The next connection; nil once the listener was shut down.
    public func accept() -> LoopbackSocket? {
        while true {
            let accepted = Glibc.accept(descriptor, nil, nil)
            if accepted >= 0 {
                // A child process that inherited it would hold the connection open.
                _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
                let connection = LoopbackSocket(descriptor: accepted)
                connection.sendAtOnce()
                return connection
            }
            switch errno {
            case EINTR, ECONNABORTED: continue
            case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                // Other servers in this process will give some back.
                guard pause(.milliseconds(5)) else { return nil }
            default: return nil
            }
        }
    }

    /// Says to the other side that nothing more comes.
    public func finishSending() {
        Glibc.shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Wakes everything that waits on it, on whatever thread.
    public func shutdown() {
        Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Makes the coming `close` a reset.
    public func resetWhenClosed() {
        set(SO_LINGER, to: linger(l_onoff: 1, l_linger: 0))
    }

    /// Gives the descriptor back.
    public func close() {
        Glibc.close(descriptor)
    }

    private static func opened() throws(SystemCallError) -> LoopbackSocket {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemCallError("socket") }
        let opened = LoopbackSocket(descriptor: descriptor)
        opened.sendAtOnce()
        return opened
    }

    private func sendAtOnce() {
        set(level: Int32(IPPROTO_TCP), TCP_NODELAY, to: Int32(1))
    }

    private func set<Value: BitwiseCopyable>(level: Int32 = SOL_SOCKET, _ option: Int32, to value: Value) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Value>.size))
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
