import Text

extension YAMLScalar.Kind {
    /// What the core schema makes of a plain scalar (YAML 1.2.2, chapter 10.3.2).
    init(plain text: String) {
        func isOne(of words: String...) -> Bool { text.utf8.count <= 5 && words.contains(text) }
        switch text.utf8.first {
        case nil: self = .null
        // The first byte settles most texts.
        case .some(let first) where Self.beginsNumber(first):
            let isWord = first.isDigit ? false : Self.unlimited.contains { text.isExactly($0) }
            self = isWord ? .float : Self.number(Array(text.utf8)) ?? .text
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
            self = isOne(of: "~", "null", "Null", "NULL") ? .null : .text
        case UInt8(ascii: "t"), UInt8(ascii: "T"): self = isOne(of: "true", "True", "TRUE") ? .boolean : .text
        case UInt8(ascii: "f"), UInt8(ascii: "F"): self = isOne(of: "false", "False", "FALSE") ? .boolean : .text
        default: self = .text
        }
    }

    private static let unlimited =
        ["", "+", "-"].flatMap { sign in [".inf", ".Inf", ".INF"].map { sign + $0 } } + [".nan", ".NaN", ".NAN"]

    /// Whether YAML 1.1 readers, which many tools still are, would take this plain text for something else than text.
    static func isAmbiguous(plain text: String) -> Bool {
        guard let first = text.utf8.first, Self(plain: text) == .text else { return true }
        if beginsNumber(first) { return isOldNumber(Array(text.utf8)) }
        return text.utf8.count <= 3 && "yYnNoO=<".utf8.contains(first)
            && ["y", "n", "yes", "no", "on", "off", "=", "<<"].contains(text.lowercased())
    }

    /// Whether YAML 1.1 or a reader of it takes this for an octal, binary or sexagesimal number, for one with digits in
    /// groups, or for a date.
    private static func isOldNumber(_ text: [UInt8]) -> Bool {
        let date = text.split(separator: UInt8(ascii: "-"), maxSplits: 2, omittingEmptySubsequences: false)
        if date.count == 3, date[0].count == 4, (date[0] + date[1]).allSatisfy(\.isDigit), date[1].count <= 2 {
            let day = date[2].prefix(while: \.isDigit)
            if (1...2).contains(day.count), date[2].dropFirst(day.count).first.map("Tt \t".utf8.contains) ?? true {
                return true
            }
        }
        let digits = text.filter { !"_,".utf8.contains($0) }.drop { "+-".utf8.contains($0) }
        if digits.count > 2,
            digits.starts(with: "0b".utf8) || digits.starts(with: "0x".utf8) || digits.starts(with: "0o".utf8)
        {
            return digits.dropFirst(2).allSatisfy(\.isHexDigit)
        }
        return number(Array(digits)) != nil
            || digits.allSatisfy { $0.isDigit || ":.".utf8.contains($0) } && digits.contains(UInt8(ascii: ":"))
    }

    private static func beginsNumber(_ first: UInt8) -> Bool { first.isDigit || "+-.".utf8.contains(first) }

    private static func number(_ text: [UInt8]) -> Self? {
        let digits = text.dropFirst(2)
        if text.starts(with: "0x".utf8), !digits.isEmpty { return digits.allSatisfy(\.isHexDigit) ? .integer : nil }
        if text.starts(with: "0o".utf8), !digits.isEmpty {
            return digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) } ? .integer : nil
        }
        var rest = text[...]
        func skipSign() { if rest.first.map("+-".utf8.contains) ?? false { rest = rest.dropFirst() } }
        func skipDigits() -> Bool {
            let count = rest.prefix(while: \.isDigit).count
            rest = rest.dropFirst(count)
            return count > 0
        }
        skipSign()
        var hasDigits = skipDigits()
        if rest.isEmpty { return hasDigits ? .integer : nil }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            hasDigits = skipDigits() || hasDigits
        }
        if !hasDigits { return nil }
        if rest.isEmpty { return .float }
        guard rest.first.map("eE".utf8.contains) ?? false else { return nil }
        rest = rest.dropFirst()
        skipSign()
        return skipDigits() && rest.isEmpty ? .float : nil
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    fileprivate var isHexDigit: Bool { Hexadecimal.value(self) != nil }
}
