import Text

extension DiagnosticReport {
    /// Each diagnostic as `FILE:LINE:COL: severity: message`, then a closing count that begins with `subject`.
    public func text(closing subject: String, style: TerminalStyle) -> String {
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

    /// A path on one line, whatever its characters; two colons at its beginning would be a command for GitHub Actions.
    static func shownPath(_ path: String) -> String {
        Printable.line(path.utf8.first == UInt8(ascii: ":") ? "./\(path)" : path, limit: 4096)
    }
}
