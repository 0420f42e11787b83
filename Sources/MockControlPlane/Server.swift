import Loopback

/// What the threads of a server share; it does not know `MockControlPlane`, so that dropping that one stops it.
final class Server: Sendable {
    /// What requests read and change.
    struct State: Sendable {
        var controlPlane: ControlPlaneState
        var faults = FaultScript()
        var requests: [MockControlPlane.RecordedRequest] = []
        var onRequest: (@Sendable (MockControlPlane.RecordedRequest) -> Void)?
        var beforeResponding: (@Sendable (MockControlPlane.RecordedRequest, inout MockControlPlane.Response) -> Void)?
    }

    /// What is open and running.
    struct Lifecycle: Sendable {
        var listener: LoopbackSocket?
        var acceptThread: SystemThread?
        var isStopping = false
        var connections: [Int: LoopbackSocket] = [:]
        var accepted = 0
    }

    let configuration: MockControlPlane.Configuration
    let state: Monitor<State>
    let lifecycle: Monitor<Lifecycle>

    init(configuration: MockControlPlane.Configuration, listener: LoopbackSocket) {
        self.configuration = configuration
        state = Monitor(State(controlPlane: ControlPlaneState(configuration: configuration)))
        lifecycle = Monitor(Lifecycle(listener: listener))
    }

    func start(port: UInt16) throws(SystemCallError) {
        _ = lifecycle.wait { $0.isStopping ? nil : () }
        try lifecycle.withLock { lifecycle throws(SystemCallError) in
            guard lifecycle.acceptThread == nil else { return }
            let listener: LoopbackSocket
            if let open = lifecycle.listener {
                listener = open
            } else {
                listener = try LoopbackSocket.listening(port: port)
                lifecycle.listener = listener
            }
            lifecycle.acceptThread = try SystemThread { self.acceptConnections(listener) }
        }
    }

    func stop() {
        let running: Lifecycle? =
            lifecycle.wait { lifecycle -> Lifecycle?? in
                if lifecycle.isStopping { return nil }
                guard let listener = lifecycle.listener else { return .some(nil) }
                lifecycle.isStopping = true
                listener.shutdown()
                for connection in lifecycle.connections.values { connection.shutdown() }
                return lifecycle
            } ?? nil
        guard let running else { return }
        running.acceptThread?.join()
        running.listener?.close()
        _ = lifecycle.wait { lifecycle -> Void? in
            guard lifecycle.connections.isEmpty else { return nil }
            lifecycle.listener = nil
            lifecycle.acceptThread = nil
            lifecycle.isStopping = false
            return ()
        }
    }

    private func acceptConnections(_ listener: LoopbackSocket) {
        while let socket = listener.accept() {
            let number: Int? = lifecycle.withLock { lifecycle in
                guard !lifecycle.isStopping else { return nil }
                lifecycle.accepted += 1
                lifecycle.connections[lifecycle.accepted] = socket
                return lifecycle.accepted
            }
            guard let number else {
                socket.close()
                continue
            }
            do {
                try SystemThread { Connection(socket: socket, number: number, server: self).run() }.detach()
            } catch {
                end(number, socket)
            }
        }
    }

    /// Closes a connection; under the lock, for `stop` must not shut down a descriptor that is of another connection by now.
    func end(_ number: Int, _ socket: LoopbackSocket) {
        lifecycle.withLock { lifecycle in
            lifecycle.connections[number] = nil
            socket.close()
        }
    }
}
