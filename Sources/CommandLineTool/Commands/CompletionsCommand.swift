extension Command {
    static let completions = Command(
        name: "completions", summary: "print the completion script of a shell",
        discussion: "The script completes commands, flags, the words that a flag takes, and files. Load it with "
            + "'source <(\(Program.name) completions bash)', the same with zsh, or "
            + "'\(Program.name) completions fish | source'.",
        operands: CompletionScript.words.joined(separator: "|"),
        operandWords: { CompletionScript.words },
        run: { context, values in
            var reader = ParameterReader(values)
            let shell = reader.operand(of: "completions", in: CompletionScript.allCases) { $0.rawValue }
            guard reader.error.isEmpty, let shell else { throw reader.error }
            try context.console.page(shell.text)
        })
}
