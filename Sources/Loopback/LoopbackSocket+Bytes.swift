import Glibc

extension LoopbackSocket {
    /// Linux's POLLRDHUP, which Glibc shows only to GNU sources.
    private static let peerClosed: Int16 = 0x2000

    /// Appends what has arrived, waiting for the first byte; false at the end or after a failure.
    public func receive(into buffer: inout [UInt8]) -> Bool {
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

    /// What has arrived, at least one byte; nil at the end or after a failure.
    public func receive() -> [UInt8]? {
        var bytes: [UInt8] = []
        return receive(into: &bytes) ? bytes : nil
    }

    /// Sends all of it; false where the other side is gone.
    public func send(_ bytes: some Collection<UInt8>) -> Bool {
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
    public func pause(_ duration: Duration) -> Bool {
        poll(for: 0, atMost: duration) == 0
    }

    /// Waits until the other side closes its end or the socket is shut down.
    public func waitForEnd() {
        _ = poll(for: Self.peerClosed, atMost: nil)
    }

    /// Says goodbye and reads on for a moment: closing with unread bytes would reset the connection and take the
    /// response back from under the reader.
    public func finishPolitely() {
        finishSending()
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
}
