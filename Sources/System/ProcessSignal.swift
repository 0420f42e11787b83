import Glibc

/// What ends a process from outside.
public enum ProcessSignal: CInt, Sendable {
    /// Ctrl-C was pressed (SIGINT).
    case interrupt = 2
    /// Whatever runs the process wants it to end (SIGTERM).
    case terminate = 15
    /// The time that was set is over (SIGALRM).
    case alarm = 14
}

extension ProcessSignal {
    /// Has the first signal passed to `end`, in a thread of its own, which may write and take locks as a handler may not.
    ///
    /// Process 1 of a container has no default handlers: there a signal does nothing by itself. Where no thread is to be had the
    /// process ends without a word. An interrupt that was ignored when the process began, as a shell does for what it
    /// starts in the background, stays ignored. So are broken pipes, which are errors of the write.
    public static func handle(_ end: @escaping @Sendable (ProcessSignal) -> Void) {
        signal(SIGPIPE, SIG_IGN)
        var previous = sigaction()
        sigaction(SIGINT, nil, &previous)
        let isIgnored = unsafeBitCast(previous.__sigaction_handler.sa_handler, to: Int.self) == 1
        let handled: [ProcessSignal] = isIgnored ? [.terminate, .alarm] : [.interrupt, .terminate, .alarm]
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in handled { sigaddset(&signals, signal.rawValue) }
        // Before there is a thread, for all that there will be.
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        let waiter = WorkerThread { [signals] in
            var signals = signals
            var received: CInt = 0
            while sigwait(&signals, &received) != 0 {}
            if let signal = ProcessSignal(rawValue: received) { end(signal) }
        }
        if let waiter { return waiter.detach() }
        // EX_TEMPFAIL for a time that is over, and for a signal what a shell makes of it.
        for number in handled.map(\.rawValue) { signal(number) { _exit($0 == SIGALRM ? 75 : 128 + $0) } }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Raises the alarm after that time.
    public static func raiseAlarm(after time: Duration) {
        let (seconds, attoseconds) = time.components
        var timer = itimerval()
        timer.it_value = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
        setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
    }
}
