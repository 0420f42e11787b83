import Testing

@testable import CommandLineTool

@Suite struct CompletionScripts {
    @Test(arguments: ["bash", "zsh", "fish"])
    func `know every command and every flag`(shell: String) {
        let run = ToolRun(["completions", shell])
        #expect(run.code == .success)
        for command in Command.all {
            #expect(run.output.contains(command.name))
            for parameter in command.parameters {
                let flag = shell == "fish" ? " -l \(parameter.flag.dropFirst(2)) " : parameter.flag
                #expect(run.output.contains(flag), "\(command.name) \(parameter.flag)")
                for word in parameter.words { #expect(run.output.contains(word)) }
            }
        }
    }

    @Test(arguments: [[], ["tcsh"], ["bash", "zsh"]])
    func `are there for three shells`(arguments: [String]) {
        let run = ToolRun(["completions"] + arguments)
        #expect(run.code == .usage)
        #expect(
            run.errors
                == "error: completions takes one word; write bash, zsh or fish; see 'workload-publisher "
                + "completions --help' (nothing was done)\n"
        )
    }

    /// A command whose texts mean something to each of the shells.
    private static let hostile = Command(
        name: "x", summary: "it's [a]: $(b) `c` \\d", discussion: "", operands: "[FILE…]",
        groups: ParameterGroup.all([
            Parameter(flag: "--a", argument: .value("K:[V]"), summary: "it's [a]: $(b) `c` \\d", completion: .files)
        ]), run: { _, _ in })

    @Test func `quote what a shell would read`() {
        #expect(
            CompletionScript.zsh.text([Self.hostile]).contains(
                """
                            _arguments \\
                                '--a=[it'\\''s \\[a\\]\\: $(b) `c` \\\\d]:K\\:\\[V\\]:_files' \\
                                '--help[print the help]' \\
                                '*:\\[FILE…\\]:_files' ;;

                """))
        #expect(
            CompletionScript.fish.text([Self.hostile]).contains(
                "complete -c workload-publisher -n '__fish_seen_subcommand_from x' -l a -r -F -d "
                    + "'it\\'s [a]: $(b) `c` \\\\d'\n"))
        #expect(!CompletionScript.bash.text([Self.hostile]).contains("it's"))
    }
}
