import Glibc

/// A blocking TCP socket on loopback; whoever opened it closes it.
struct Socket: Sendable {
    /// Linux's POLLRDHUP, which Glibc shows only to GNU sources.
    private static let peerClosed: Int16 = 0x2000

    private let descriptor: Int32

    /// Listens on 127.0.0.1, on a free port where `port` is 0.
    static func listening(port: UInt16) throws(MockControlPlane.StartError) -> Socket {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw MockControlPlane.StartError(call: "socket", code: errno) }
        let listener = Socket(descriptor: descriptor)
        // A server that is started again takes its port back although old connections linger in TIME_WAIT.
        listener.set(SO_REUSEADDR, to: Int32(1))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = in_addr(s_addr: INADDR_LOOPBACK.bigEndian)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        guard bound == 0, listen(descriptor, SOMAXCONN) == 0 else {
            let code = errno
            listener.close()
            throw MockControlPlane.StartError(call: bound == 0 ? "listen" : "bind", code: code)
        }
        return listener
    }

    /// The port that it is bound to.
    var port: UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    /// The next connection; nil once the listener was shut down.
    func accept() -> Socket? {
        while true {
            let accepted = Glibc.accept(descriptor, nil, nil)
            if accepted >= 0 {
                // A child process that inherited it would hold the connection open.
                _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
                let connection = Socket(descriptor: accepted)
                connection.set(level: Int32(IPPROTO_TCP), TCP_NODELAY, to: Int32(1))
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

    /// Appends what has arrived, waiting for the first byte; false at the end or after a failure.
    func receive(into buffer: inout [UInt8]) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 1) { chunk in
            while true {
                let count = recv(descriptor, chunk.baseAddress, chunk.count, 0)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return false }
                buffer.append(contentsOf: chunk[..<count])
                return true
            }
        }
    }

    /// Sends all of it; false where the other side is gone.
    func send(_ bytes: some Collection<UInt8>) -> Bool {
        let sent = bytes.withContiguousStorageIfAvailable { send(UnsafeRawBufferPointer($0)) }
        return sent ?? Array(bytes).withUnsafeBytes(send)
    }

    private func send(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.send(descriptor, part.baseAddress, part.count, Int32(MSG_NOSIGNAL))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Waits that long; false as soon as the socket is shut down or reset.
    func pause(_ duration: Duration) -> Bool {
        poll(for: 0, atMost: duration) == 0
    }

    /// Waits until the other side closes its end or the socket is shut down.
    func waitForEnd() {
        _ = poll(for: Self.peerClosed, atMost: nil)
    }

    /// Says goodbye and reads on for a moment: closing with unread bytes would reset the connection and take the
    /// answer back from under the reader.
    func finishPolitely() {
        Glibc.shutdown(descriptor, Int32(SHUT_WR))
        var ignored: [UInt8] = []
        let deadline = ContinuousClock.now + .seconds(1)
        while poll(for: Int16(POLLIN), atMost: deadline - .now) > 0, receive(into: &ignored) {
            ignored.removeAll(keepingCapacity: true)
        }
    }

    /// The number of descriptors with news, 0 when the time is over.
    private func poll(for events: Int16, atMost duration: Duration?) -> Int32 {
        let deadline = duration.map { ContinuousClock.now + $0 }
        var entry = pollfd(fd: descriptor, events: events, revents: 0)
        while true {
            let rest = deadline.map { ($0 - .now) / .milliseconds(1) }
            // Rounded up, or the last millisecond would be spent spinning; a long wait goes by in parts.
            let timeout = rest.map { Int32(min(max($0.rounded(.up), 0), 1_000_000)) } ?? -1
            let result = Glibc.poll(&entry, 1, timeout)
            if result < 0 && errno == EINTR { continue }
            if result == 0, let deadline, deadline > .now { continue }
            return result
        }
    }

    /// Wakes everything that waits on it, on whatever thread.
    func shutdown() {
        Glibc.shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Makes the coming `close` a reset.
    func resetWhenClosed() {
        set(SO_LINGER, to: linger(l_onoff: 1, l_linger: 0))
    }

    /// Gives the descriptor back.
    func close() {
        Glibc.close(descriptor)
    }

    private func set<Value: BitwiseCopyable>(level: Int32 = SOL_SOCKET, _ option: Int32, to value: Value) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Value>.size))
    }
}
