import YAML

/// A kind of problem that diagnostics report: one row of the table that reports in SARIF list.
public struct DiagnosticRule: Sendable {
    /// The code of its diagnostics, in kebab-case and stable from release to release.
    public let code: String
    /// How severe its diagnostics are.
    public let severity: Diagnostic.Severity
    /// What is wrong, in a few words that begin with a capital letter and end without a full stop.
    public let summary: String

    /// All kinds, each code once, in alphabetical order.
    public static let all: [DiagnosticRule] =
        (YAMLProblem.Code.allCases.map { DiagnosticRule(code: $0.rawValue, severity: .error, summary: $0.summary) }
        + DiagnosticCode.allCases.map {
            DiagnosticRule(code: $0.rawValue, severity: $0.severity, summary: $0.summary)
        }
        + FileProblem.allCases.map { DiagnosticRule(code: $0.rawValue, severity: $0.severity, summary: $0.summary) })
        .sorted { $0.code < $1.code }
}

extension YAMLProblem.Code {
    fileprivate var summary: String {
        switch self {
        case .syntax: "The text is not YAML"
        case .notUTF8: "The descriptor is not UTF-8 text"
        case .tooLarge: "The descriptor is too large"
        case .tooDeep: "Values are nested too deep"
        case .tooManyNodes: "There are too many values once every alias is written out"
        case .duplicateKey: "A key stands twice in one mapping"
        case .complexKey: "A key is not text"
        case .keyTooLong: "A key is too long"
        case .severalDocuments: "The file holds more than one document"
        case .unknownAlias: "An alias has no anchor before it"
        case .badMerge: "A merge key has no mapping as its value"
        case .unsupportedTag: "A tag has no meaning here"
        case .template: "A template was not filled in"
        }
    }
}

extension DiagnosticCode {
    fileprivate var summary: String {
        switch self {
        case .wrongType: "A value is of the wrong type"
        case .missingKey: "A required key is missing"
        case .emptyText: "A text must not be empty"
        case .unknownValue: "A value is none of the known ones"
        case .outOfRange: "A number is out of range"
        case .quotedInteger: "A number stands in quotes"
        case .notDecimal: "A number is not written in decimal digits"
        case .notAPath: "A URL stands where a path belongs"
        case .badName: "The server refuses a name of this form"
        case .tooLong: "A text is too long"
        case .exclusiveKeys: "Two keys exclude each other"
        case .missingChoice: "One of two keys must be set"
        case .refusedKey: "A key cannot stand here"
        case .unknownSection: "A key at the top is unknown"
        case .foreignFormat: "The file has another format"
        case .formerForm: "An entry is written in the form of a former version"
        case .duplicateName: "A name stands twice in one list"
        case .duplicateValue: "A value stands twice in one list"
        case .tooManyEntries: "There are more entries than the server takes"
        case .payloadTooLarge: "The Workload is larger than what Kubernetes stores"
        case .notReadable: "Something was not read"
        case .emptyDescriptor: "The descriptor is empty"
        case .recommendedKey: "A key that belongs into every descriptor is missing"
        case .unknownKey: "A key is unknown, and nothing of it is sent"
        case .letterCase: "A key has letters in another case"
        case .manifestKind: "A descriptor has no kind"
        case .formerKey: "A key is that of a former version"
        case .formerSection: "A section has the name of a former version"
        case .formerValue: "A value is that of a former version"
        case .formerVisibility: "A former key that opens an endpoint is not read"
        case .widerVisibility: "More can reach an endpoint than before"
        case .unusualName: "Kubernetes may refuse a name of this form"
        case .missingValue: "There is neither a value nor a source of one"
        case .notSent: "Nothing of a key is sent"
        case .portTaken: "Two endpoints share one port"
        case .variableTaken: "A variable is set twice"
        case .similarNames: "Names of two files become one in the data plane"
        case .otherSchema: "A file describes another kind of API"
        case .mountedInFolder: "A file is mounted into a folder of its own name"
        case .largePayload: "The Workload is nearly as large as what Kubernetes stores"
        }
    }
}
