public import YAML

/// What a file says of being encrypted by SOPS, whose code over the values a change would break.
public enum SOPSSeal: Sendable {
    /// The code is over every value.
    case all
    /// The code is over the encrypted values alone (`mac_only_encrypted`).
    case encryptedValues

    /// The seal of a file; nil where SOPS has not encrypted it.
    public init?(_ documents: [YAMLSyntax]) {
        let seals = documents.compactMap { $0["sops"] }.filter { $0["mac"] != nil || $0["lastmodified"] != nil }
        if seals.isEmpty { return nil }
        self = seals.allSatisfy { $0["mac_only_encrypted"]?.text == "true" } ? .encryptedValues : .all
    }

    /// Whether another text may be put in the place of that value.
    public func allows(changing value: YAMLSyntax) -> Bool {
        guard case .encryptedValues = self, let text = value.text else { return false }
        return !text.hasPrefix("ENC[")
    }
}
