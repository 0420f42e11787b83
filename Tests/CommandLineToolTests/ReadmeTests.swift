import Foundation
import Testing

@testable import CommandLineTool

/// The README's tables come from the program's own; `UPDATE_README=1 swift test --filter TheReadme` rewrites them.
@Suite struct TheReadme {
    private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("README.md").path

    private func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|")
    }

    private func table(_ parameters: [Parameter]) -> String {
        var text = "| flag | variable | default | meaning |\n| --- | --- | --- | --- |\n"
        for parameter in parameters {
            let variables = parameter.variables.map { "`\($0)`" }.joined(separator: ", also ")
            let value = parameter.defaultValue.map { "`\($0)`" } ?? parameter.defaultNote
            text += "| `\(cell(parameter.usage))` | \(variables) | \(value) | \(cell(parameter.summary)) |\n"
        }
        return text
    }

    private var parameters: String {
        """

        For `publish` and `render`:

        \(table(Parameter.workload))
        For `render`:

        \(table(Parameter.rendering))
        For `validate`:

        \(table(Parameter.validating))
        For `publish`, how to reach the control plane:

        \(table(Parameter.connection))
        For `publish`, how to go about it:

        \(table(Parameter.publishing))
        For `template`, which takes those of `publish` as defaults of its inputs as well:

        \(table(Parameter.template))

        """
    }

    private var exitCodes: String {
        var text = "\n| code | meaning | try again? |\n| --- | --- | --- |\n"
        for row in ExitCode.meanings { text += "| \(row.code.rawValue) | \(row.meaning) | \(row.tryAgain) |\n" }
        return text + "\n"
    }

    private func hold(_ mark: String, equalTo expected: String) throws {
        let readme = try String(contentsOfFile: Self.path, encoding: .utf8)
        let begin = try #require(
            readme.range(of: "<!-- \(mark): begin, held equal to the program's table by a test -->\n"))
        let end = try #require(readme.range(of: "<!-- \(mark): end -->"))
        if ProcessInfo.processInfo.environment["UPDATE_README"] == "1" {
            let updated = readme[..<begin.upperBound] + expected + readme[end.lowerBound...]
            try String(updated).write(toFile: Self.path, atomically: true, encoding: .utf8)
        } else {
            #expect(String(readme[begin.upperBound..<end.lowerBound]) == expected)
        }
    }

    @Test func `lists the program's parameters`() throws {
        try hold("parameters", equalTo: parameters)
    }

    @Test func `lists the program's exit codes`() throws {
        try hold("exit codes", equalTo: exitCodes)
    }
}
