import PipelineTemplates
import Text

extension StepParameters {
    /// What the step definition says of itself: the command line that prints it again, without its secret.
    var comment: String {
        let words = [Program.name, "template", system.name] + flags
        var text =
            "Printed by: \(words.joined(separator: " "))\nTo change it, print it again with other parameters.\n"
            + "To try connection, credentials and rights before the first run: \(Program.name) check"
        if !open.isEmpty {
            text +=
                "\n\nOpenChoreo's workflows do not give \(Alternatives.list(open, joint: "and")), which are empty here:\n"
                + "print it with them as parameters, or give them in each call."
        }
        return text
    }

    /// The flags in the order of the table, so that the order on the command line makes no difference.
    private var flags: [String] {
        (Parameter.template + Parameter.inputDefaults).filter { $0.flag != Parameter.outputFile.flag }.flatMap { row in
            values.texts(row).filter { !$0.isEmpty }.map { text in
                "\(row.flag)\(row.bare != nil ? "=" : " ")\(row.isSecret ? "SECRET" : Self.word(text))"
            }
        }
    }

    /// The text as one word of a shell's command line.
    private static func word(_ text: String) -> String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+=,-".utf8)
        let shown = Printable.line(text, limit: .max)
        if shown.utf8.allSatisfy(plain.contains) { return shown }
        return "'\(shown.replacing("'", with: "'\\''"))'"
    }
}
