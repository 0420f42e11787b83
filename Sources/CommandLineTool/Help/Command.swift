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
    /// A command line to copy, without the program's name; none where the usage line is enough.
    var example: String?
    /// The parameters under the headings of the help, made when they are asked for: a run needs those of one command.
    var groups: @Sendable () -> [ParameterGroup] = { [] }
    let run: @Sendable (CommandContext, ParameterValues) throws -> Void

    /// Everything that the command takes, in the order of the help.
    var parameters: [Parameter] { groups().flatMap(\.parameters) }
}

/// Parameters that the help shows under one heading.
struct ParameterGroup: Sendable {
    let title: String
    let parameters: [Parameter]

    /// For a command with so few that they need no heading of their own.
    static func all(_ parameters: [Parameter]) -> [ParameterGroup] {
        [ParameterGroup(title: "Parameters", parameters: parameters)]
    }
}
