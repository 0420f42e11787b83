import JSON
import WorkloadModel

extension DiagnosticReport {
    /// A log of one run by the Static Analysis Results Interchange Format (OASIS SARIF 2.1.0), on one line.
    ///
    /// `folder` is the absolute path of the folder that artifacts are named relative to.
    public func sarif(relativeTo folder: String) -> String {
        let rules = DiagnosticRule.all
        let driver: JSONValue = [
            "name": .string(Program.name), "version": .string(Program.version),
            "semanticVersion": .string(Program.version), "rules": .array(rules.map(\.sarif)),
        ]
        let results = shown.map { entry in
            entry.sarif(
                uri: Self.uri(of: entry.file, relativeTo: folder),
                ruleIndex: rules.firstIndex { $0.code == entry.diagnostic.code })
        }
        let run: JSONValue = [
            "tool": ["driver": driver], "columnKind": "unicodeCodePoints", "results": .array(results),
            "properties": .object(JSONObject(summary)),
        ]
        let log: JSONValue = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run],
        ]
        return log.text() + "\n"
    }

    /// A path as a relative reference, or as a file URI where it is absolute and not inside the folder (RFC 3986).
    private static func uri(of path: String, relativeTo folder: String) -> String {
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        var bytes = path.utf8[...]
        if isAbsolute, path.utf8.starts(with: "\(folder)/".utf8) { bytes = bytes.dropFirst(folder.utf8.count + 1) }
        while bytes.starts(with: "./".utf8) { bytes = bytes.dropFirst(2) }
        let unreserved = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
        var escaped = bytes.first == UInt8(ascii: "/") ? "file://" : ""
        for byte in bytes {
            if unreserved.contains(byte) {
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return escaped
    }
}

extension DiagnosticRule {
    fileprivate var sarif: JSONValue {
        [
            "id": .string(code), "shortDescription": ["text": .string(summary)],
            "defaultConfiguration": ["level": .string(severity.rawValue)],
        ]
    }
}

extension DiagnosticReport.Entry {
    fileprivate func sarif(uri: String, ruleIndex: Int?) -> JSONValue {
        // The one form whose columns count code points.
        let region: JSONValue = [
            "startLine": JSONValue(diagnostic.line), "startColumn": JSONValue(diagnostic.column),
        ]
        var result = JSONObject()
        result["ruleId"] = .string(diagnostic.code)
        result["ruleIndex"] = ruleIndex.map { JSONValue($0) }
        result["level"] = .string(diagnostic.severity.rawValue)
        result["message"] = ["text": .string(diagnostic.message)]
        result["locations"] = [
            ["physicalLocation": ["artifactLocation": ["uri": .string(uri)], "region": region]]
        ]
        result["properties"] = diagnostic.suggestion.map { ["suggestion": .string($0)] }
        return .object(result)
    }
}
