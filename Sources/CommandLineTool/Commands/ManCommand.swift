extension Command {
    static let man = Command(
        name: "man", summary: "print the manual page",
        discussion: "Prints it as man reads it: '\(Program.name) man | man -l -' shows it.",
        run: { context, values in
            try ParameterReader(values).finish()
            try context.console.page(ManualPage.text(Command.all))
        })
}
