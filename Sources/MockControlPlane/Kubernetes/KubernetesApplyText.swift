/// JSON read as a YAML parser reads it, which is what a server does with the body of an apply.
enum KubernetesApplyText {
    struct Failure: Error {
        let reason: String
    }

    /// The text with what YAML changes in it changed, or what YAML refuses.
    static func read(_ body: [UInt8]) throws(Failure) -> String {
        guard let text = String(validating: body, as: UTF8.self) else {
            throw Failure(reason: "invalid leading UTF-8 octet")
        }
        var output = String.UnicodeScalarView()
        var length: Int?
        var isEscaped = false
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            guard isAllowed(scalar) else { throw Failure(reason: "control characters are not allowed") }
            guard let characters = length else {
                if scalar == "\"" { length = 0 }
                output.append(scalar)
                continue
            }
            length = characters + 1
            if isEscaped {
                isEscaped = false
                if scalar == "/" { throw Failure(reason: "found unknown escape character") }
                let next = scalars[(index + 1)...].prefix(2).map { String($0).lowercased() }
                if scalar == "u", next.first == "d", "89abcdef".contains(next.last ?? "") {
                    throw Failure(reason: "found invalid Unicode character escape code")
                }
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                length = nil
                if characters >= 1024, scalars[(index + 1)...].first(where: { $0 != " " }) == ":" {
                    throw Failure(reason: "did not find expected ',' or '}'")
                }
            } else if scalar == "\u{85}" {
                output.append(" ")
                continue
            } else if scalar == " ", isBeside(scalars, index) {
                continue
            }
            output.append(scalar)
        }
        return String(output)
    }

    /// Whether a blank touches a raw line or paragraph separator, across other blanks.
    private static func isBeside(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        let separators: Set<Unicode.Scalar> = ["\u{2028}", "\u{2029}"]
        let after = scalars[index...].first { $0 != " " }
        let before = scalars[..<index].last { $0 != " " }
        return [after, before].contains { $0.map(separators.contains) ?? false }
    }

    /// YAML 1.1's printable characters, the byte order mark among them.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
