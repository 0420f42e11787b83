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
    /// Every parameter that a variable may give, and every secret, of whatever command: publish takes them all.
    static let withVariables = Command.publish.parameters
}
