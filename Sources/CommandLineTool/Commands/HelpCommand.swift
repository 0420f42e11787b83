extension Command {
    static let help = Command(
        name: "help", summary: "print what a command does and its parameters", discussion: "", operands: "[COMMAND]",
        operandWords: { Command.all.map(\.name) },
        run: { context, values in
            guard let name = values.operands.first else {
                try context.console.print(HelpText.overview(Command.all))
                return
            }
            guard let command = Command.named(name) else {
                throw UsageError(problems: [HelpText.unknownCommand(name, Command.all)])
            }
            try context.console.print(HelpText.text(for: command))
        })
}
