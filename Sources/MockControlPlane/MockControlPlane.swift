public import Loopback

/// An OAuth 2.0 and OpenChoreo API server on loopback, inside the process that tests against it.
///
/// It listens from `init` on, responds between `start` and `stop`, and may be started again on the same port. Every
/// member may be used from any thread; `stop` alone not from a hook, for it waits for the hook's own connection.
public final class MockControlPlane: Sendable {
    /// What the server was made with.
    public let configuration: Configuration
    /// The port on 127.0.0.1, the same through every restart.
    public let port: UInt16
    let server: Server

    /// A server that has its port but does not respond yet; throws where the port is taken.
    public init(configuration: Configuration = Configuration()) throws(StartError) {
        let listener: LoopbackSocket
        do { listener = try .listening(port: configuration.port) } catch { throw StartError(cause: error) }
        self.configuration = configuration
        port = listener.port
        server = Server(configuration: configuration, listener: listener)
    }

    deinit {
        server.stop()
    }

    /// A server that responds already, its configuration changed from the default by `configure`.
    public static func started(
        _ configure: (inout Configuration) -> Void = { _ in }
    ) throws(StartError) -> MockControlPlane {
        var configuration = Configuration()
        configure(&configuration)
        let controlPlane = try MockControlPlane(configuration: configuration)
        try controlPlane.start()
        return controlPlane
    }

    /// Begins to respond, again after a `stop`; without effect while it does.
    public func start() throws(StartError) {
        do { try server.start(port: port) } catch { throw StartError(cause: error) }
    }

    /// Closes the port and every connection, and returns when nothing of them runs any more; state and records stay.
    public func stop() {
        server.stop()
    }

    /// Where the API is: no slash at the end, the configured base path included.
    public var baseURL: String { "http://127.0.0.1:\(port)\(configuration.basePath)" }

    /// The OAuth token endpoint.
    public var tokenURL: String { "http://127.0.0.1:\(port)/oauth2/token" }
}

extension MockControlPlane {
    /// A server that could not start: the system call that failed.
    public struct StartError: Error, Equatable, CustomStringConvertible {
        /// The system call that failed.
        public let cause: SystemCallError

        /// The call and the reason, for a person who runs the tests.
        public var description: String { "the mock control plane cannot start: \(cause); is its port taken?" }
    }
}
