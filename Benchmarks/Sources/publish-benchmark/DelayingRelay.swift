import Loopback
import Synchronization

/// A TCP relay on loopback that delays every byte as a network of that round trip would, and counts what goes by.
final class DelayingRelay: Sendable {
    /// What went through.
    struct Traffic: Sendable, Equatable {
        var connections = 0
        var bytesToServer = 0
        var bytesToClient = 0
    }

    /// The port for clients.
    let port: UInt16
    private let listener: LoopbackSocket
    private let counted: Counted

    private final class Counted: Sendable {
        let traffic = Mutex(Traffic())
    }

    /// Relays from a free port to that one.
    init(to server: UInt16, roundTrip: NetworkPath.RoundTrip) throws(SystemCallError) {
        let listener = try LoopbackSocket.listening()
        let counted = Counted()
        self.listener = listener
        self.counted = counted
        port = listener.port
        try SystemThread {
            while let client = listener.accept() {
                let path = NetworkPath(roundTrip: roundTrip, opened: .now)
                counted.traffic.withLock { $0.connections += 1 }
                do {
                    try SystemThread { Self.relay(client, to: server, path, counted) }.detach()
                } catch {
                    client.close()
                }
            }
            listener.close()
        }.detach()
    }

    deinit {
        listener.shutdown()
    }

    /// What went through so far.
    var traffic: Traffic { counted.traffic.withLock { $0 } }

    private static func relay(_ client: LoopbackSocket, to port: UInt16, _ path: NetworkPath, _ counted: Counted) {
        defer { client.close() }
        guard let server = try? LoopbackSocket.connected(to: port) else { return }
        defer { server.close() }
        let responses = try? SystemThread {
            pump(from: server, to: client, arrival: path.arrivalAtClient) { count in
                counted.traffic.withLock { $0.bytesToClient += count }
            }
        }
        guard let responses else { return }
        pump(from: client, to: server, arrival: path.arrivalAtServer) { count in
            counted.traffic.withLock { $0.bytesToServer += count }
        }
        responses.join()
    }

    /// Carries bytes in one direction until their end has arrived.
    private static func pump(
        from source: LoopbackSocket, to sink: LoopbackSocket,
        arrival: @escaping @Sendable (MonotonicTime) -> MonotonicTime, count: (Int) -> Void
    ) {
        let line = DelayLine()
        let writer = try? SystemThread {
            while let bytes = line.next() {
                guard sink.send(bytes) else {
                    source.shutdown()
                    break
                }
            }
            sink.finishSending()
        }
        guard let writer else {
            source.shutdown()
            return sink.shutdown()
        }
        while let bytes = source.receive() {
            line.put(bytes, arrivingAt: arrival(.now))
            count(bytes.count)
        }
        line.put(nil, arrivingAt: arrival(.now))
        writer.join()
    }
}

/// When bytes that are sent over one connection arrive, on a network whose bandwidth does not matter.
struct NetworkPath: Sendable {
    /// A span of time in nanoseconds.
    struct RoundTrip: Sendable, Equatable {
        let nanoseconds: Int

        static func milliseconds(_ count: Int) -> RoundTrip { RoundTrip(nanoseconds: count * 1_000_000) }
    }

    let roundTrip: RoundTrip
    /// When the client asked for the connection.
    let opened: MonotonicTime

    /// When bytes that left the client at an instant reach the server.
    ///
    /// On loopback a client believes itself connected at once; over a network it would have sent nothing for the round
    /// trip that TCP's handshake takes.
    func arrivalAtServer(_ sent: MonotonicTime) -> MonotonicTime {
        max(sent, opened + roundTrip.nanoseconds) + roundTrip.nanoseconds / 2
    }

    /// When bytes that left the server at an instant reach the client; the server knows of the connection half a round
    /// trip after the client asked for it.
    func arrivalAtClient(_ sent: MonotonicTime) -> MonotonicTime {
        max(sent, opened + roundTrip.nanoseconds / 2) + roundTrip.nanoseconds / 2
    }
}
