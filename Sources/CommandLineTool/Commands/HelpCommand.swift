extension Command {
    static let help = Command(
        name: "help", summary: "print what a command does and its parameters", discussion: "", operands: "[COMMAND]",
        operandWords: { Command.all.map(\.name) },
        run: { context, values in
            try ParameterReader(values).finish()
            guard let name = values.operands.first else {
                try context.console.page(HelpText.overview(Command.all))
                return
            }
            guard values.operands.count == 1, let command = Command.named(name) else {
                let problem = HelpText.unknownCommand(name, Command.all)
                throw UsageError(problems: [values.operands.count == 1 ? problem : "help takes one command's name"])
            }
            try context.console.page(HelpText.text(for: command))
        })
}
