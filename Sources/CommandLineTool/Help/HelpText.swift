import Text

/// The help, made from the tables of commands and parameters.
enum HelpText {
    /// What is printed without a command.
    static func overview(_ commands: [Command]) -> String {
        let width = commands.map(\.name.count).max() ?? 0
        let lines = commands.map { command in
            let padding = String(repeating: " ", count: width - command.name.count)
            return "  \(command.name)\(padding)  \(command.summary)\n"
        }
        return """
            \(Program.name) runs as a step of a CI pipeline: it builds the OpenChoreo Workload of workload.yaml and a
            container image, and creates it, or updates it if it exists.

            Usage: \(Program.name) COMMAND [PARAMETERS]

            Commands:
            \(lines.joined())
            '\(Program.name) COMMAND --help' explains a command, '\(Program.name) --version' prints the version.

            """
    }

    /// What a command's `--help` prints.
    static func text(for command: Command) -> String {
        var text = "Usage: \(usage(of: command))\n\n\(sentence(command.summary))\n"
        if !command.discussion.isEmpty { text += "\n\(wrapped(command.discussion, indent: 0))\n" }
        if let example = command.example {
            let lines = "\(Program.name) \(example)".split(separator: "\n")
            text += "\nFor example:\n\n" + lines.map { "  \($0)\n" }.joined()
        }
        for group in command.groups() {
            text += "\n\(group.title):\n"
            for parameter in group.parameters {
                text += "\n  \(tag(of: parameter))\n\(wrapped(sentence(parameter.summary), indent: 6))\n"
                text += remarks(on: parameter).map { "      \($0)\n" }.joined()
            }
        }
        if command.parameters.contains(where: { !$0.variables.isEmpty }) {
            text += "\nA flag wins over its variable. An empty value counts as none.\n"
        }
        return text
    }

    /// How a command is called.
    static func usage(of command: Command) -> String {
        let parameters = command.parameters.isEmpty ? nil : "[PARAMETERS]"
        return [Program.name, command.name, command.operands, parameters].compactMap { $0 }.joined(separator: " ")
    }

    /// A parameter's flags, with what stands behind them.
    static func tag(of parameter: Parameter) -> String {
        (parameter.shortFlag.map { "\($0), " } ?? "") + parameter.usage
    }

    /// What else gives a parameter's value.
    static func remarks(on parameter: Parameter) -> [String] {
        let variables = parameter.variables.joined(separator: ", ")
        return (variables.isEmpty ? [] : ["Variable: \(variables)"]) + ["Default: \(parameter.shownDefault)"]
    }

    /// The text with a capital letter and a full stop.
    static func sentence(_ text: String) -> String {
        "\(text.prefix(1).uppercased())\(text.dropFirst())."
    }

    /// What to say about a word that is no command.
    static func unknownCommand(_ word: String, _ commands: [Command]) -> String {
        if word.utf8.first == UInt8(ascii: "-") { return "a command comes first, its flags after it" }
        let nearest = Spelling.nearest(to: word, in: commands.map(\.name) + ["--help", "--version"])
        let problem = SecretCaution().quoted(word).map { "unknown command \($0)" } ?? "argument 1 is not a command"
        return problem + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    }

    /// The words in lines of at most 100 characters.
    static func wrapped(_ text: String, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = margin
        for word in text.split(separator: " ") {
            if line.count > indent && line.count + 1 + word.count > 100 {
                lines.append(line)
                line = margin
            }
            line += (line.count > indent ? " " : "") + word
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
