import JSON
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
            // Part of a secret could be left where a line is cut, so a line that holds one is not shown at all.
            if style.showsSource, let line = entry.line, redact(line.text).utf8.elementsEqual(line.text.utf8) {
                let (excerpt, margin) = line.excerpt
                text += "  \(excerpt)\n  \(margin)\(style.caret("^"))\n"
            }
        }
        if hiddenCount > 0 { text += "\(subject): and \(hiddenCount) more\n" }
        return text + "\(subject): \(counts)\n"
    }

    /// A path on one line, whatever its characters; two colons at its beginning would be a command for GitHub Actions.
    static func shownPath(_ path: String) -> String {
        Printable.line(path.utf8.first == UInt8(ascii: ":") ? "./\(path)" : path, limit: 4096)
    }

    /// Workflow commands of GitHub Actions, from which it makes annotations (GitHub, "Workflow commands").
    public var github: String {
        let lines = shown.map { entry in
            GitHubActions.annotation(
                entry.diagnostic.severity.rawValue, entry.diagnostic.message,
                [
                    ("file", entry.file), ("line", "\(entry.diagnostic.line)"), ("col", "\(entry.column)"),
                    ("title", entry.diagnostic.code),
                ])
        }
        guard hiddenCount > 0 else { return lines.joined() }
        return lines.joined()
            + GitHubActions.annotation("notice", "and \(hiddenCount) more: \(counts) in all", [("title", "more")])
    }

    /// One object with the counts and the diagnostics, on one line.
    public var json: String {
        var object = summary
        object["diagnostics"] = .array(shown.map { .object($0.json) })
        return JSONValue.object(object).text() + "\n"
    }

    /// How many files were checked, and what they have.
    var summary: JSONObject {
        ["files": JSONValue(fileCount), "errors": JSONValue(errorCount), "warnings": JSONValue(warningCount)]
    }
}

extension DiagnosticReport.Entry {
    /// The diagnostic for programs.
    var json: JSONObject {
        [
            "file": .string(file), "line": JSONValue(diagnostic.line), "column": JSONValue(column),
            "severity": .string(diagnostic.severity.rawValue), "code": .string(diagnostic.code),
            "message": .string(diagnostic.message), "suggestion": diagnostic.suggestion.map(JSONValue.string),
        ]
    }
}
