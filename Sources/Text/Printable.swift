/// Foreign text made fit for a line of a message.
public enum Printable {
    /// The text on one line, characters that would not show or would move the cursor escaped, cut after so many.
    public static func line(_ text: String, limit: Int = 200) -> String {
        if text.utf8.count <= limit, isPlain(text) { return text }
        let shown = String(text.unicodeScalars.prefix(limit))
        let end = text.unicodeScalars.dropFirst(limit).isEmpty ? "" : "…"
        return shown.replacingScalars { isPlain($0) ? nil : $0.escaped(asASCII: true) } + end
    }

    /// Whether every character of a text shows as itself.
    public static func isPlain(_ text: String) -> Bool {
        // Nearly every text is ASCII, and to look at its characters one by one is slow.
        text.utf8.allSatisfy { 0x20..<0x7F ~= $0 } || text.unicodeScalars.allSatisfy { isPlain($0) }
    }

    /// Whether a character shows as itself: no control, no invisible direction mark, no line break.
    public static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20..<0x7F).contains(scalar.value) }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}
