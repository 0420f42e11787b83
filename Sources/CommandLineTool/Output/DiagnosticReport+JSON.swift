import JSON

extension DiagnosticReport {
    /// One object with the counts and the diagnostics, on one line.
    public var json: String {
        let diagnostics = JSONValue.array(shown.map { .object(JSONObject($0.fields)) })
        let object = JSONObject(summary + [.init(name: "diagnostics", value: diagnostics)])
        return JSONValue.object(object).text() + "\n"
    }

    /// How many files were checked, and what they have.
    var summary: [JSONObject.Member] {
        [
            .init(name: "files", value: .number(JSONNumber(fileCount))),
            .init(name: "errors", value: .number(JSONNumber(errorCount))),
            .init(name: "warnings", value: .number(JSONNumber(warningCount))),
        ]
    }
}

extension DiagnosticReport.Entry {
    /// The members of the diagnostic's object.
    var fields: [JSONObject.Member] {
        var fields: [JSONObject.Member] = [
            .init(name: "file", value: .string(file)),
            .init(name: "line", value: .number(JSONNumber(diagnostic.line))),
            .init(name: "column", value: .number(JSONNumber(column))),
            .init(name: "severity", value: .string(diagnostic.severity.rawValue)),
            .init(name: "code", value: .string(diagnostic.code)),
            .init(name: "message", value: .string(diagnostic.message)),
        ]
        if let suggestion = diagnostic.suggestion {
            fields.append(.init(name: "suggestion", value: .string(suggestion)))
        }
        return fields
    }
}
