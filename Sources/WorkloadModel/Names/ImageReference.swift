import Text

/// A reference to a container image, by the grammar of the OCI distribution (`distribution/reference`).
///
///     [HOST[:PORT]/]PATH[:TAG][@ALGORITHM:DIGEST]
public struct ImageReference: Hashable, Sendable {
    /// The characters of the longest repository, registry included.
    public static let maximumRepositoryLength = 255
    /// The characters of the longest tag.
    public static let maximumTagLength = 128

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

    /// What to tell somebody whose reference leaves open which build it means: no digest, and no tag or `latest`.
    public var warning: String? {
        guard digest == nil else { return nil }
        switch tag {
        case nil: return "the image has no tag, so it means 'latest' at any time; give it a tag or a digest"
        case "latest": return "the image's tag 'latest' means another build at another time; give a tag or a digest"
        default: return nil
        }
    }

    /// Takes text that is a reference.
    public init(_ text: String) throws(ValidationError) {
        self = try ImageReferenceParser.parse(text)
    }

    init(text: String, registry: String?, repository: String, tag: String?, digest: String?) {
        self.text = text
        self.registry = registry
        self.repository = repository
        self.tag = tag
        self.digest = digest
    }

    /// Why some text is no reference to an image; places are counted in characters from 1.
    public enum ValidationError: Error, Equatable, CustomStringConvertible {
        /// There is nothing.
        case empty
        /// A space, line break or the like.
        case space(Unicode.Scalar, place: Int)
        /// A URL's scheme, colon and slashes included, stands before it.
        case scheme(String)
        /// It is the id of an image on one machine.
        case imageID
        /// There is nothing after the last colon.
        case emptyTag
        /// The tag has more characters than allowed.
        case tagTooLong(count: Int)
        /// A character that is not allowed in a tag, or not as its first.
        case tagCharacter(Unicode.Scalar, place: Int)
        /// What follows the at sign is no digest, for the reason given.
        case digest(String)
        /// The repository has more characters than allowed.
        case repositoryTooLong(count: Int)
        /// There is no path: nothing before the tag or digest, or after the registry.
        case emptyPath
        /// Nothing between two slashes, or beside the first or last one.
        case emptyComponent(place: Int)
        /// A capital letter in the path.
        case uppercase(Unicode.Scalar, place: Int)
        /// A character that is not allowed in the path.
        case pathCharacter(Unicode.Scalar, place: Int)
        /// A dot, underscore or hyphen where a letter or digit is wanted.
        case separator(Unicode.Scalar, place: Int)
        /// The registry is malformed, for the reason given.
        case registry(String)

        /// What is wrong, where, and what is allowed.
        public var description: String {
            switch self {
            case .empty:
                "it is empty; write REPOSITORY:TAG or REPOSITORY@DIGEST"
            case .space(let scalar, let place):
                "\(Quoted(scalar)) at character \(place): an image reference has no spaces or control characters"
            case .scheme(let scheme):
                "it starts with \(Quoted(scheme)): an image reference is not a URL; leave that part out"
            case .imageID:
                "it is the id of a local image; name a repository that the image was pushed to"
            case .emptyTag:
                "there is no tag after the ':'; write one, or leave the ':' out"
            case .tagTooLong(let count):
                "its tag has \(count) characters: at most \(maximumTagLength) are allowed"
            case .tagCharacter(let scalar, let place):
                """
                \(Quoted(scalar)) at character \(place) is not allowed there: a tag has letters, digits, '_', '.' and \
                '-', and does not start with '.' or '-'
                """
            case .digest(let reason):
                "what follows '@' is not a digest: \(reason)"
            case .repositoryTooLong(let count):
                "its repository has \(count) characters: at most \(maximumRepositoryLength) are allowed"
            case .emptyPath:
                "it names no repository; write REPOSITORY:TAG or REGISTRY/REPOSITORY:TAG"
            case .emptyComponent(let place):
                "there is no name before the '/' or end at character \(place); remove one '/'"
            case .uppercase(let scalar, let place):
                "\(Quoted(scalar)) at character \(place): a repository is written in lowercase"
            case .pathCharacter(let scalar, let place):
                """
                \(Quoted(scalar)) at character \(place) is not allowed: a repository has lowercase letters, digits, \
                '.', '_', '-' and '/'
                """
            case .separator(let scalar, let place):
                """
                \(Quoted(scalar)) at character \(place) does not stand between letters or digits: separators are one \
                '.', one or two '_', or any number of '-'
                """
            case .registry(let reason):
                "its registry is malformed: \(reason)"
            }
        }
    }
}
