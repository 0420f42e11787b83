import Text

/// Foreign text, as a diagnostic shows it.
enum ShownText {
    /// The text in single quotes on one line.
    static func quoted(_ text: String) -> String { "'\(plain(text))'" }

    /// The text on one line, cut where it would hide what the message says.
    static func plain(_ text: String) -> String { Printable.line(text, limit: 60) }
}
