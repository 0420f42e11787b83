import Text

extension Command {
    static let completions = Command(
        name: "completions", summary: "print the completion script of a shell",
        discussion: "The script completes commands, flags, the words that a flag takes, and files. Load it with "
            + "'source <(\(Program.name) completions bash)', the same with zsh, or "
            + "'\(Program.name) completions fish | source'.",
        operands: CompletionScript.all.map(\.shell).joined(separator: "|"),
        operandWords: { CompletionScript.all.map(\.shell) },
        run: { context, values in
            let shells = CompletionScript.all.map(\.shell)
            guard values.operands.count == 1,
                let script = CompletionScript.all.first(where: { $0.shell == values.operands[0] })
            else { throw UsageError(problems: ["completions takes one word; write \(Alternatives.list(shells))"]) }
            try context.console.print(script.text(Command.all))
        })
}
