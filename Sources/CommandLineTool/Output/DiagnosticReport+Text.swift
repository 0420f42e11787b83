import Text

extension DiagnosticReport {
    /// How a report in text looks.
    public struct TextStyle: Sendable {
        /// Whether each diagnostic is followed by its line of the source and a caret under the place.
        var showsSource: Bool
        /// Whether colours are used.
        var isColored: Bool

        /// The variables that say how a terminal is to be treated (no-color.org, terminfo).
        static let variables = ["NO_COLOR", "TERM"]

        /// For a file or a pipe.
        public static let plain = TextStyle(showsSource: false, isColored: false)

        /// For a stream in an environment: colours only on a terminal, and not where NO_COLOR or TERM=dumb asks for none.
        public init(isTerminal: Bool, environment: [String: String]) {
            let isColorless = environment["NO_COLOR", default: ""] != "" || environment["TERM"] == "dumb"
            self.init(showsSource: isTerminal, isColored: isTerminal && !isColorless)
        }

        init(showsSource: Bool, isColored: Bool) {
            self.showsSource = showsSource
            self.isColored = isColored
        }

        private func styled(_ text: String, _ code: String) -> String {
            isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
        }

        fileprivate func bold(_ text: String) -> String { styled(text, "1") }

        fileprivate func severity(_ text: String, isError: Bool) -> String { styled(text, isError ? "1;31" : "1;33") }

        fileprivate func caret(_ text: String) -> String { styled(text, "1;32") }
    }

    /// Each diagnostic as `FILE:LINE:COL: severity: message`, then a closing count that begins with `subject`.
    public func text(closing subject: String, style: TextStyle) -> String {
        var text = ""
        for entry in shown {
            let diagnostic = entry.diagnostic
            let place = "\(Self.shownPath(entry.file)):\(diagnostic.line):\(entry.column):"
            let severity = style.severity("\(diagnostic.severity.rawValue):", isError: diagnostic.severity == .error)
            text += "\(style.bold(place)) \(severity) \(diagnostic.message)\n"
            if style.showsSource, let excerpt = entry.excerpt {
                let margin = String(repeating: " ", count: excerpt.caret)
                text += "  \(excerpt.line)\n  \(margin)\(style.caret("^"))\n"
            }
        }
        if hiddenCount > 0 { text += "\(subject): and \(hiddenCount) more\n" }
        return text + "\(subject): \(counts)\n"
    }

    /// A path on one line, whatever its characters.
    static func shownPath(_ path: String) -> String { Printable.line(path, limit: 4096) }
}
