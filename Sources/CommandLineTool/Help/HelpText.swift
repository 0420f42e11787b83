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
        var text = "Usage: \(Program.name) \(command.name)\(command.operands.map { " \($0)" } ?? "")"
        text += command.parameters.isEmpty ? "\n" : " [PARAMETERS]\n"
        text += "\n\(command.summary.prefix(1).uppercased())\(command.summary.dropFirst()).\n"
        if !command.discussion.isEmpty { text += "\n\(wrapped(command.discussion, indent: 0))\n" }
        if let example = command.example {
            let lines = "\(Program.name) \(example)".split(separator: "\n")
            text += "\nFor example:\n\n" + lines.map { "  \($0)\n" }.joined()
        }
        for group in command.groups() {
            text += "\n\(group.title):\n"
            for parameter in group.parameters { text += description(of: parameter) }
        }
        if command.parameters.contains(where: { !$0.variables.isEmpty }) {
            text += "\nA flag wins over its variable. An empty value counts as none.\n"
        }
        return text
    }

    private static func description(of parameter: Parameter) -> String {
        let short = parameter.shortFlag.map { "\($0), " } ?? ""
        var text = "\n  \(short)\(parameter.usage)\n\(wrapped(parameter.summary + ".", indent: 6))\n"
        if !parameter.variables.isEmpty {
            text += "      Variable: \(parameter.variables.joined(separator: ", "))\n"
        }
        return text + "      Default: \(parameter.shownDefault)\n"
    }

    /// What to say about a word that is no command.
    static func unknownCommand(_ word: String, _ commands: [Command]) -> String {
        let flags = ["--help", "--version"]
        if word.utf8.first == UInt8(ascii: "-") {
            guard let problem = UnknownFlag.description(of: word, in: flags), problem.contains("mean") else {
                return "a command comes first, its flags after it"
            }
            return problem
        }
        let nearest = Spelling.nearest(to: word, in: commands.map(\.name) + flags)
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
