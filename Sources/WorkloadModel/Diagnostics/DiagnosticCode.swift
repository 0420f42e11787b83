/// The kinds of problems that the checks of a descriptor report, beside those of YAML itself and of files.
enum DiagnosticCode: String, CaseIterable {
    case wrongType = "wrong-type"
    case missingKey = "missing-key"
    case emptyText = "empty-text"
    case unknownValue = "unknown-value"
    case outOfRange = "out-of-range"
    case quotedInteger = "quoted-integer"
    case notDecimal = "not-decimal"
    case badName = "bad-name"
    case tooLong = "too-long"
    case exclusiveKeys = "exclusive-keys"
    case missingChoice = "missing-choice"
    case refusedKey = "refused-key"
    case formerForm = "former-form"
    case duplicateName = "duplicate-name"
    case duplicateValue = "duplicate-value"
    case tooManyEntries = "too-many-entries"
    case payloadTooLarge = "payload-too-large"
    case notReadable = "not-readable"

    case emptyDescriptor = "empty-descriptor"
    case recommendedKey = "recommended-key"
    case unknownKey = "unknown-key"
    case formerKey = "former-key"
    case formerSection = "former-section"
    case formerValue = "former-value"
    case unusualName = "unusual-name"
    case emptyValue = "empty-value"
    case notSent = "not-sent"
    case largePayload = "large-payload"

    /// What becomes of a descriptor that has such a problem.
    var severity: Diagnostic.Severity {
        switch self {
        case .emptyDescriptor, .recommendedKey, .unknownKey, .formerKey, .formerSection, .formerValue, .unusualName,
            .emptyValue,
            .notSent, .largePayload:
            .warning
        default: .error
        }
    }
}
