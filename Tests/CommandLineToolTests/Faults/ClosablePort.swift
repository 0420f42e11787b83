import Glibc
import MockControlPlane
import Synchronization

/// The port of a control plane, to be closed once and perhaps opened again.
///
/// While it is closed it stays bound: no other process may get it, and a client's own port must not be this one, for then
/// it would connect to itself.
final class ClosablePort: Sendable {
    private enum State {
        case open
        case closed(holder: Int32)
        case reopened
    }

    private let controlPlane: MockControlPlane
    private let state = Mutex(State.open)

    init(_ controlPlane: MockControlPlane) {
        self.controlPlane = controlPlane
    }

    deinit {
        if case .closed(let holder) = state.withLock({ $0 }) { Glibc.close(holder) }
    }

    /// Closes the port and all connections; without effect after the first time.
    func close() {
        state.withLock { state in
            guard case .open = state else { return }
            controlPlane.stop()
            state = .closed(holder: Self.bound(to: controlPlane.port))
        }
    }

    /// Opens the port again; where that fails it stays closed, which the test sees.
    func open() {
        state.withLock { state in
            guard case .closed(let holder) = state else { return }
            Glibc.close(holder)
            try? controlPlane.start()
            state = .reopened
        }
    }

    private static func bound(to port: UInt16) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return descriptor
    }
}
