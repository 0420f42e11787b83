import Foundation
import PipelineTemplates
import TestPrograms
import Testing

@Suite struct CompletionInBash {
    /// What bash offers when the tab key is hit behind these words, the last of which is being written.
    private func offers(_ words: [String], folder: String) throws -> [String] {
        let script = """
            source <("$PROGRAM" completions bash)
            COMP_WORDS=("$PROGRAM" "$@")
            COMP_CWORD=$#
            _workload_publisher
            ((${#COMPREPLY[@]} == 0)) || printf '%s\\n' "${COMPREPLY[@]}"
            """
        let result = try ChildProcess(
            "/bin/bash", ["--noprofile", "--norc", "-uc", script, "bash"] + words,
            environment: ["PROGRAM": BuiltProgram.publisher.path, "PATH": "/usr/bin:/bin"], folder: folder
        ).finish()
        #expect(result.errors == "")
        return result.output.split(separator: "\n").map(String.init)
    }

    @Test(arguments: [
        (["te"], ["template"]),
        (["--v"], ["--version"]),
        (["publish", "--upd"], ["--update"]),
        (["publish", "--update", ""], ["merge", "replace", "image"]),
        (["publish", "--update", "=", "r"], ["replace"]),
        (["publish", "--dry-run", "="], ["client", "server"]),
        (["publish", "--dry-run", "--str"], ["--strict"]),
        (["publish", "--dry-run", "=", "client", "--qu"], ["--quiet"]),
        (["publish", "--image", ""], []),
        (["publish", "--image", "--x", "--verb"], ["--verbose"]),
        (["publish", "--ca-file", "c"], ["ca file.pem"]),
        (["publish", "--ca-file", "=", "c"], ["ca file.pem"]),
        (["publish", "--source-dir", ""], ["source"]),
        (["template", ""], PipelineSystem.all.map(\.name)),
        (["template", "argo", "--kind", "W"], ["WorkflowTemplate"]),
        (["completions", "z"], ["zsh"]),
        (["help", "ma"], ["man"]),
    ])
    func `knows what may stand there`(words: [String], expected: [String]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "completion-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "source"), withIntermediateDirectories: true)
        try "".write(to: folder.appending(path: "ca file.pem"), atomically: false, encoding: .utf8)
        #expect(try offers(words, folder: folder.path) == expected)
    }
}
