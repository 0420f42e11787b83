import Text

extension ImageReference {
    typealias Part = ArraySlice<Unicode.Scalar>

    static func string(_ part: Part) -> String {
        String(String.UnicodeScalarView(part))
    }

    static func checkTag(_ tag: Part) throws(MalformedText) {
        if tag.isEmpty { throw MalformedText("there is no tag after the ':'; write one, or leave the ':' out") }
        for index in tag.indices {
            let scalar = tag[index]
            if isLetterOrDigit(scalar) || scalar == "_" { continue }
            if index > tag.startIndex, scalar == "." || scalar == "-" { continue }
            throw MalformedText(
                scalar, at: index,
                " is not allowed there: a tag has letters, digits, '_', '.' and '-', and does not start with '.' or '-'"
            )
        }
        if tag.count > 128 { throw MalformedText("its tag has \(tag.count) characters: at most 128 are allowed") }
    }

    static func checkDigest(_ digest: Part) throws(MalformedText) {
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

    static func checkRegistry(_ registry: Part) throws(MalformedText) {
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

    static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && PercentEncoding.isAlphanumeric(UInt8(truncatingIfNeeded: scalar.value))
    }

    static func isHexDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar) || ("a"..."f").contains(scalar)
    }
}
