/// Text that somebody else wrote, as a message shows it.
enum ShownText {
    /// Beyond so many characters a message would hide what it says.
    private static let maximum = 60

    /// The text in single quotes on one line, control characters escaped, cut after 60 characters.
    static func quoted(_ text: String) -> String { "'\(plain(text))'" }

    /// The text without the quotes.
    static func plain(_ text: String) -> String {
        var shown = ""
        for (index, scalar) in text.unicodeScalars.enumerated() {
            if index == maximum { return shown + "…" }
            switch scalar.properties.generalCategory {
            // Characters that a terminal obeys, or that reorder or hide what stands beside them.
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                shown += scalar.escaped(asASCII: true)
            default:
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// The words as a list for a sentence: `a, b or c`.
    static func alternatives(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}
