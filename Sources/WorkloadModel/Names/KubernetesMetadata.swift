import Text

/// Kubernetes' rules for labels and annotations (`apimachinery/pkg/util/validation` and `api/validation/objectmeta.go`).
public enum KubernetesMetadata {
    /// The bytes of all annotations of an object, keys and values together, that the API server takes.
    public static let maximumAnnotationBytes = 256 << 10

    /// The bytes that annotations count for against `maximumAnnotationBytes`.
    public static func byteCount(ofAnnotations annotations: some Sequence<(key: String, value: String)>) -> Int {
        annotations.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    }

    /// The key and the value of an argument `KEY=VALUE`; the first equals sign is the one that counts.
    fileprivate static func split(_ argument: String) throws(MalformedText) -> (key: String, value: String) {
        // By bytes: a combining character after the sign would make it a part of another character.
        guard let sign = argument.utf8.firstIndex(of: UInt8(ascii: "=")) else {
            throw MalformedText("there is no '=' in it; write KEY=VALUE (KEY= for an empty value)")
        }
        return (
            String(decoding: argument.utf8[..<sign], as: UTF8.self),
            String(decoding: argument.utf8[sign...].dropFirst(), as: UTF8.self)
        )
    }

    /// Holds a key against its form: a name, perhaps with a DNS subdomain and a slash before it.
    fileprivate static func check(_ key: String, of kind: String, prefix: (String) -> String) throws(MalformedText) {
        var place = ""
        do throws(MalformedText) {
            let parts = key.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            if parts.count > 2 { throw MalformedText("it has more than one '/'; write NAME or PREFIX/NAME") }
            if parts.count == 2 {
                place = "in its prefix, "
                try NameRule.dnsSubdomain.check(prefix(parts[0]))
            }
            place = "in its name, "
            try NameRule.labelName.check(parts[parts.count - 1])
        } catch {
            throw MalformedText("the \(kind) key \(Quoted(key)) is malformed: \(place)\(error)")
        }
    }
}

/// A label for the metadata of an object.
public struct Label: Hashable, Sendable {
    /// The key: a name, perhaps with a DNS subdomain and a slash before it.
    public let key: String
    /// The value, perhaps empty.
    public let value: String

    /// Takes an argument of the form `KEY=VALUE`, both well formed.
    public init(argument: String) throws(MalformedText) {
        (key, value) = try KubernetesMetadata.split(argument)
        try KubernetesMetadata.check(key, of: "label") { $0 }
        do throws(MalformedText) { if !value.isEmpty { try NameRule.labelValue.check(value) } } catch {
            throw MalformedText("the label value \(Quoted(value)) is malformed: \(error)")
        }
    }
}

/// An annotation for the metadata of an object.
public struct Annotation: Hashable, Sendable {
    /// The key: a name, perhaps with a DNS subdomain and a slash before it.
    public let key: String
    /// The value, any text.
    public let value: String

    /// Takes an argument of the form `KEY=VALUE`, whose key is well formed.
    public init(argument: String) throws(MalformedText) {
        (key, value) = try KubernetesMetadata.split(argument)
        // Kubernetes checks a lowercase copy of an annotation's key, so its prefix may have capitals, unlike a label's.
        try KubernetesMetadata.check(key, of: "annotation") { prefix in
            String(decoding: prefix.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        }
    }
}
