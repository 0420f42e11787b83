import PipelineTemplates
import Text

/// What a step definition says of itself: the command line that prints it again, without its secret.
struct StepComment {
    let values: ParameterValues
    let system: PipelineSystem
    /// The inputs that neither the definition nor its existing callers give.
    let open: [String]

    var text: String {
        var text =
            "Printed by: \(words.joined(separator: " "))\nTo change it, print it again with other parameters.\n"
            + "To try connection, credentials and rights before the first run: \(Program.name) check"
        if !open.isEmpty {
            text +=
                "\n\nOpenChoreo's workflows do not give \(Alternatives.list(open, joint: "and")), which are empty here:\n"
            text += "print it with them as parameters, or give them in each call."
        }
        return text
    }

    /// The words in the order of the table, so that the order on the command line makes no difference.
    private var words: [String] {
        let shown = (Parameter.template + Parameter.inputDefaults).filter { $0.flag != Parameter.outputFile.flag }
        let flags = shown.flatMap { parameter -> [String] in
            if parameter.flag == Parameter.oauthExtra.flag {
                return values.texts(parameter).flatMap { [parameter.flag, Self.word($0)] }
            }
            guard let text = values.text(given: parameter) else { return [] }
            if parameter.isOptional { return ["\(parameter.flag)=\(Self.word(text))"] }
            return [parameter.flag, parameter.isSecret ? "SECRET" : Self.word(text)]
        }
        return [Program.name, "template", system.name] + flags
    }

    /// The text as one word of a shell's command line.
    private static func word(_ text: String) -> String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+=,-".utf8)
        let shown = Printable.line(text, limit: .max)
        if shown.utf8.allSatisfy(plain.contains) { return shown }
        return "'\(shown.replacing("'", with: "'\\''"))'"
    }
}
