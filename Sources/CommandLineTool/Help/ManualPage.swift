/// The manual page, made from the tables of commands, parameters and exit codes (groff_man(7)).
enum ManualPage {
    /// The page as roff; it names no date, so that the same program prints the same page.
    static func text(_ commands: [Command]) -> String {
        var page = Roff()
        page.request("TH", [Program.name.uppercased(), "1", "", "\(Program.name) \(Program.version)", ""])
        page.request("SH", ["NAME"])
        page.paragraph("\(Program.name) \u{2013} publish an OpenChoreo Workload from a CI step")
        page.request("SH", ["SYNOPSIS"])
        page.synopsis("\(Program.name) COMMAND [PARAMETERS]")
        page.request("SH", ["DESCRIPTION"])
        page.paragraph(
            "Runs as a step of a CI pipeline: builds the Workload of workload.yaml and a container image, and creates "
                + "it, or updates it if it exists.")
        page.paragraph(
            "A flag wins over its variable, a variable over the default. An empty value counts as none. "
                + "'--flag value' and '--flag=value' are the same.")
        page.request("SH", ["COMMANDS"])
        for command in commands { page.entry(command.name, HelpText.sentence(command.summary)) }
        for command in commands where !command.parameters.isEmpty {
            page.request("SH", ["\(command.name.uppercased()) PARAMETERS"])
            page.synopsis(HelpText.usage(of: command))
            if !command.discussion.isEmpty { page.paragraph(command.discussion) }
            for parameter in command.parameters {
                page.entry(
                    HelpText.tag(of: parameter), HelpText.sentence(parameter.summary), HelpText.remarks(on: parameter))
            }
        }
        page.request("SH", ["EXIT STATUS"])
        for code in ExitCode.allCases {
            let advice = code == .temporaryFailure ? "; worth another try" : ""
            page.entry("\(code.rawValue)", HelpText.sentence(code.meaning + advice))
        }
        return page.text
    }
}
