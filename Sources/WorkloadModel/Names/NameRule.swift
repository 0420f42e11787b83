import Text

/// Which characters a name may have: ASCII letters or digits, which stand at both of its ends, and some others inside.
struct NameRule: Sendable {
    static let dnsLabel = NameRule(
        others: "-", allowsUppercase: false,
        form: "a DNS label has 1 to 63 lowercase letters, digits and '-', and starts and ends with a letter or digit")
    static let dnsSubdomain = NameRule(
        others: "-", allowsUppercase: false, maximum: 253, isDotted: true,
        form: "a DNS subdomain has 1 to 253 characters, its parts between dots have lowercase letters, digits and '-', "
            + "and start and end with a letter or digit")
    static let labelName = NameRule(
        others: "-_.",
        form: "a name has 1 to 63 letters, digits, '-', '_' and '.', and starts and ends with a letter or digit")
    static let labelValue = NameRule(
        others: "-_.",
        form: "a value has up to 63 letters, digits, '-', '_' and '.', and starts and ends with a letter or digit")
    static let hostName = NameRule(
        others: "-", maximum: .max, isDotted: true,
        form: "a host has letters, digits and '-' in its parts between dots, which start and end with a letter or digit"
    )
    static let repository = NameRule(
        others: ".-_", allowsUppercase: false, maximum: .max,
        form:
            "a repository has lowercase letters, digits, '.', '_' and '-' between slashes, and starts and ends with a "
            + "letter or digit there")
    static let tag = NameRule(
        others: "_.-", atStart: "_", atEnd: "_.-", maximum: 128,
        form: "a tag has 1 to 128 letters, digits, '_', '.' and '-', and does not start with '.' or '-'")

    private let others: String
    private var atStart = ""
    private var atEnd = ""
    private var allowsUppercase = true
    private var maximum = 63
    /// Whether it is each part between dots that has this form.
    private var isDotted = false
    /// The rule in words.
    private let form: String

    /// Throws at the first fault.
    func check(_ text: String) throws(MalformedText) {
        try check(Array(text.unicodeScalars)[...])
    }

    /// Throws at the first fault in a part of a text; places are those in the whole text.
    func check(_ name: ArraySlice<Unicode.Scalar>) throws(MalformedText) {
        if name.isEmpty { throw MalformedText("it is empty: \(form)") }
        if name.count > maximum { throw MalformedText("it has \(name.count) characters: \(form)") }
        for part in isDotted ? name.split(separator: ".", omittingEmptySubsequences: false) : [name] {
            try checkPart(part)
        }
    }

    private func checkPart(_ part: ArraySlice<Unicode.Scalar>) throws(MalformedText) {
        guard let first = part.first, let last = part.last else {
            throw MalformedText("there is nothing before the dot or end at character \(part.startIndex + 1): \(form)")
        }
        func isAllowed(_ scalar: Unicode.Scalar, _ others: String) -> Bool {
            scalar.isASCIIAlphanumeric && (allowsUppercase || !("A"..."Z").contains(scalar))
                || others.unicodeScalars.contains(scalar)
        }
        if let index = part.firstIndex(where: { !isAllowed($0, others) }) {
            throw MalformedText(part[index], at: index, " is not allowed: \(form)")
        }
        if !isAllowed(first, atStart) {
            throw MalformedText(first, at: part.startIndex, " cannot start it: \(form)")
        }
        if !isAllowed(last, atEnd) { throw MalformedText(last, at: part.endIndex - 1, " cannot end it: \(form)") }
    }
}

extension Unicode.Scalar {
    var isASCIIAlphanumeric: Bool { isASCII && PercentEncoding.isAlphanumeric(UInt8(truncatingIfNeeded: value)) }
}
