import Glibc

/// A thread beside the one that starts it.
public final class WorkerThread: Sendable {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    private let thread: pthread_t

    /// Starts a thread that runs the body once; nil where the system has none to give.
    public init?(_ run: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let body = Unmanaged.passRetained(Body(run))
        let code = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, body.toOpaque())
        guard code == 0 else {
            body.release()
            return nil
        }
        self.thread = thread
    }

    /// Waits until the body has returned; once.
    public func join() {
        pthread_join(thread, nil)
    }

    /// Leaves it to itself, as long as the process lasts.
    public func detach() {
        pthread_detach(thread)
    }
}
