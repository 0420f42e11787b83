import HTTP

/// What a command may use of the world.
struct CommandContext {
    /// The words behind the command's name.
    let arguments: [String]
    let environment: [String: String]
    /// An absolute path.
    let workingDirectory: String
    let console: Console
    let timing: Timing
    /// What has been done so far, for the message of a program that is stopped.
    let progress: Progress
    /// Ends the process after that time, should nothing else have done so; nothing where there is no process to end.
    let endProcess: @Sendable (_ after: Duration) -> Void
}

extension CommandContext {
    /// Begins to count the time of a run, at the end of which the process ends if nothing else has ended it.
    @discardableResult
    func beginTime(_ timeout: Duration) -> HTTPDeadline {
        endProcess(timeout)
        return HTTPDeadline(timeout: timeout, timing: timing)
    }

    /// How text looks on standard output.
    var outputStyle: TerminalStyle {
        TerminalStyle(isTerminal: console.isOutputTerminal, environment: environment)
    }

    /// Writes a result to the file that a parameter names, or else to standard output.
    func deliver(_ text: String, _ values: ParameterValues) throws {
        guard let file = values.text(.outputFile) else { return try console.print(text) }
        do throws(OutputError) {
            try OutputFile.write(Array(text.utf8), to: file)
        } catch {
            throw error.named(by: .outputFile)
        }
    }
}
