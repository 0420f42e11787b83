import Glibc
import HTTP
import Redaction
import Synchronization
import System

extension CommandLineTool {
    /// The variables that mean something to the program, as this process has them.
    public static var processEnvironment: [String: String] {
        var environment: [String: String] = [:]
        let others = GitHubActions.variables + TerminalStyle.variables + [UsageError.secretName]
        for variable in Parameter.all.flatMap(\.variables) + others {
            if let value = getenv(variable) { environment[variable] = String(cString: value) }
        }
        return environment
    }

    /// The variables whose parameters have a value already, by one of their variables or by their flag.
    public static func variablesGiven(in environment: [String: String], arguments: [String]) -> Set<String> {
        let scan = ScannedArguments(arguments, Parameter.all)
        let given = Parameter.all.filter { parameter in
            !scan.values(of: parameter).isEmpty || parameter.variables.contains { !(environment[$0] ?? "").isEmpty }
        }
        return Set(given.flatMap(\.variables))
    }

    /// The current folder of this process, as an absolute path.
    public static var processWorkingDirectory: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }

    /// Runs a command line as this process and ends it with the exit code.
    public static func runProcess(
        _ arguments: some Sequence<String>, environment: [String: String] = processEnvironment
    ) -> Never {
        StandardStream.replaceClosed()
        var tool = CommandLineTool(
            environment: environment, workingDirectory: processWorkingDirectory, output: StandardStream.output,
            errorOutput: StandardStream.error)
        for secret in ProxyEnvironment.secrets { tool.console.redactor.register(secret) }
        tool.endOnSignals()
        tool.endProcess = Self.raiseAlarm(after:)
        // Nothing is left to flush, and libraries must not be taken down while a thread of theirs may still run.
        _exit(tool.run(Array(arguments)).rawValue)
    }

    /// Makes SIGTERM, SIGINT and the alarm end the process at once, by a thread that waits for them.
    ///
    /// Process 1 of a container has no default handlers, so without this a signal would do nothing there. A thread may
    /// write and take locks, which a signal handler may not.
    private func endOnSignals() {
        signal(SIGPIPE, SIG_IGN)
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGTERM, SIGINT, SIGALRM] { sigaddset(&signals, signal) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        BackgroundThread.start { [signals] in
            var signals = signals
            var received: Int32 = 0
            while sigwait(&signals, &received) != 0 {}
            switch received {
            case SIGINT: end(by: .interrupted)
            case SIGTERM: end(by: .terminated)
            default: endAfterAllTime()
            }
        }
    }

    /// Raises an alarm when a time is over that everything else should have kept within.
    ///
    /// What blocks without a limit of its own is stopped by this: a credential file that is a pipe nobody writes to,
    /// a standard output that nobody reads.
    private static func raiseAlarm(after time: Duration) {
        let (seconds, attoseconds) = (time + .seconds(1)).components
        var timer = itimerval()
        timer.it_value = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
        setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
    }

    private func endAfterAllTime() -> Never {
        end(
            .temporaryFailure, "timeout",
            "the time for the whole step is over: \(progress.summary); run this again, with a longer "
                + "\(Parameter.timeout.name) if it needs one")
    }

    /// Ends the process as a signal asks, after saying what had been written.
    private func end(by code: ExitCode) -> Never {
        let name = code == .interrupted ? "SIGINT" : "SIGTERM"
        end(code, "stopped", "stopped by \(name): \(progress.summary); run this again to put it right")
    }

    /// Ends the process now; the message has a tenth of a second, for nobody may be reading standard error.
    private func end(_ code: ExitCode, _ event: String, _ message: String) -> Never {
        UnfinishedFiles.unlinkAll()
        let isSaid = Flag()
        BackgroundThread.start {
            console.log(.error, event, message, [.exitCode(code)])
            isSaid.raise()
        }
        for _ in 0..<100 where !isSaid.isUp { usleep(1000) }
        _exit(code.rawValue)
    }
}

/// Something that one thread does and another waits for.
private final class Flag: Sendable {
    private let state = Atomic(false)

    var isUp: Bool { state.load(ordering: .acquiring) }

    func raise() {
        state.store(true, ordering: .releasing)
    }
}
