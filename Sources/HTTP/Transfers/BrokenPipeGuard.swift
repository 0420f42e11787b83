import Glibc

/// Keeps a write to a dead connection from ending the process.
///
/// libcurl with `CURLOPT_NOSIGNAL` leaves SIGPIPE to its user, and a TLS library may write without `MSG_NOSIGNAL`.
/// The process's own disposition stays as it is: a closed standard output is to end it.
enum BrokenPipeGuard {
    /// Runs the body with SIGPIPE blocked in this thread; one that came meanwhile is taken away.
    static func run<Result>(_ body: () -> Result) -> Result {
        var brokenPipe = sigset_t()
        sigemptyset(&brokenPipe)
        sigaddset(&brokenPipe, SIGPIPE)
        var previous = sigset_t()
        var pending = sigset_t()
        sigpending(&pending)
        let wasPending = sigismember(&pending, SIGPIPE) == 1
        pthread_sigmask(SIG_BLOCK, &brokenPipe, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        let result = body()
        if !wasPending {
            var atOnce = timespec()
            while sigtimedwait(&brokenPipe, nil, &atOnce) == -1 && errno == EINTR {}
        }
        return result
    }
}
