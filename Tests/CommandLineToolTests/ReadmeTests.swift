import TestDocuments
import Testing

@testable import CommandLineTool

/// The documentation's tables of parameters and exit codes come from the program's own.
@Suite struct TheReadme {
    private func table(_ parameters: [Parameter]) -> String {
        var text = "| flag | variable | default | meaning |\n| --- | --- | --- | --- |\n"
        for parameter in parameters {
            let variables = parameter.variables.map { "`\($0)`" }.joined(separator: ", also ")
            let value = parameter.defaultValue.map { "`\($0)`" } ?? parameter.shownDefault
            let usage = GeneratedSection.cell(parameter.usage)
            let short = parameter.shortFlag.map { ", `\($0)`" } ?? ""
            text += "| `\(usage)`\(short) | \(variables) | \(value) | \(GeneratedSection.cell(parameter.summary)) |\n"
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
        For `set`:

        \(table(Parameter.setting))
        For `publish`, how to reach the control plane:

        \(table(Parameter.connection))
        For `publish`, where it goes:

        \(table(Parameter.store))
        For `publish`, where it came from:

        \(table(Parameter.source))
        For `publish`, how to go about it:

        \(table(Parameter.publishing))
        For `publish`, many components in one run:

        \(table(Parameter.many))
        For `apply`, which takes those of the connection, `--dry-run`, `--output` and the like as well:

        \(table(Parameter.applying + Parameter.applyingStore))
        For `template`, which takes those of `publish` as defaults of its inputs as well:

        \(table(Parameter.template))

        """
    }

    private var exitCodes: String {
        var text = "\n| code | meaning | try again? |\n| --- | --- | --- |\n"
        for code in ExitCode.allCases { text += "| \(code.rawValue) | \(code.meaning) | \(code.tryAgain) |\n" }
        return text + "\n"
    }

    @Test func `the documentation lists the program's parameters`() throws {
        #expect(try GeneratedSection.text(at: "parameters", of: "parameters.md", updatedTo: parameters) == parameters)
    }

    @Test func `the documentation lists the program's exit codes`() throws {
        #expect(
            try GeneratedSection.text(at: "exit codes", of: "exit-codes.md", updatedTo: exitCodes) == exitCodes)
    }
}

extension ExitCode {
    /// Whether another try may help: `yes`, `no`, or nothing where none is needed.
    fileprivate var tryAgain: String {
        self == .success ? "" : self == .temporaryFailure ? "yes" : "no"
    }
}
