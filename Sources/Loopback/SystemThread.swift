import Glibc

/// A thread of the operating system: what waits on sockets must not depend on an executor having a thread to spare.
public struct SystemThread: Sendable {
    private let handle: pthread_t

    /// Starts `body` on a thread of its own; throws where the system has none left.
    public init(_ body: @escaping @Sendable () -> Void) throws(SystemCallError) {
        let work = Unmanaged.passRetained(Work(body))
        var handle = pthread_t()
        let code = pthread_create(
            &handle, nil,
            { argument in
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, work.toOpaque())
        guard code == 0 else {
            work.release()
            throw SystemCallError("pthread_create", code: code)
        }
        self.handle = handle
    }

    /// Waits for its end; call once, or `detach`.
    public func join() {
        pthread_join(handle, nil)
    }

    /// Leaves it to end by itself.
    public func detach() {
        pthread_detach(handle)
    }
}

private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}
