/// The kinds of problems that the checks of a descriptor report, beside those of YAML itself and of files.
enum DiagnosticCode: String, CaseIterable {
    case wrongType = "wrong-type"
    case missingKey = "missing-key"
    case emptyText = "empty-text"
    case unknownValue = "unknown-value"
    case outOfRange = "out-of-range"
    case quotedInteger = "quoted-integer"
    case notDecimal = "not-decimal"
    case notAPath = "not-a-path"
    case badName = "bad-name"
    case tooLong = "too-long"
    case exclusiveKeys = "exclusive-keys"
    case missingChoice = "missing-choice"
    case refusedKey = "refused-key"
    case unknownSection = "unknown-section"
    case foreignFormat = "foreign-format"
    case formerForm = "former-form"
    case duplicateName = "duplicate-name"
    case duplicateValue = "duplicate-value"
    case tooManyEntries = "too-many-entries"
    case payloadTooLarge = "payload-too-large"
    case notReadable = "not-readable"

    case emptyDescriptor = "empty-descriptor"
    case recommendedKey = "recommended-key"
    case unknownKey = "unknown-key"
    case letterCase = "letter-case"
    case manifestKind = "manifest-kind"
    case formerKey = "former-key"
    case formerSection = "former-section"
    case formerValue = "former-value"
    case formerVisibility = "former-visibility"
    case widerVisibility = "wider-visibility"
    case unusualName = "unusual-name"
    case missingValue = "missing-value"
    case notSent = "not-sent"
    case portTaken = "port-taken"
    case variableTaken = "variable-taken"
    case similarNames = "similar-names"
    case otherSchema = "other-schema"
    case mountedInFolder = "mounted-in-folder"
    case largePayload = "large-payload"

    /// What becomes of a descriptor that has such a problem.
    var severity: Diagnostic.Severity {
        switch self {
        case .emptyDescriptor, .recommendedKey, .unknownKey, .letterCase, .manifestKind, .formerKey, .formerSection,
            .formerValue, .formerVisibility, .widerVisibility, .unusualName, .missingValue, .notSent, .portTaken,
            .variableTaken, .similarNames, .otherSchema, .mountedInFolder, .largePayload:
            .warning
        default: .error
        }
    }
}
