import JSON

extension DiagnosticReport {
    /// One object with the counts and the diagnostics, on one line.
    public var json: String {
        var object = JSONObject(summary)
        object["diagnostics"] = .array(shown.map { .object(JSONObject($0.fields)) })
        return JSONValue.object(object).text() + "\n"
    }

    /// How many files were checked, and what they have.
    var summary: [JSONObject.Member] {
        let summary: JSONObject = [
            "files": JSONValue(fileCount), "errors": JSONValue(errorCount), "warnings": JSONValue(warningCount),
        ]
        return summary.members
    }
}

extension DiagnosticReport.Entry {
    /// The members of the diagnostic's object.
    var fields: [JSONObject.Member] {
        var fields: JSONObject = [
            "file": .string(file), "line": JSONValue(diagnostic.line), "column": JSONValue(column),
            "severity": .string(diagnostic.severity.rawValue), "code": .string(diagnostic.code),
            "message": .string(diagnostic.message),
        ]
        fields["suggestion"] = diagnostic.suggestion.map { .string($0) }
        return fields.members
    }
}
