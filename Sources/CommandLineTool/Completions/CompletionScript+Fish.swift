extension CompletionScript {
    /// One line for each word that may stand somewhere.
    static let fish = CompletionScript(shell: "fish") { commands in
        let first = "not __fish_seen_subcommand_from \(commands.map(\.name).joined(separator: " "))"
        var lines = [
            "# Completion of \(Program.name) for fish: \(Program.name) completions fish | source",
            complete("-f"),
            complete("-n \(ShellQuoting.fish(first)) -l help -d \(ShellQuoting.fish("print the help"))"),
            complete("-n \(ShellQuoting.fish(first)) -l version -d \(ShellQuoting.fish("print the version"))"),
        ]
        for command in commands {
            let summary = ShellQuoting.fish(command.summary)
            lines.append(complete("-n \(ShellQuoting.fish(first)) -a \(command.name) -d \(summary)"))
        }
        for command in commands { lines += flags(of: command) }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func complete(_ rest: String) -> String {
        "complete -c \(Program.name) \(rest)"
    }

    private static func flags(of command: Command) -> [String] {
        let condition = "-n \(ShellQuoting.fish("__fish_seen_subcommand_from \(command.name)"))"
        var lines = command.parameters.map { parameter in
            let name = String(parameter.flag.dropFirst(2))
            return complete("\(condition) -l \(name)\(value(of: parameter)) -d \(ShellQuoting.fish(parameter.summary))")
        }
        lines.append(complete("\(condition) -l help -d \(ShellQuoting.fish("print the help"))"))
        if command.operands != nil {
            let words = command.operandWords()
            lines.append(
                complete(
                    words.isEmpty
                        ? "\(condition) -F" : "\(condition) -a \(ShellQuoting.fish(words.joined(separator: " ")))"))
        }
        return lines
    }

    /// Whether the flag takes a value, and which: `-x` is a value that is no file.
    private static func value(of parameter: Parameter) -> String {
        switch parameter.argument {
        case .toggle: return ""
        case .optionalChoice(let words): return " -a \(ShellQuoting.fish(words.joined(separator: " ")))"
        case .choice(let words): return " -x -a \(ShellQuoting.fish(words.joined(separator: " ")))"
        case .value, .repeated: break
        }
        return switch parameter.completion {
        case .nothing: " -x"
        case .files: " -r -F"
        case .folders: " -x -a '(__fish_complete_directories)'"
        }
    }
}
