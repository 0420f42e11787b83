/// A DNS label as Kubernetes checks it (RFC 1123): the name of a namespace, project or component.
public struct DNSLabel: Hashable, Sendable, CustomStringConvertible {
    /// The label as it was given.
    public let description: String

    /// Takes text that is a label.
    public init(_ text: String) throws(MalformedText) {
        try NameRule.dnsLabel.check(text)
        description = text
    }
}

/// A DNS subdomain as Kubernetes checks it (RFC 1123): labels between dots, the name of a Workload or a run.
///
/// Kubernetes does not limit a label in it further.
public struct DNSSubdomain: Hashable, Sendable, CustomStringConvertible {
    /// The subdomain as it was given.
    public let description: String

    /// Takes text that is a subdomain.
    public init(_ text: String) throws(MalformedText) {
        try NameRule.dnsSubdomain.check(text)
        description = text
    }
}
