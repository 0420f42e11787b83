import Text

/// What is wrong with a name of Kubernetes, apart from the rule that it breaks; places are counted from 1.
public enum ResourceNameFault: Equatable, Sendable, CustomStringConvertible {
    /// There is nothing.
    case empty
    /// There are more characters than allowed.
    case tooLong(count: Int)
    /// A character that is allowed nowhere.
    case character(Unicode.Scalar, place: Int)
    /// A character that is allowed, but not first.
    case start(Unicode.Scalar, place: Int)
    /// A character that is allowed, but not last.
    case end(Unicode.Scalar, place: Int)
    /// Nothing between two dots, or beside the first or last one.
    case emptyLabel(place: Int)

    /// What is wrong and where, in lower case and without a full stop.
    public var description: String {
        switch self {
        case .empty: "it is empty"
        case .tooLong(let count): "it has \(count) characters"
        case .character(let scalar, let place): "\(Quoted(scalar)) at character \(place) is not allowed"
        case .start(let scalar, let place): "\(Quoted(scalar)) at character \(place) cannot start it"
        case .end(let scalar, let place): "\(Quoted(scalar)) at character \(place) cannot end it"
        case .emptyLabel(let place): "there is nothing before the dot or end at character \(place)"
        }
    }
}

/// A DNS label as Kubernetes checks it (RFC 1123): the name of a namespace, project or component.
public struct DNSLabel: Hashable, Sendable, CustomStringConvertible {
    /// The characters of the longest label.
    public static let maximumLength = 63

    /// The label as it was given.
    public let description: String

    /// Takes text that is a label.
    public init(_ text: String) throws(ValidationError) {
        if let fault = NameRule.dnsLabel.fault(in: text, maximumLength: Self.maximumLength) {
            throw ValidationError(fault: fault)
        }
        description = text
    }

    /// Why some text is no DNS label.
    public struct ValidationError: Error, Equatable, CustomStringConvertible {
        /// What is wrong.
        public let fault: ResourceNameFault

        /// What is wrong, where, and what is allowed.
        public var description: String {
            """
            \(fault): a DNS label has 1 to \(maximumLength) lowercase letters, digits and '-', and starts and ends \
            with a letter or digit
            """
        }
    }
}

/// A DNS subdomain as Kubernetes checks it (RFC 1123): labels between dots, the name of a Workload or a run.
public struct DNSSubdomain: Hashable, Sendable, CustomStringConvertible {
    /// The characters of the longest subdomain; a label in it may be as long (Kubernetes does not limit it further).
    public static let maximumLength = 253

    /// The subdomain as it was given.
    public let description: String

    /// Takes text that is a subdomain.
    public init(_ text: String) throws(ValidationError) {
        if let fault = Self.fault(in: text) { throw ValidationError(fault: fault) }
        description = text
    }

    private static func fault(in text: String) -> ResourceNameFault? {
        let scalars = Array(text.unicodeScalars)
        if scalars.isEmpty { return .empty }
        if scalars.count > maximumLength { return .tooLong(count: scalars.count) }
        for label in scalars.split(separator: ".", omittingEmptySubsequences: false) {
            if label.isEmpty { return .emptyLabel(place: label.startIndex + 1) }
            if let fault = NameRule.dnsLabel.fault(in: label) { return fault }
        }
        return nil
    }

    /// Why some text is no DNS subdomain.
    public struct ValidationError: Error, Equatable, CustomStringConvertible {
        /// What is wrong.
        public let fault: ResourceNameFault

        /// What is wrong, where, and what is allowed.
        public var description: String {
            """
            \(fault): a DNS subdomain has 1 to \(maximumLength) characters, its parts between dots have lowercase \
            letters, digits and '-', and start and end with a letter or digit
            """
        }
    }
}

/// Which characters a name may have; letters or digits, of which some kind, stand at both of its ends.
struct NameRule: Sendable {
    static let dnsLabel = NameRule(allowsUppercase: false, inside: ["-"])
    static let hostLabel = NameRule(allowsUppercase: true, inside: ["-"])
    static let qualified = NameRule(allowsUppercase: true, inside: ["-", "_", "."])

    private let allowsUppercase: Bool
    private let inside: [Unicode.Scalar]

    func fault(in text: String, maximumLength: Int) -> ResourceNameFault? {
        let scalars = Array(text.unicodeScalars)
        if scalars.isEmpty { return .empty }
        if scalars.count > maximumLength { return .tooLong(count: scalars.count) }
        return fault(in: scalars[...])
    }

    /// The first fault in a part of a text that is not empty; places are those in the whole text.
    func fault(in part: ArraySlice<Unicode.Scalar>) -> ResourceNameFault? {
        for (index, scalar) in zip(part.indices, part) {
            if isAlphanumeric(scalar) { continue }
            guard inside.contains(scalar) else { return .character(scalar, place: index + 1) }
            if index == part.startIndex { return .start(scalar, place: index + 1) }
        }
        guard let last = part.last, !isAlphanumeric(last) else { return nil }
        return .end(last, place: part.endIndex)
    }

    private func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "0"..."9": true
        case "A"..."Z": allowsUppercase
        default: false
        }
    }
}
