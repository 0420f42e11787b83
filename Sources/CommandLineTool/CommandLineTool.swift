import HTTP
import Redaction
import Text

/// The program without its process: arguments and environment in, text and an exit code out.
public struct CommandLineTool: Sendable {
    private let environment: [String: String]
    private let workingDirectory: String
    let timing: Timing
    let console: Console
    let progress = Progress()
    /// Set where a process runs the tool and may be ended by it.
    var endProcess: @Sendable (_ after: Duration) -> Void = { _ in }

    /// A program in that environment; `workingDirectory` is an absolute path.
    public init(
        environment: [String: String], workingDirectory: String, output: any TextOutput, errorOutput: any TextOutput,
        timing: Timing = .system
    ) {
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.timing = timing
        console = Console(
            output: output, errorOutput: errorOutput, redactor: Redactor(), wallClock: timing.wallClock)
    }

    /// Runs one command line, the program's own name left out, and never throws: failures are reported and become codes.
    public func run(_ arguments: [String]) -> ExitCode {
        let command = arguments.first.flatMap(Command.named)
        registerSecrets(arguments)
        if let command { chooseLogFormat(ScannedArguments(arguments.dropFirst(), command.parameters), command) }
        do {
            try dispatch(arguments)
            return .success
        } catch let error as UsageError {
            report(error, command: command)
            return ExitCode(for: error)
        } catch {
            let failure = Failure(error, Advice(names: nil))
            console.log(.error, "failed", failure.description, ["exitCode": failure.code.json])
            return failure.code
        }
    }

    private func dispatch(_ arguments: [String]) throws {
        guard let first = arguments.first else {
            console.show(HelpText.overview(Command.all))
            throw UsageError(problems: ["no command is given"])
        }
        switch first {
        case "--version": return try console.page("\(Program.name) \(Program.build)\n")
        case "--help", "-h": return try console.page(HelpText.overview(Command.all))
        case Completer.command: return try console.page(Completer(arguments.dropFirst(), Command.all).lines)
        default: break
        }
        guard let command = Command.named(first) else {
            throw UsageError(problems: [HelpText.unknownCommand(first, Command.all)])
        }
        let rest = Array(arguments.dropFirst())
        let scan = ScannedArguments(rest, command.parameters)
        guard scan.values(of: .help).isEmpty else { return try console.page(HelpText.text(for: command)) }
        if [Command.publish.name, Command.apply.name].contains(command.name), GitHubActions(environment) != nil {
            console.annotate()
        }
        let parser = ArgumentParser(parameters: command.parameters, acceptsOperands: command.operands != nil)
        let values = parser.parse(scan, environment: environment)
        let level: Console.Level = values.isOn(.quiet) ? .warning : values.isOn(.verbose) ? .debug : .info
        console.configure(level: level, isJSON: values.word(.logFormat) == LogFormat.json)
        let context = CommandContext(
            arguments: rest, environment: environment, workingDirectory: workingDirectory, console: console,
            timing: timing, progress: progress, endProcess: endProcess)
        try command.run(context, values)
    }

    /// Before anything can be said, whatever may be a secret is made known to the redactor.
    private func registerSecrets(_ arguments: [String]) {
        let scan = ScannedArguments(arguments, Parameter.withVariables)
        for parameter in Parameter.withVariables where parameter.isSecret {
            for variable in parameter.variables { register(environment[variable] ?? "") }
            for value in scan.values(of: parameter) { register(value ?? "") }
        }
    }

    /// Registers a secret, and its parts around an equals sign: where it was given for a `K=V`, an error quotes one.
    private func register(_ text: String) {
        console.redactor.register(Secret(text.withoutFinalNewlines))
        let parts = text.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1)
        for part in parts where part.count >= 8 && parts.count > 1 {
            console.redactor.register(Secret(String(decoding: part, as: UTF8.self)))
        }
    }

    /// Before anything can go wrong, the form of the log; a malformed one is a usage error later.
    private func chooseLogFormat(_ scan: ScannedArguments, _ command: Command) {
        guard let row = command.parameters.first(where: { $0.flag == Parameter.logFormat.flag }) else { return }
        let format = scan.values(of: row).last ?? row.variables.compactMap { environment[$0] }.first
        console.configure(level: .info, isJSON: format == LogFormat.json.rawValue)
    }

    private func report(_ error: UsageError, command: Command?) {
        var problems = error.problems
        if !error.missing.isEmpty {
            var problem = "missing: \(error.missing.joined(separator: ", "))"
            if let name = environment[UsageError.secretName], !name.isEmpty,
                error.missing.contains(where: { $0.contains(Parameter.oauthClientSecret.flag) })
            {
                problem += "; the Secret \(Quoted(name)) does not exist in the pod's namespace or lacks its key"
            }
            problems.append(problem)
        }
        let help = command.map { "\(Program.name) \($0.name) --help" } ?? "\(Program.name) --help"
        for problem in problems.dropLast() { console.log(.error, "usage", problem) }
        let last = problems.last ?? "wrong usage"
        let joint = last.utf8.last == UInt8(ascii: "?") ? "" : ";"
        console.log(
            .error, "usage", "\(last)\(joint) see '\(help)' (nothing was done)", ["exitCode": ExitCode.usage.json])
    }
}
