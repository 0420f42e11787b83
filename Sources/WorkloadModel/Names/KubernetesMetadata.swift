import Text

/// Kubernetes' rules for labels and annotations (`apimachinery/pkg/util/validation` and `api/validation/objectmeta.go`).
public enum KubernetesMetadata {
    /// The bytes of all annotations of an object, keys and values together, that the API server takes.
    public static let maximumAnnotationBytes = 256 << 10

    /// The bytes that annotations count for against `maximumAnnotationBytes`.
    public static func byteCount(ofAnnotations annotations: some Sequence<(key: String, value: String)>) -> Int {
        annotations.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    }
}

/// A label for the metadata of an object.
public struct Label: Hashable, Sendable {
    /// The longest value, in characters.
    public static let maximumValueLength = 63

    /// The key: a name, perhaps with a DNS subdomain and a slash before it.
    public let key: String
    /// The value, perhaps empty.
    public let value: String

    /// Takes a key and a value that are well formed.
    public init(key: String, value: String) throws(ValidationError) {
        do throws(QualifiedName.ValidationError) { _ = try QualifiedName(key) } catch { throw .key(key, error) }
        if !value.isEmpty, let fault = NameRule.qualified.fault(in: value, maximumLength: Self.maximumValueLength) {
            throw .value(value, fault)
        }
        self.key = key
        self.value = value
    }

    /// Takes an argument of the form `KEY=VALUE`; the first equals sign is the one that counts.
    public init(argument: String) throws(ValidationError) {
        guard let (key, value) = KeyAndValue.split(argument) else { throw .noEqualsSign }
        try self.init(key: key, value: value)
    }

    /// Why some text is no label.
    public enum ValidationError: Error, Equatable, CustomStringConvertible {
        /// The argument has a key alone.
        case noEqualsSign
        /// The key is malformed.
        case key(String, QualifiedName.ValidationError)
        /// The value is malformed.
        case value(String, ResourceNameFault)

        /// What is wrong, where, and what is allowed.
        public var description: String {
            switch self {
            case .noEqualsSign:
                "there is no '=' in it; write KEY=VALUE (KEY= for an empty value)"
            case .key(let key, let error):
                "the label key \(Quoted(key)) is malformed: \(error)"
            case .value(let value, let fault):
                """
                the label value \(Quoted(value)) is malformed: \(fault): a value has up to \(maximumValueLength) \
                letters, digits, '-', '_' and '.', and starts and ends with a letter or digit
                """
            }
        }
    }
}

/// An annotation for the metadata of an object.
public struct Annotation: Hashable, Sendable {
    /// The key: a name, perhaps with a DNS subdomain and a slash before it.
    public let key: String
    /// The value, any text.
    public let value: String

    /// The bytes that it counts for against `KubernetesMetadata.maximumAnnotationBytes`.
    public var byteCount: Int { key.utf8.count + value.utf8.count }

    /// Takes a well-formed key and a value that does not exceed the limit of all annotations by itself.
    public init(key: String, value: String) throws(ValidationError) {
        // Kubernetes checks a lowercase copy of an annotation's key, so its prefix may have capitals, unlike a label's.
        do throws(QualifiedName.ValidationError) {
            _ = try QualifiedName(key, ignoringPrefixCase: true)
        } catch { throw .key(key, error) }
        self.key = key
        self.value = value
        if byteCount > KubernetesMetadata.maximumAnnotationBytes { throw .tooLarge(key, bytes: byteCount) }
    }

    /// Takes an argument of the form `KEY=VALUE`; the first equals sign is the one that counts.
    public init(argument: String) throws(ValidationError) {
        guard let (key, value) = KeyAndValue.split(argument) else { throw .noEqualsSign }
        try self.init(key: key, value: value)
    }

    /// Why some text is no annotation.
    public enum ValidationError: Error, Equatable, CustomStringConvertible {
        /// The argument has a key alone.
        case noEqualsSign
        /// The key is malformed.
        case key(String, QualifiedName.ValidationError)
        /// Key and value have more bytes than Kubernetes allows all annotations together.
        case tooLarge(String, bytes: Int)

        /// What is wrong, where, and what is allowed.
        public var description: String {
            switch self {
            case .noEqualsSign:
                "there is no '=' in it; write KEY=VALUE (KEY= for an empty value)"
            case .key(let key, let error):
                "the annotation key \(Quoted(key)) is malformed: \(error)"
            case .tooLarge(let key, let bytes):
                """
                the annotation \(Quoted(key)) has \(bytes) bytes with its key: Kubernetes allows all annotations of an \
                object \(ByteCount(bytes: KubernetesMetadata.maximumAnnotationBytes)) together
                """
            }
        }
    }
}

private enum KeyAndValue {
    static func split(_ argument: String) -> (key: String, value: String)? {
        // By bytes: a combining character after the sign would make it a part of another character.
        guard let sign = argument.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let after = argument.utf8.index(after: sign)
        return (
            String(decoding: argument.utf8[..<sign], as: UTF8.self),
            String(decoding: argument.utf8[after...], as: UTF8.self)
        )
    }
}
