/// A reference to a container image, by the grammar of the OCI distribution (`distribution/reference`).
///
///     [HOST[:PORT]/]PATH[:TAG][@ALGORITHM:DIGEST]
public struct ImageReference: Hashable, Sendable {
    /// The reference exactly as it was given.
    public let text: String
    /// The registry with its port, where the reference names one; nothing is filled in.
    public let registry: String?
    /// Everything before tag and digest, the registry included.
    public let repository: String
    /// The tag, where there is one.
    public let tag: String?
    /// The digest with its algorithm, where there is one.
    public let digest: String?

    /// What is uncertain about a reference that leaves open which build it means: no digest, and no tag or `latest`.
    public var warning: String? {
        guard digest == nil else { return nil }
        switch tag {
        case nil: return "the image has no tag, so it means 'latest' at any time; give it a tag or a digest"
        case "latest": return "the image's tag 'latest' means another build at another time; give a tag or a digest"
        default: return nil
        }
    }

    /// Why some text is no reference to an image.
    public typealias ValidationError = MalformedText
}
