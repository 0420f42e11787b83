/// A shell for which a completion script can be written.
struct CompletionScript {
    /// The shell's name.
    let shell: String
    /// The script, made from the table of commands.
    let text: @Sendable ([Command]) -> String

    /// All shells.
    static let all: [CompletionScript] = [.bash, .zsh, .fish]
}

extension Parameter {
    /// The words that may stand behind the flag; none where any text may.
    var words: [String] {
        switch argument {
        case .choice(let words), .optionalChoice(let words): words
        case .toggle, .value, .repeated: []
        }
    }

    /// Whether the next word always belongs to the flag.
    var takesNextWord: Bool {
        switch argument {
        case .value, .choice, .repeated: true
        case .toggle, .optionalChoice: false
        }
    }

    /// What stands for the value in a usage line.
    var placeholder: String {
        switch argument {
        case .value(let placeholder), .repeated(let placeholder): placeholder
        case .choice(let words), .optionalChoice(let words): words.joined(separator: "|")
        case .toggle: ""
        }
    }
}

/// The text in single quotes, as bash, zsh and fish read them; a quote itself as each of them wants it.
enum ShellQuoting {
    /// For POSIX shells: a quote ends the text, stands escaped, and begins it again.
    static func posix(_ text: String) -> String {
        "'\(text.replacing("'", with: "'\\''"))'"
    }

    /// For fish, where a backslash escapes a quote and itself.
    static func fish(_ text: String) -> String {
        "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
    }
}
