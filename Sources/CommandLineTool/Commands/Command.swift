/// One of the program's commands: a row from which the dispatch, the help and the manual come.
struct Command: Sendable {
    let name: String
    /// What it does, in one line without a full stop.
    let summary: String
    /// What the help says below the usage line, in sentences.
    let discussion: String
    /// What may stand behind the flags, as the usage line shows it.
    var operands: String?
    /// The words that may stand there, for completion; none where it is files that are meant.
    var operandWords: @Sendable () -> [String] = { [] }
    let parameters: [Parameter]
    let run: @Sendable (CommandContext, ParameterValues) throws -> Void

    /// All commands in the order of the help.
    static let all: [Command] = [.publish, .render, .validate, .template, .schema, .completions, .man, .help]

    static func named(_ name: String) -> Command? {
        all.first { $0.name == name }
    }
}
