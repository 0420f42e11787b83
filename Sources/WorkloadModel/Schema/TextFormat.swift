import Text

/// What a text must look like, said twice: as a pattern for the JSON Schema and as a check that is linear and exact.
struct TextFormat: Sendable {
    /// The form in a few words, after "must be".
    let expectation: String
    /// An ECMA-262 pattern of the whole text without anchors; nil where every text is taken or a warning is enough.
    let pattern: String?
    /// The length in bytes beyond which the text is refused unread.
    let maximumBytes: Int
    /// Whether a text of another form is refused or draws a warning.
    let isStrict: Bool
    /// Whether it names a variable of the container that is set from elsewhere.
    var isBound = false
    /// Whether the text, which is not empty, has the form.
    let accepts: @Sendable (String) -> Bool
}

extension TextFormat {
    /// Any text at all, of any length.
    static let any = TextFormat(
        expectation: "text", pattern: nil, maximumBytes: .max, isStrict: false, accepts: { _ in true })

    /// What Kubernetes takes as the name of an environment variable: printable ASCII except `=`.
    static let environmentName = TextFormat(
        expectation: "printable ASCII characters without '='", pattern: "[ -<>-~]+", maximumBytes: longestName,
        isStrict: true,
        accepts: { name in
            name.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "=") }
        })

    /// The name of an environment variable that receives something.
    static let boundVariable = TextFormat(
        expectation: environmentName.expectation, pattern: environmentName.pattern, maximumBytes: longestName,
        isStrict: true, isBound: true, accepts: environmentName.accepts)

    /// The name of a Kubernetes object (RFC 1123 subdomain).
    static let objectName = TextFormat(
        expectation: "lower-case letters, digits, '-' and '.', with a letter or digit at both ends of each part",
        pattern: #"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"#, maximumBytes: 253,
        isStrict: true, accepts: { (try? DNSSubdomain($0)) != nil })

    /// A name that the server takes in any form but that Kubernetes can hold only as an RFC 1123 label.
    static let label = TextFormat(
        expectation: "at most 63 lower-case letters, digits and '-', with a letter or digit at both ends",
        pattern: nil, maximumBytes: longestName, isStrict: false, accepts: { (try? DNSLabel($0)) != nil })

    /// A reference to a Kubernetes object that only a name of its form can resolve.
    static let objectReference = TextFormat(
        expectation: objectName.expectation, pattern: nil, maximumBytes: longestName, isStrict: false,
        accepts: { (try? DNSSubdomain($0)) != nil })

    /// A key of a Kubernetes Secret or ConfigMap.
    static let dataKey = TextFormat(
        expectation: "letters, digits, '-', '_' and '.', and neither '.' nor beginning with '..'",
        pattern: #"(?!\.$|\.\.)[-._a-zA-Z0-9]+"#, maximumBytes: 253, isStrict: true,
        accepts: { key in
            isDataKey(key) && !key.utf8.elementsEqual(".".utf8) && !key.utf8.starts(with: "..".utf8)
        })

    /// A path in the container; the kubelet takes a relative one from the root.
    static let mountPath = TextFormat(
        expectation: "an absolute path, beginning with '/'", pattern: nil, maximumBytes: longestPath, isStrict: false,
        accepts: { $0.utf8.first == UInt8(ascii: "/") })

    /// Linux's limit for a path.
    static let longestPath = 4096
    private static let longestName = 1024

    /// Whether the text has the characters alone that a ConfigMap's key may have.
    static func isDataKey(_ text: String) -> Bool {
        text.utf8.allSatisfy { PercentEncoding.isAlphanumeric($0) || "-._".utf8.contains($0) }
    }
}
