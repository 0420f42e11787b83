import HTTP
import Redaction
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

    /// Makes SIGTERM, SIGINT and the alarm end the process at once, after saying what had been written.
    private func endOnSignals() {
        ProcessSignal.handle { signal in
            let written = progress.summary
            let advice = "run this again to put it right"
            switch signal {
            case .interrupt: end(.interrupted, "stopped", "stopped by SIGINT: \(written); \(advice)")
            case .terminate: end(.terminated, "stopped", "stopped by SIGTERM: \(written); \(advice)")
            case .alarm:
                end(
                    .temporaryFailure, "timeout",
                    "the time for the whole step is over: \(written); run this again, with a longer "
                        + "\(Parameter.timeout.name) if it needs one")
            }
        }
    }

    /// Ends the process now; the message has a tenth of a second, for standard error may be a pipe that is not read.
    private func end(_ code: ExitCode, _ event: String, _ message: String) -> Never {
        UnfinishedFiles.unlinkAll()
        let limit = WorkerThread {
            SystemClock.sleep(.milliseconds(100))
            ProcessEnvironment.end(code.rawValue)
        }
        limit?.detach()
        if limit != nil { console.log(.error, event, message, ["exitCode": code.json]) }
        ProcessEnvironment.end(code.rawValue)
    }
}
