import Glibc

/// Cuts a reference into its parts and checks each by its rule.
enum ImageReferenceParser {
    private typealias Part = ArraySlice<Unicode.Scalar>
    typealias ValidationError = ImageReference.ValidationError

    private static let hexDigits: Set<Unicode.Scalar> = Set("0123456789abcdef".unicodeScalars)
    /// The hexadecimal digits of the algorithms that the OCI image specification registers.
    private static let digestLengths = ["sha256": 64, "sha384": 96, "sha512": 128]

    static func parse(_ text: String) throws(ValidationError) -> ImageReference {
        let scalars = Array(text.unicodeScalars)
        if scalars.isEmpty { throw .empty }
        for (index, scalar) in scalars.enumerated() where scalar.properties.isWhitespace || scalar.value < 0x20 {
            throw .space(scalar, place: index + 1)
        }
        try checkForm(scalars)

        let at = scalars.firstIndex(of: "@")
        let named = scalars[..<(at ?? scalars.endIndex)]
        if let at { try checkDigest(scalars[(at + 1)...]) }

        // A colon before the last slash belongs to a registry's port or IPv6 address.
        let lastSlash = named.lastIndex(of: "/") ?? named.startIndex
        let isHostAlone = named.first == "[" && lastSlash == named.startIndex
        let colon = isHostAlone ? nil : named[lastSlash...].lastIndex(of: ":")
        if let colon { try checkTag(named[(colon + 1)...]) }

        let name = named[..<(colon ?? named.endIndex)]
        let registry = try checkName(name)
        return ImageReference(
            text: text, registry: registry.map(string), repository: string(name),
            tag: colon.map { string(named[($0 + 1)...]) }, digest: at.map { string(scalars[($0 + 1)...]) })
    }

    private static func string(_ part: Part) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: part)
        return String(text)
    }

    /// Refuses what is plainly something else, before its parts are looked at one by one.
    private static func checkForm(_ scalars: [Unicode.Scalar]) throws(ValidationError) {
        if let colon = scalars.firstIndex(of: ":"), scalars[colon...].starts(with: "://".unicodeScalars),
            scalars[..<colon].allSatisfy({ isLetterOrDigit($0) || $0 == "-" || $0 == "+" })
        {
            throw .scheme(string(scalars[..<(colon + 3)]))
        }
        // What `docker build --quiet` prints, with and without its algorithm; the first would pass for name and tag.
        let algorithm = Array("sha256:".unicodeScalars)
        let digits = scalars.starts(with: algorithm) ? scalars.dropFirst(algorithm.count) : scalars[...]
        if digits.count == 64, digits.allSatisfy(hexDigits.contains) { throw .imageID }
    }

    private static func checkTag(_ tag: Part) throws(ValidationError) {
        if tag.isEmpty { throw .emptyTag }
        for (index, scalar) in zip(tag.indices, tag) {
            let isFirst = index == tag.startIndex
            if isLetterOrDigit(scalar) || scalar == "_" || (!isFirst && (scalar == "." || scalar == "-")) { continue }
            throw .tagCharacter(scalar, place: index + 1)
        }
        if tag.count > ImageReference.maximumTagLength { throw .tagTooLong(count: tag.count) }
    }

    private static func checkDigest(_ digest: Part) throws(ValidationError) {
        // The text is not repeated: after `@` in what was meant as a URL there may stand anything.
        guard let colon = digest.firstIndex(of: ":") else {
            throw .digest("write ALGORITHM:HEX, such as sha256: and 64 hexadecimal digits")
        }
        let algorithm = digest[..<colon]
        let hex = digest[(colon + 1)...]
        let separators: [Unicode.Scalar] = ["+", ".", "-", "_"]
        for part in algorithm.split(omittingEmptySubsequences: false, whereSeparator: separators.contains) {
            guard let first = part.first, isLetterOrDigit(first), !("0"..."9").contains(first),
                part.allSatisfy(isLetterOrDigit)
            else { throw .digest("its algorithm is malformed; the usual one is sha256") }
        }
        guard hex.allSatisfy(hexDigits.contains) else {
            throw .digest("only the digits 0-9 and a-f, in lowercase, are allowed after its ':'")
        }
        if let length = digestLengths[string(algorithm)] {
            guard hex.count == length else {
                throw .digest("\(string(algorithm)) has \(length) hexadecimal digits and here are \(hex.count)")
            }
        } else if hex.count < 32 {
            throw .digest("a digest has at least 32 hexadecimal digits and here are \(hex.count)")
        }
    }

    /// Checks registry and path and returns the registry.
    private static func checkName(_ name: Part) throws(ValidationError) -> Part? {
        if name.isEmpty { throw .emptyPath }
        if name.count > ImageReference.maximumRepositoryLength { throw .repositoryTooLong(count: name.count) }
        var components = name.split(separator: "/", omittingEmptySubsequences: false)[...]
        var registry: Part?
        // As container engines tell the two apart: a path's first component has none of these.
        if let first = components.first, first.first == "[" || (components.count > 1 && looksLikeHost(first)) {
            try checkRegistry(first)
            components = components.dropFirst()
            if components.isEmpty || components.elementsEqual([[]]) { throw .emptyPath }
            registry = first
        }
        for component in components {
            if component.isEmpty { throw .emptyComponent(place: component.startIndex + 1) }
            try checkComponent(component)
        }
        return registry
    }

    private static func looksLikeHost(_ component: Part) -> Bool {
        component.contains(".") || component.contains(":") || component.elementsEqual("localhost".unicodeScalars)
    }

    private static func checkRegistry(_ registry: Part) throws(ValidationError) {
        if registry.first == "[" {
            guard let end = registry.firstIndex(of: "]") else { throw .registry("there is no ']' after its address") }
            try checkIPv6(registry[(registry.startIndex + 1)..<end])
            let rest = registry[(end + 1)...]
            if rest.isEmpty { return }
            guard rest.first == ":" else { throw .registry("only a ':' and a port can follow its ']'") }
            return try checkPort(rest.dropFirst())
        }
        let colon = registry.firstIndex(of: ":")
        if let colon {
            guard registry[(colon + 1)...].contains(":") == false else {
                throw .registry("it has more than one ':'; an IPv6 address stands in brackets, as in [::1]:5000")
            }
            try checkPort(registry[(colon + 1)...])
        }
        for label in registry[..<(colon ?? registry.endIndex)].split(separator: ".", omittingEmptySubsequences: false) {
            if label.isEmpty { throw .registry("a part of its host name is empty") }
            if let fault = NameRule.hostLabel.fault(in: label) { throw .registry("in its host name, \(fault)") }
        }
    }

    private static func checkIPv6(_ address: Part) throws(ValidationError) {
        var parsed = in6_addr()
        let text = string(address)
        guard !text.utf8.contains(0), !text.utf8.contains(UInt8(ascii: ".")), inet_pton(AF_INET6, text, &parsed) == 1
        else { throw .registry("there is no IPv6 address between its brackets") }
    }

    private static func checkPort(_ port: Part) throws(ValidationError) {
        guard port.allSatisfy({ ("0"..."9").contains($0) }), let number = UInt16(string(port)), number > 0 else {
            throw .registry("its port is not a number from 1 to 65535")
        }
    }

    private static func checkComponent(_ component: Part) throws(ValidationError) {
        var separator: Part = component[component.startIndex..<component.startIndex]
        for (index, scalar) in zip(component.indices, component) {
            switch scalar {
            case "a"..."z", "0"..."9":
                separator = component[index..<index]
            case ".", "_", "-":
                if index == component.startIndex { throw .separator(scalar, place: index + 1) }
                separator = component[(index - separator.count)...index]
                guard isSeparator(separator) else { throw .separator(scalar, place: index + 1) }
            case "A"..."Z":
                throw .uppercase(scalar, place: index + 1)
            default:
                throw .pathCharacter(scalar, place: index + 1)
            }
        }
        if let last = separator.last { throw .separator(last, place: component.endIndex) }
    }

    private static func isSeparator(_ part: Part) -> Bool {
        part.elementsEqual(".".unicodeScalars) || part.elementsEqual("_".unicodeScalars)
            || part.elementsEqual("__".unicodeScalars) || part.allSatisfy { $0 == "-" }
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }
}
