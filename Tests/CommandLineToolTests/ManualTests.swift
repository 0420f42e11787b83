import Testing

@testable import CommandLineTool

@Suite struct TheManualPage {
    @Test func `the manual page names every command, flag, variable and exit code`() {
        let page = ToolRun(["man"]).output
        func escaped(_ text: String) -> String { text.replacing("-", with: "\\-") }
        for command in Command.all {
            #expect(page.contains("\n\\fB\(escaped(command.name))\\fR\n"))
            for parameter in command.parameters {
                let short = parameter.shortFlag.map { "\(escaped($0)), " } ?? ""
                #expect(page.contains("\n\\fB\(short)\(escaped(parameter.flag))"), "\(parameter.flag)")
                for variable in parameter.variables { #expect(page.contains(variable)) }
            }
        }
        for code in ExitCode.allCases { #expect(page.contains("\n\\fB\(code.rawValue)\\fR\n")) }
    }

    @Test func `the rows that a run looks through for variables and secrets have those of every command`() {
        let known = Parameter.withVariables
        for parameter in Command.all.flatMap(\.parameters) where parameter.isSecret || !parameter.variables.isEmpty {
            let row = known.first { $0.flag == parameter.flag }
            #expect(row?.isSecret == parameter.isSecret, "\(parameter.flag)")
            #expect(parameter.variables.allSatisfy { row?.variables.contains($0) == true }, "\(parameter.flag)")
        }
    }

    @Test func `the manual page uses no request but those that it means`() {
        let page = ToolRun(["man"]).output
        #expect(page.hasPrefix(".TH \"WORKLOAD\\-PUBLISHER\" \"1\" \"\" \"workload\\-publisher 0.1.0\" \"\"\n"))
        for line in page.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
            let isMeant = [".TH ", ".SH "].contains { line.hasPrefix($0) } || [".PP", ".TP", ".br"].contains(line)
            #expect(isMeant, "\(line)")
        }
        #expect(page.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test func `the manual page keeps text that means something to roff`() {
        var page = Roff()
        page.paragraph(".SH \"no\" 'quote' back\\slash a-b `c` ^~ …\n.x")
        page.entry("'x", ".y", [".z"])
        page.request("SH", ["a \"b\""])
        #expect(
            page.text == """
                .PP
                \\&.SH \\(dqno\\(dq \\(aqquote\\(aq back\\(rsslash a\\-b \\(gac\\(ga \\(ha\\(ti \\[u2026] .x
                .TP
                \\fB\\(aqx\\fR
                \\&.y
                .br
                \\&.z
                .SH "a \\(dqb\\(dq"

                """)
    }
}
