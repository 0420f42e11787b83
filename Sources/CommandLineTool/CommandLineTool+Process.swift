import HTTP
import Redaction
import Synchronization
import System

extension CommandLineTool {
    /// The variables whose parameters have a value already, by one of their variables or by their flag.
    public static func variablesGiven(in environment: [String: String], arguments: [String]) -> Set<String> {
        let scan = ScannedArguments(arguments, Parameter.withVariables)
        let given = Parameter.withVariables.filter { parameter in
            !scan.values(of: parameter).isEmpty || parameter.variables.contains { !(environment[$0] ?? "").isEmpty }
        }
        return Set(given.flatMap(\.variables))
    }

    /// Runs a command line as this process, in its own environment or another one, and ends it with the exit code.
    public static func runProcess(
        _ arguments: some Sequence<String>, environment given: [String: String]? = nil
    ) -> Never {
        FileDescriptor.replaceClosedStreams()
        let environment = given ?? ProcessEnvironment.variables
        var tool = CommandLineTool(
            environment: environment, workingDirectory: ProcessEnvironment.workingDirectory,
            output: StandardStream.output,
            errorOutput: StandardStream.error)
        for secret in ProxyEnvironment.secrets(in: environment) { tool.console.redactor.register(secret) }
        tool.endOnSignals()
        // What blocks without a limit of its own is stopped by this: a credential file that is a pipe nothing writes to, a
        // standard output that nothing reads.
        tool.endProcess = { ProcessSignal.raiseAlarm(after: $0 + .seconds(1)) }
        // Nothing is left to flush, and libraries must not be taken down while a thread of theirs may still run.
        ProcessEnvironment.end(tool.run(Array(arguments)).rawValue)
    }

    /// Makes SIGTERM, SIGINT and the alarm end the process at once.
    private func endOnSignals() {
        ProcessSignal.handle { signal in
            switch signal {
            case .interrupt: end(by: .interrupted)
            case .terminate: end(by: .terminated)
            case .alarm: endAfterAllTime()
            }
        }
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

    /// Ends the process now; the message has a tenth of a second, for standard error may be a pipe that is not read.
    private func end(_ code: ExitCode, _ event: String, _ message: String) -> Never {
        UnfinishedFiles.unlinkAll()
        let isSaid = Flag()
        let speaker = WorkerThread {
            console.log(.error, event, message, [.exitCode(code)])
            isSaid.raise()
        }
        speaker?.detach()
        for _ in 0..<100 where speaker != nil && !isSaid.isUp { SystemClock.sleep(.milliseconds(1)) }
        ProcessEnvironment.end(code.rawValue)
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
