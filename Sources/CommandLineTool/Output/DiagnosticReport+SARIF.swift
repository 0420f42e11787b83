import JSON
import Text
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
            "properties": .object(summary),
        ]
        let log: JSONValue = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run],
        ]
        return log.text() + "\n"
    }

    /// A path as a relative reference, or as a file URI where it is absolute and not inside the folder (RFC 3986).
    private static func uri(of path: String, relativeTo folder: String) -> String {
        var rest = path.utf8[...]
        if rest.starts(with: "\(folder)/".utf8) { rest = rest.dropFirst(folder.utf8.count + 1) }
        while rest.starts(with: "./".utf8) { rest = rest.dropFirst(2) }
        let names = rest.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { PercentEncoding.encode(String(Substring($0))) }
        return (rest.first == UInt8(ascii: "/") ? "file://" : "") + names.joined(separator: "/")
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
        return [
            "ruleId": .string(diagnostic.code), "ruleIndex": ruleIndex.map { JSONValue($0) },
            "level": .string(diagnostic.severity.rawValue), "message": ["text": .string(diagnostic.message)],
            "locations": [["physicalLocation": ["artifactLocation": ["uri": .string(uri)], "region": region]]],
            "properties": diagnostic.suggestion.map { ["suggestion": .string($0)] },
        ]
    }
}
