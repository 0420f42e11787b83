/// Foreign text made fit to be shown on one line of a terminal.
public enum TerminalText {
    /// The text with runs of white space as one space, and what a terminal would obey, or hide, in visible escapes.
    public static func escaped(_ text: String) -> String {
        let words = text.unicodeScalars.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
        return words.map { Printable.line(String($0), limit: .max) }.joined(separator: " ")
    }
}
