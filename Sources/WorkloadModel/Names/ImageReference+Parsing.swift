import Text

extension ImageReference {
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
        if let colon { try Self.checkTag(named[(colon + 1)...]) }

        let name = named[..<(colon ?? named.endIndex)]
        registry = try Self.checkName(name).map(Self.string)
        repository = Self.string(name)
        tag = colon.map { Self.string(named[($0 + 1)...]) }
        digest = at.map { Self.string(scalars[($0 + 1)...]) }
        self.text = text
    }

    private static func string(_ part: Part) -> String {
        String(String.UnicodeScalarView(part))
    }

    /// Refuses what is plainly something else, before its parts are looked at one by one.
    private static func checkForm(_ scalars: [Unicode.Scalar]) throws(MalformedText) {
        if let colon = scalars.firstIndex(of: ":"), scalars[colon...].starts(with: "://".unicodeScalars),
            scalars[..<colon].allSatisfy({ isLetterOrDigit($0) || $0 == "-" || $0 == "+" })
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

    private static func checkTag(_ tag: Part) throws(MalformedText) {
        if tag.isEmpty { throw MalformedText("there is no tag after the ':'; write one, or leave the ':' out") }
        for (index, scalar) in zip(tag.indices, tag) {
            if isLetterOrDigit(scalar) || scalar == "_" { continue }
            if index > tag.startIndex, scalar == "." || scalar == "-" { continue }
            throw MalformedText(
                scalar, at: index,
                " is not allowed there: a tag has letters, digits, '_', '.' and '-', and does not start with '.' or '-'"
            )
        }
        if tag.count > 128 { throw MalformedText("its tag has \(tag.count) characters: at most 128 are allowed") }
    }

    private static func checkDigest(_ digest: Part) throws(MalformedText) {
        // The text is not repeated: after `@` in what was meant as a URL there may stand anything.
        func malformed(_ reason: String) -> MalformedText {
            MalformedText("what follows '@' is not a digest: \(reason)")
        }
        guard let colon = digest.firstIndex(of: ":") else {
            throw malformed("write ALGORITHM:HEX, such as sha256: and 64 hexadecimal digits")
        }
        let algorithm = digest[..<colon]
        let count = digest[(colon + 1)...].count
        let parts = algorithm.split(omittingEmptySubsequences: false) { "+.-_".unicodeScalars.contains($0) }
        let isWellFormed = parts.allSatisfy { part in
            part.allSatisfy(isLetterOrDigit) && part.first.map { !("0"..."9").contains($0) } ?? false
        }
        guard isWellFormed else { throw malformed("its algorithm is malformed; the usual one is sha256") }
        guard digest[(colon + 1)...].allSatisfy(isHexDigit) else {
            throw malformed("only the digits 0-9 and a-f, in lowercase, are allowed after its ':'")
        }
        // The algorithms that the OCI image specification registers.
        let lengths = ["sha256": 64, "sha384": 96, "sha512": 128]
        if let length = lengths[string(algorithm)] {
            guard count == length else {
                throw malformed("\(string(algorithm)) has \(length) hexadecimal digits and here are \(count)")
            }
        } else if count < 32 {
            throw malformed("a digest has at least 32 hexadecimal digits and here are \(count)")
        }
    }

    /// Checks registry and path and returns the registry.
    private static func checkName(_ name: Part) throws(MalformedText) -> Part? {
        let emptyPath = MalformedText("it names no repository; write REPOSITORY:TAG or REGISTRY/REPOSITORY:TAG")
        if name.isEmpty { throw emptyPath }
        if name.count > 255 {
            throw MalformedText("its repository has \(name.count) characters: at most 255 are allowed")
        }
        var components = name.split(separator: "/", omittingEmptySubsequences: false)[...]
        var registry: Part?
        // As container engines distinguish the two: a path's first component has none of these.
        if let first = components.first, first.first == "[" || (components.count > 1 && looksLikeHost(first)) {
            try checkRegistry(first)
            components = components.dropFirst()
            if components.isEmpty || components.elementsEqual([[]]) { throw emptyPath }
            registry = first
        }
        for component in components { try checkComponent(component) }
        return registry
    }

    private static func looksLikeHost(_ component: Part) -> Bool {
        component.contains(".") || component.contains(":") || component.elementsEqual("localhost".unicodeScalars)
    }

    private static func checkRegistry(_ registry: Part) throws(MalformedText) {
        func malformed(_ reason: String) -> MalformedText { MalformedText("its registry is malformed: \(reason)") }
        var host = registry
        var port: Part?
        if registry.first == "[" {
            guard let end = registry.firstIndex(of: "]") else { throw malformed("there is no ']' after its address") }
            guard isIPv6(registry[..<end].dropFirst()) else {
                throw malformed("there is no IPv6 address between its brackets")
            }
            if end + 1 < registry.endIndex { port = registry[(end + 1)...] }
            if let port, port.first != ":" { throw malformed("only a ':' and a port can follow its ']'") }
            host = []
        } else if let colon = registry.firstIndex(of: ":") {
            (host, port) = (registry[..<colon], registry[colon...])
            if registry.lastIndex(of: ":") != colon {
                throw malformed("it has more than one ':'; an IPv6 address stands in brackets, as in [::1]:5000")
            }
        }
        if let port = port?.dropFirst() {
            guard port.allSatisfy({ ("0"..."9").contains($0) }), let number = UInt16(string(port)), number > 0 else {
                throw malformed("its port is not a number from 1 to 65535")
            }
        }
        for label in host.split(separator: ".", omittingEmptySubsequences: false) where registry.first != "[" {
            if label.isEmpty { throw malformed("a part of its host name is empty") }
            if let fault = NameRule.hostLabel.fault(in: label) { throw malformed("in its host name, \(fault)") }
        }
    }

    /// Whether it is an address of eight groups, `::` standing once for one or more (RFC 4291 §2.2, its first two forms).
    private static func isIPv6(_ address: Part) -> Bool {
        let halves = string(address).split(separator: "::", omittingEmptySubsequences: false)
        let groups = halves.flatMap { $0.isEmpty ? [] : $0.split(separator: ":", omittingEmptySubsequences: false) }
        return (halves.count == 1 ? groups.count == 8 : halves.count == 2 && groups.count < 8)
            && groups.allSatisfy { group in
                (1...4).contains(group.utf8.count) && group.utf8.allSatisfy { Hexadecimal.value($0) != nil }
            }
    }

    private static func checkComponent(_ component: Part) throws(MalformedText) {
        if component.isEmpty {
            throw MalformedText(
                "there is no name before the '/' or end at character \(component.startIndex + 1); remove one '/'")
        }
        var separators = 0
        func misplaced(at index: Int) -> MalformedText {
            MalformedText(
                component[index], at: index,
                " does not stand between letters or digits: separators are one '.', one or two '_', or any number of '-'"
            )
        }
        for (index, scalar) in zip(component.indices, component) {
            switch scalar {
            case "a"..."z", "0"..."9":
                separators = 0
            case ".", "_", "-":
                guard index > component.startIndex else { throw misplaced(at: index) }
                let goesOn = component[index - 1] == scalar && (scalar == "-" || scalar == "_" && separators == 1)
                guard separators == 0 || goesOn else { throw misplaced(at: index) }
                separators += 1
            case "A"..."Z":
                throw MalformedText(scalar, at: index, ": a repository is written in lowercase")
            default:
                throw MalformedText(
                    scalar, at: index,
                    " is not allowed: a repository has lowercase letters, digits, '.', '_', '-' and '/'")
            }
        }
        if separators > 0 { throw misplaced(at: component.endIndex - 1) }
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && PercentEncoding.isAlphanumeric(UInt8(truncatingIfNeeded: scalar.value))
    }

    private static func isHexDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar) || ("a"..."f").contains(scalar)
    }
}
