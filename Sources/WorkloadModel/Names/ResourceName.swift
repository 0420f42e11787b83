import Text

/// A DNS label as Kubernetes checks it (RFC 1123): the name of a namespace, project or component.
public struct DNSLabel: Hashable, Sendable, CustomStringConvertible {
    /// The label as it was given.
    public let description: String

    /// Takes text that is a label.
    public init(_ text: String) throws(MalformedText) {
        if let fault = NameRule.dnsLabel.fault(in: text) {
            throw MalformedText(
                """
                \(fault): a DNS label has 1 to 63 lowercase letters, digits and '-', and starts and ends with a letter \
                or digit
                """)
        }
        description = text
    }
}

/// A DNS subdomain as Kubernetes checks it (RFC 1123): labels between dots, the name of a Workload or a run.
public struct DNSSubdomain: Hashable, Sendable, CustomStringConvertible {
    /// The subdomain as it was given.
    public let description: String

    /// Takes text that is a subdomain.
    public init(_ text: String) throws(MalformedText) {
        if let fault = Self.fault(in: text) {
            throw MalformedText(
                """
                \(fault): a DNS subdomain has 1 to 253 characters, its parts between dots have lowercase letters, \
                digits and '-', and start and end with a letter or digit
                """)
        }
        description = text
    }

    private static func fault(in text: String) -> MalformedText? {
        let scalars = Array(text.unicodeScalars)
        if scalars.isEmpty { return MalformedText("it is empty") }
        if scalars.count > 253 { return MalformedText("it has \(scalars.count) characters") }
        // Kubernetes does not limit a label in it further.
        for label in scalars.split(separator: ".", omittingEmptySubsequences: false) {
            if label.isEmpty {
                return MalformedText("there is nothing before the dot or end at character \(label.startIndex + 1)")
            }
            if let fault = NameRule.dnsLabel.fault(in: label) { return fault }
        }
        return nil
    }
}

/// Which characters a name may have; letters or digits, of which some kind, stand at both of its ends.
struct NameRule: Sendable {
    static let dnsLabel = NameRule(allowsUppercase: false, inside: ["-"])
    static let hostLabel = NameRule(allowsUppercase: true, inside: ["-"])
    static let qualified = NameRule(allowsUppercase: true, inside: ["-", "_", "."])

    private let allowsUppercase: Bool
    private let inside: [Unicode.Scalar]

    /// What is wrong with a text that may have 63 characters at most.
    func fault(in text: String) -> MalformedText? {
        let scalars = Array(text.unicodeScalars)
        if scalars.isEmpty { return MalformedText("it is empty") }
        if scalars.count > 63 { return MalformedText("it has \(scalars.count) characters") }
        return fault(in: scalars[...])
    }

    /// The first fault in a part of a text that is not empty; places are those in the whole text.
    func fault(in part: ArraySlice<Unicode.Scalar>) -> MalformedText? {
        for index in part.indices where !isAlphanumeric(part[index]) {
            let scalar = part[index]
            guard inside.contains(scalar) else { return MalformedText(scalar, at: index, " is not allowed") }
            if index == part.startIndex { return MalformedText(scalar, at: index, " cannot start it") }
        }
        guard let last = part.last, !isAlphanumeric(last) else { return nil }
        return MalformedText(last, at: part.endIndex - 1, " cannot end it")
    }

    private func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "0"..."9": true
        case "A"..."Z": allowsUppercase
        default: false
        }
    }
}
