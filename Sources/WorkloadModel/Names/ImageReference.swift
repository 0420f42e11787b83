import Text

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

    private typealias Part = ArraySlice<Unicode.Scalar>

    /// Takes text that is a reference.
    public init(_ text: String) throws(MalformedText) {
        let scalars = Array(text.unicodeScalars)
        if scalars.isEmpty { throw MalformedText("it is empty; write REPOSITORY:TAG or REPOSITORY@DIGEST") }
        if let index = scalars.firstIndex(where: { $0.properties.isWhitespace || $0.value < 0x20 }) {
            throw MalformedText(scalars[index], at: index, ": an image reference has no spaces or control characters")
        }
        try Self.checkForm(scalars)
        let at = scalars.firstIndex(of: "@")
        let named = scalars[..<(at ?? scalars.endIndex)]
        if let at { try Self.checkDigest(scalars[(at + 1)...]) }

        // A colon before the last slash belongs to a registry's port or IPv6 address.
        let lastSlash = named.lastIndex(of: "/") ?? named.startIndex
        let isHostAlone = named.first == "[" && lastSlash == named.startIndex
        let colon = isHostAlone ? nil : named[lastSlash...].lastIndex(of: ":")
        if let colon {
            do throws(MalformedText) { try NameRule.tag.check(named[(colon + 1)...]) } catch {
                throw MalformedText("its tag is malformed: \(error)")
            }
        }
        let name = named[..<(colon ?? named.endIndex)]
        registry = try Self.checkName(name).map(Self.string)
        repository = Self.string(name)
        tag = colon.map { Self.string(named[($0 + 1)...]) }
        digest = at.map { Self.string(scalars[($0 + 1)...]) }
        self.text = text
    }

    /// Refuses what is plainly something else, before its parts are looked at one by one.
    private static func checkForm(_ scalars: [Unicode.Scalar]) throws(MalformedText) {
        if let colon = scalars.firstIndex(of: ":"), scalars[colon...].starts(with: "://".unicodeScalars),
            scalars[..<colon].allSatisfy({ $0.isASCIIAlphanumeric || $0 == "-" || $0 == "+" })
        {
            throw MalformedText(
                "it starts with \(Quoted(string(scalars[..<(colon + 3)]))): an image reference is not a URL; leave that "
                    + "part out")
        }
        // What `docker build --quiet` prints, with and without its algorithm; the first would pass for name and tag.
        let algorithm = "sha256:".unicodeScalars
        let digits = scalars.starts(with: algorithm) ? scalars.dropFirst(algorithm.count) : scalars[...]
        if digits.count == 64, digits.allSatisfy(isHexDigit) {
            throw MalformedText("it is the id of a local image; name a repository that the image was pushed to")
        }
    }

    private static func checkDigest(_ digest: Part) throws(MalformedText) {
        let parts = digest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let words = parts[0].split(omittingEmptySubsequences: false) { "+.-_".unicodeScalars.contains($0) }
        let isAlgorithm = words.allSatisfy { word in
            word.allSatisfy(\.isASCIIAlphanumeric) && word.first.map { !("0"..."9").contains($0) } ?? false
        }
        // The algorithms that the OCI image specification registers; others have 32 digits at least.
        let length = ["sha256": 64, "sha384": 96, "sha512": 128][string(parts[0])]
        guard isAlgorithm, let digits = parts.dropFirst().first, digits.allSatisfy(isHexDigit),
            length.map({ $0 == digits.count }) ?? (digits.count >= 32)
        else {
            // The text is not repeated: after `@` in what was meant as a URL there may stand anything.
            throw MalformedText(
                "what follows '@' is not a digest; write ALGORITHM:HEX, such as sha256: and 64 hexadecimal digits in "
                    + "lowercase")
        }
    }

    /// Checks registry and path and returns the registry.
    private static func checkName(_ name: Part) throws(MalformedText) -> Part? {
        if name.count > 255 {
            throw MalformedText("its repository has \(name.count) characters: at most 255 are allowed")
        }
        var components = name.split(separator: "/", omittingEmptySubsequences: false)[...]
        var registry: Part?
        // As container engines distinguish the two: a path's first component has none of these.
        if let first = components.first, first.first == "[" || (components.count > 1 && looksLikeHost(first)) {
            do throws(MalformedText) { try checkRegistry(first) } catch {
                throw MalformedText("its registry is malformed: \(error)")
            }
            components = components.dropFirst()
            registry = first
        }
        if components.isEmpty || components.elementsEqual([[]]) {
            throw MalformedText("it names no repository; write REPOSITORY:TAG or REGISTRY/REPOSITORY:TAG")
        }
        for component in components { try checkComponent(component) }
        return registry
    }

    private static func looksLikeHost(_ component: Part) -> Bool {
        component.contains(".") || component.contains(":") || component.elementsEqual("localhost".unicodeScalars)
    }

    private static func checkRegistry(_ registry: Part) throws(MalformedText) {
        let isAddress = registry.first == "["
        let end = isAddress ? registry.firstIndex(of: "]").map { $0 + 1 } : registry.firstIndex(of: ":")
        let (host, port) = (registry[..<(end ?? registry.endIndex)], registry[(end ?? registry.endIndex)...])
        if !isAddress {
            try NameRule.hostName.check(host)
        } else if host.count < 3 || end == nil || !host.dropFirst().dropLast().allSatisfy(isPartOfAddress) {
            throw MalformedText("write an IPv6 address in brackets, as in [::1]:5000")
        }
        let digits = port.dropFirst()
        guard port.isEmpty || port.first == ":" && digits.allSatisfy({ ("0"..."9").contains($0) }),
            port.isEmpty || UInt16(string(digits)) ?? 0 > 0
        else { throw MalformedText("only a ':' and a port from 1 to 65535 can follow its host") }
    }

    private static func isPartOfAddress(_ scalar: Unicode.Scalar) -> Bool {
        scalar == ":" || scalar.isASCII && Hexadecimal.value(UInt8(truncatingIfNeeded: scalar.value)) != nil
    }

    private static func checkComponent(_ component: Part) throws(MalformedText) {
        if component.isEmpty {
            throw MalformedText(
                "there is no name before the '/' or end at character \(component.startIndex + 1); remove one '/'")
        }
        if let index = component.firstIndex(where: { ("A"..."Z").contains($0) }) {
            throw MalformedText(component[index], at: index, ": a repository is written in lowercase")
        }
        try NameRule.repository.check(component)
        let separators = component.split(whereSeparator: \.isASCIIAlphanumeric)
        for run in separators where run.count > 1 && string(run) != "__" && !run.allSatisfy({ $0 == "-" }) {
            throw MalformedText(
                "\(Quoted(string(run))) at character \(run.startIndex + 1) is not allowed: separators are one '.', one or "
                    + "two '_', or any number of '-'")
        }
    }

    private static func string(_ part: Part) -> String { String(String.UnicodeScalarView(part)) }

    private static func isHexDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar) || ("a"..."f").contains(scalar)
    }
}

extension ImageReference {
    /// What is uncertain about a reference that leaves open which build it means: no digest, and no tag or `latest`.
    public var warning: String? {
        guard digest == nil else { return nil }
        switch tag {
        case nil: return "the image has no tag, so it means 'latest' at any time; give it a tag or a digest"
        case "latest": return "the image's tag 'latest' means another build at another time; give a tag or a digest"
        default: return nil
        }
    }
}
