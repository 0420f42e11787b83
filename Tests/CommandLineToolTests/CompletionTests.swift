import PipelineTemplates
import Testing

@testable import CommandLineTool

@Suite struct Completion {
    @Test(arguments: [
        ("te", ["template\tprint a pipeline step definition that runs publish", ":nothing"]),
        ("--v", ["--version\tPrint the version", ":nothing"]),
        ("publish --proj", ["--project\tThe project that owns the Workload", ":nothing"]),
        ("publish --he", ["--help\tPrint the help", ":nothing"]),
        ("publish --update ", ["merge", "replace", "image", ":nothing"]),
        ("publish --update=r", ["--update=replace", ":nothing"]),
        ("publish --update = r", ["replace", ":nothing"]),
        ("publish --update =", ["merge", "replace", "image", ":nothing"]),
        ("publish -o ", ["text", "json", ":nothing"]),
        ("publish --dry-run=s", ["--dry-run=server", ":nothing"]),
        ("publish --image ", [":nothing"]),
        ("publish --ca-file ", [":files"]),
        ("publish --ca-file=x", [":files"]),
        ("publish --source-dir ", [":folders"]),
        ("publish --source-dir = x", [":folders"]),
        ("validate x", [":files"]),
        ("template g", ["github", "gitlab", ":nothing"]),
        ("help ma", ["man", ":nothing"]),
        ("publsh x", [":nothing"]),
    ])
    func `completion offers what may stand there`(line: String, lines: [String]) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let run = ToolRun([Completer.command] + words)
        #expect(run.code == .success)
        #expect(run.output.split(separator: "\n").map(String.init) == lines)
    }

    @Test(arguments: Command.all.filter { !$0.parameters.isEmpty }.map(\.name))
    func `completion offers every flag of a command once`(name: String) throws {
        let command = try #require(Command.named(name))
        func flags(_ words: [String]) -> [String] {
            let lines = ToolRun([Completer.command, name] + words).output.split(separator: "\n").dropLast()
            return lines.map { String($0.prefix { $0 != "\t" }) }
        }
        // What a variable alone gives has no flag to offer.
        let offered = command.parameters.map(\.flag).filter { $0.hasPrefix("-") }
        #expect(flags(["--"]) == offered + ["--help"])
        let toggles = command.parameters.filter { $0.argument == .toggle }.map(\.flag)
        #expect(flags(toggles + ["-"]) == offered.filter { !toggles.contains($0) } + ["--help"])
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completion is loaded by a script that asks the program itself`(shell: String) {
        let run = ToolRun(["completions", shell])
        #expect(run.code == .success)
        let loading =
            shell == "fish"
            ? "workload-publisher completions fish | source" : "source <(workload-publisher completions \(shell))"
        #expect(run.output.hasPrefix("# Completion of workload-publisher for \(shell): \(loading)\n"))
        #expect(run.output.contains(" \(Completer.command) "))
    }

    @Test(arguments: [
        ([], "completions takes one word"), (["tcsh"], "unknown word 'tcsh'"),
        (["bash", "zsh"], "completions takes one word"),
    ])
    func `completion is there for three shells`(arguments: [String], problem: String) {
        let run = ToolRun(["completions"] + arguments)
        #expect(run.code == .usage)
        #expect(
            run.errors
                == "error: \(problem); write bash, zsh or fish; see 'workload-publisher completions --help' (nothing was "
                + "done)\n")
    }
}
