/// Foreign text made fit to be shown on one line of a terminal.
public enum TerminalText {
    /// The text with runs of white space as one space, and what a terminal would obey, or hide, in visible escapes.
    public static func escaped(_ text: String) -> String {
        var result = ""
        var isAfterSpace = true
        for scalar in text.unicodeScalars {
            if scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" {
                if !isAfterSpace { result.unicodeScalars.append(" ") }
                isAfterSpace = true
            } else {
                isAfterSpace = false
                if Printable.isPlain(scalar) {
                    result.unicodeScalars.append(scalar)
                } else {
                    result += scalar.escaped(asASCII: true)
                }
            }
        }
        if result.utf8.last == UInt8(ascii: " ") { result.unicodeScalars.removeLast() }
        return result
    }
}
