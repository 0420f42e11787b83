/// The manual page, made from the tables of commands, parameters and exit codes (groff_man(7)).
enum ManualPage {
    /// The page as roff; it names no date, so that the same program prints the same page.
    static func text(_ commands: [Command]) -> String {
        var page = Roff()
        page.request("TH", [Program.name.uppercased(), "1", "", "\(Program.name) \(Program.version)", ""])
        page.section("NAME")
        page.paragraph("\(Program.name) \u{2013} publish an OpenChoreo Workload from a CI step")
        page.section("SYNOPSIS")
        page.synopsis(Program.name, "COMMAND [PARAMETERS]")
        page.section("DESCRIPTION")
        page.paragraph(
            "Runs as a step of a CI pipeline: builds the Workload of workload.yaml and a container image, and creates "
                + "it, or updates it if it exists.")
        page.paragraph(
            "A flag wins over its variable, a variable over the default. An empty value counts as none. "
                + "'--flag value' and '--flag=value' are the same.")
        page.section("COMMANDS")
        for command in commands { page.entry([.bold(command.name)], "\(sentence(command.summary))") }
        for command in commands where !command.parameters.isEmpty { page.describe(command) }
        page.section("EXIT STATUS")
        for code in ExitCode.allCases {
            let advice = code == .temporaryFailure ? "; worth another try" : ""
            page.entry([.bold(String(code.rawValue))], sentence(code.meaning + advice))
        }
        return page.text
    }

    /// The text with a capital letter and a full stop.
    static func sentence(_ text: String) -> String {
        "\(text.prefix(1).uppercased())\(text.dropFirst())."
    }
}

extension Roff {
    fileprivate mutating func describe(_ command: Command) {
        section("\(command.name.uppercased()) PARAMETERS")
        synopsis("\(Program.name) \(command.name)", (command.operands.map { "\($0) " } ?? "") + "[PARAMETERS]")
        if !command.discussion.isEmpty { paragraph(command.discussion) }
        for parameter in command.parameters {
            let variables = parameter.variables.joined(separator: ", ")
            entry(
                parameter.tag, ManualPage.sentence(parameter.summary),
                [variables.isEmpty ? nil : "Variable: \(variables)", "Default: \(parameter.shownDefault)"]
                    .compactMap { $0 })
        }
    }
}

extension Parameter {
    fileprivate var tag: [Roff.Word] {
        let name = (shortFlag.map { [Roff.Word.bold($0), .plain(", ")] } ?? []) + [.bold(flag)]
        switch argument {
        case .toggle: return name
        case .value, .repeated: return name + [.plain(" "), .italic(placeholder)]
        case .choice: return name + [.plain(" \(placeholder)")]
        case .optionalChoice: return name + [.plain("[=\(placeholder)]")]
        }
    }
}
