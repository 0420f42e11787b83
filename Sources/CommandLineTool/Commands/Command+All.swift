extension Command {
    /// All commands in the order of the help.
    static let all: [Command] = [
        .publish, .apply, .set, .render, .validate, .check, .template, .schema, .completions, .man, .help,
    ]

    static func named(_ name: String) -> Command? {
        all.first { $0.name == name }
    }
}

extension Parameter {
    /// Every parameter of every command.
    static let all = Command.all.flatMap(\.parameters)
}
