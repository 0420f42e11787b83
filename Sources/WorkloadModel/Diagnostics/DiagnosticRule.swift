import Checkout
import YAML

/// A kind of problem that diagnostics report: one row of the table that reports in SARIF list.
public struct DiagnosticRule: Sendable {
    /// The code of its diagnostics, in kebab-case and stable from release to release.
    public let code: String
    /// What becomes of a descriptor that has such a problem.
    public let severity: Diagnostic.Severity
    /// What is wrong, in a few words that begin with a capital letter and end without a full stop.
    public let summary: String

    /// All kinds, each code once, in alphabetical order.
    public static let all = (YAMLProblem.Code.allCases.map(DiagnosticRule.init) + errors + warnings)
        .sorted { $0.code < $1.code }

    private static func error(_ code: String, _ summary: String) -> DiagnosticRule {
        DiagnosticRule(code: code, severity: .error, summary: summary)
    }

    private static func warning(_ code: String, _ summary: String) -> DiagnosticRule {
        DiagnosticRule(code: code, severity: .warning, summary: summary)
    }
}

/// What the server would refuse, or what is no descriptor.
extension DiagnosticRule {
    static let wrongType = error("wrong-type", "A value is of the wrong type")
    static let missingKey = error("missing-key", "A required key is missing")
    static let emptyText = error("empty-text", "A text must not be empty")
    static let unknownValue = error("unknown-value", "A value is none of the known ones")
    static let outOfRange = error("out-of-range", "A number is out of range")
    static let quotedInteger = error("quoted-integer", "A number stands in quotes")
    static let notDecimal = error("not-decimal", "A number is not written in decimal digits")
    static let notAPath = error("not-a-path", "A URL stands where a path belongs")
    static let badName = error("bad-name", "The server refuses a name of this form")
    static let tooLong = error("too-long", "A text is too long")
    static let exclusiveKeys = error("exclusive-keys", "Two keys exclude each other")
    static let missingChoice = error("missing-choice", "One of two keys must be set")
    static let refusedKey = error("refused-key", "A key cannot stand here")
    static let unknownSection = error("unknown-section", "A key at the top is unknown")
    static let foreignFormat = error("foreign-format", "The file has another format")
    static let formerForm = error("former-form", "An entry is written in the form of a former version")
    static let duplicateName = error("duplicate-name", "A name stands twice in one list")
    static let duplicateValue = error("duplicate-value", "A value stands twice in one list")
    static let tooManyEntries = error("too-many-entries", "There are more entries than the server takes")
    static let payloadTooLarge = error("payload-too-large", "The Workload is larger than what Kubernetes stores")
    static let fileMissing = error("file-missing", "A file is missing")
    static let notAFile = error("not-a-file", "What a path leads to is not a regular file")
    static let fileOutside = error("file-outside", "A path leads outside the source dir")
    static let fileTooLarge = error("file-too-large", "A file is too large")
    static let badPath = error("bad-path", "A path cannot be used")
    static let fileUnreadable = error("file-unreadable", "A file cannot be read")
    static let fileNotUTF8 = error("file-not-utf8", "A file is not UTF-8 text")

    private static let errors = [
        wrongType, missingKey, emptyText, unknownValue, outOfRange, quotedInteger, notDecimal, notAPath, badName,
        tooLong, exclusiveKeys, missingChoice, refusedKey, unknownSection, foreignFormat, formerForm, duplicateName,
        duplicateValue, tooManyEntries, payloadTooLarge, fileMissing, notAFile, fileOutside, fileTooLarge,
        badPath, fileUnreadable, fileNotUTF8,
    ]
}

/// What is accepted and then vanishes or surprises.
extension DiagnosticRule {
    static let emptyDescriptor = warning("empty-descriptor", "The descriptor is empty")
    static let recommendedKey = warning("recommended-key", "A key that belongs into every descriptor is missing")
    static let unknownKey = warning("unknown-key", "A key is unknown, and nothing of it is sent")
    static let letterCase = warning("letter-case", "A key has letters in another case")
    static let manifestKind = warning("manifest-kind", "A descriptor has no kind")
    static let formerKey = warning("former-key", "A key is that of a former version")
    static let formerSection = warning("former-section", "A section has the name of a former version")
    static let formerValue = warning("former-value", "A value is that of a former version")
    static let formerVisibility = warning("former-visibility", "A former key that opens an endpoint is not read")
    static let widerVisibility = warning("wider-visibility", "More can reach an endpoint than before")
    static let unusualName = warning("unusual-name", "Kubernetes may refuse a name of this form")
    static let missingValue = warning("missing-value", "There is neither a value nor a source of one")
    static let notSent = warning("not-sent", "Nothing of a key is sent")
    static let portTaken = warning("port-taken", "Two endpoints share one port")
    static let variableTaken = warning("variable-taken", "A variable is set twice")
    static let similarNames = warning("similar-names", "Names of two files become one in the data plane")
    static let otherSchema = warning("other-schema", "A file describes another kind of API")
    static let mountedInFolder = warning("mounted-in-folder", "A file is mounted into a folder of its own name")
    static let largePayload = warning("large-payload", "The Workload is nearly as large as what Kubernetes stores")
    static let misnamedDescriptor = warning(
        "misnamed-descriptor", "A file has nearly the name of a descriptor and is not read")
    static let folderNotSearched = warning("folder-not-searched", "A folder could not be searched for descriptors")

    private static let warnings = [
        emptyDescriptor, recommendedKey, unknownKey, letterCase, manifestKind, formerKey, formerSection, formerValue,
        formerVisibility, widerVisibility, unusualName, missingValue, notSent, portTaken, variableTaken, similarNames,
        otherSchema, mountedInFolder, largePayload, misnamedDescriptor, folderNotSearched,
    ]
}

extension DiagnosticRule {
    /// What keeps a text from being read as YAML.
    init(_ code: YAMLProblem.Code) {
        let summary =
            switch code {
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
        self.init(code: code.rawValue, severity: .error, summary: summary)
    }

    /// What kept a file of the source dir from being read.
    init(_ error: SourceTreeError) {
        self =
            switch error {
            case .missing, .brokenLink, .notAFolder: .fileMissing
            case .notARegularFile: .notAFile
            case .outside, .absolutePath, .git: .fileOutside
            case .tooLarge: .fileTooLarge
            case .invalidPath, .tooManyLinks, .tooDeep: .badPath
            case .unreadable, .unwritable, .replaced, .tooManyFiles: .fileUnreadable
            }
    }
}
