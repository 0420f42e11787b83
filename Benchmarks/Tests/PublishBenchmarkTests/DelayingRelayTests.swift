import Loopback
import Testing

@testable import publish_benchmark

struct DelayingRelayTests {
    @Test(arguments: [
        // milliseconds since the connection was asked for: when bytes leave, when they arrive
        (0, 30), (7, 30), (20, 30), (21, 31), (500, 510),
    ])
    func `what a client sends arrives half a round trip later, and never before a handshake could be over`(
        sent: Int, arrival: Int
    ) {
        let path = NetworkPath(roundTrip: .milliseconds(20), opened: MonotonicTime(nanoseconds: 1_000_000_000))
        #expect(path.arrivalAtServer(path.opened + sent * 1_000_000) == path.opened + arrival * 1_000_000)
    }

    @Test(arguments: [(0, 20), (10, 20), (11, 21), (30, 40)])
    func `what a server sends arrives half a round trip later, and never before it knew of the connection`(
        sent: Int, arrival: Int
    ) {
        let path = NetworkPath(roundTrip: .milliseconds(20), opened: MonotonicTime(nanoseconds: 1_000_000_000))
        #expect(path.arrivalAtClient(path.opened + sent * 1_000_000) == path.opened + arrival * 1_000_000)
    }

    @Test func `bytes leave a delay line in order, and then its end`() throws {
        let line = DelayLine()
        let now = MonotonicTime.now
        try SystemThread {
            for number in 0..<100 { line.put([UInt8(number)], arrivingAt: now) }
            line.put(nil, arrivingAt: now)
        }.detach()
        var taken: [UInt8] = []
        while let bytes = line.next() { taken += bytes }
        #expect(taken == Array(0..<100))
    }

    @Test func `a relay carries every byte both ways, and counts them`() throws {
        let server = try LoopbackSocket.listening()
        defer { server.close() }
        let echo = try SystemThread {
            for _ in 0..<2 {
                guard let connection = server.accept() else { return }
                while let bytes = connection.receive() {
                    guard connection.send(bytes + bytes) else { break }
                }
                connection.finishSending()
                connection.close()
            }
        }
        let relay = try DelayingRelay(to: server.port, roundTrip: .milliseconds(0))
        for _ in 0..<2 {
            let client = try LoopbackSocket.connected(to: relay.port)
            let message = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let sender = try SystemThread {
                _ = client.send(message)
                client.finishSending()
            }
            var response: [UInt8] = []
            while let bytes = client.receive() { response += bytes }
            sender.join()
            client.close()
            #expect(response.count == 2 * message.count)
        }
        echo.join()
        #expect(
            relay.traffic == DelayingRelay.Traffic(connections: 2, bytesToServer: 600_000, bytesToClient: 1_200_000))
    }

    @Test func `a client of a relay whose server is gone sees the end`() throws {
        let port = try LoopbackSocket.freePort()
        let relay = try DelayingRelay(to: port, roundTrip: .milliseconds(0))
        let client = try LoopbackSocket.connected(to: relay.port)
        defer { client.close() }
        #expect(client.receive() == nil)
        #expect(relay.traffic.connections == 1)
    }
}
