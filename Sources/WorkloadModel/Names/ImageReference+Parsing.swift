import Text

extension ImageReference {
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
        for index in component.indices {
            let scalar = component[index]
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
}
