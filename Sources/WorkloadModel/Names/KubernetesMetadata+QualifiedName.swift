/// A key of a label or annotation: a name, perhaps with a DNS subdomain and a slash before it.
public struct QualifiedName: Hashable, Sendable, CustomStringConvertible {
    /// The characters of the longest name, its prefix not counted.
    public static let maximumNameLength = 63

    /// The key as it was given.
    public let description: String

    /// Takes text that is a key; with `ignoringPrefixCase` its prefix may have capital letters.
    public init(_ text: String, ignoringPrefixCase: Bool = false) throws(ValidationError) {
        let parts = text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts.count > 2 { throw .slashes }
        if parts.count == 2 {
            let prefix = ignoringPrefixCase ? Self.lowercased(parts[0]) : parts[0]
            do throws(DNSSubdomain.ValidationError) { _ = try DNSSubdomain(prefix) } catch { throw .prefix(error) }
        }
        let name = parts[parts.count - 1]
        if let fault = NameRule.qualified.fault(in: name, maximumLength: Self.maximumNameLength) { throw .name(fault) }
        description = text
    }

    private static func lowercased(_ text: String) -> String {
        String(decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// Why some text is no key.
    public enum ValidationError: Error, Equatable, CustomStringConvertible {
        /// There is more than one slash.
        case slashes
        /// The part before the slash is malformed.
        case prefix(DNSSubdomain.ValidationError)
        /// The part after the slash, or the whole, is malformed.
        case name(ResourceNameFault)

        /// What is wrong, where in the part that is named, and what is allowed.
        public var description: String {
            switch self {
            case .slashes:
                "it has more than one '/'; write NAME or PREFIX/NAME"
            case .prefix(let error):
                "in its prefix, \(error)"
            case .name(let fault):
                """
                in its name, \(fault): a name has 1 to \(maximumNameLength) letters, digits, '-', '_' and '.', and \
                starts and ends with a letter or digit
                """
            }
        }
    }
}
