internal import Text

/// Reads one character of a text in all the ways in which it may be written.
struct EscapeReader {
    /// How often escapes of escapes are followed.
    private static let maximumNesting = 4
    /// Four times escaped, one backslash is sixteen.
    private static let maximumBackslashes = 16

    let text: [UInt8]

    /// Where the character may end when it begins at one of the positions.
    func ends(of scalar: Unicode.Scalar, atEachOf positions: [Int]) -> [Int] {
        Array(Set(positions.flatMap { ends(of: scalar, at: $0) }))
    }

    /// Where the character may end when it begins at the position; nowhere, if it is another one.
    func ends(of scalar: Unicode.Scalar, at position: Int) -> [Int] {
        guard position < text.count else { return [] }
        var ends = plainEnd(of: scalar, at: position).map { [$0] } ?? []
        switch text[position] {
        case UInt8(ascii: "%"): ends += percentEnds(of: scalar, at: position)
        case UInt8(ascii: "\\"): ends += backslashEnds(of: scalar, at: position)
        case UInt8(ascii: "&"): ends += entityEnds(of: scalar, at: position)
        default: break
        }
        // A form writes a space as a plus, which may have been escaped in its turn.
        return scalar == " " ? ends + self.ends(of: "+", at: position) : ends
    }

    private func plainEnd(of scalar: Unicode.Scalar, at position: Int) -> Int? {
        if scalar.isASCII { return UInt32(text[position]) == scalar.value ? position + 1 : nil }
        return skip(Array(scalar.utf8), at: position)
    }

    /// `%C3%BC`, also with the percent signs themselves encoded.
    private func percentEnds(of scalar: Unicode.Scalar, at position: Int) -> [Int] {
        var ends: Set = [position]
        for byte in scalar.utf8 {
            ends = Set(ends.flatMap { percentEnds(of: byte, at: $0) })
        }
        return Array(ends)
    }

    private func percentEnds(of byte: UInt8, at position: Int) -> [Int] {
        guard var digits = skip([UInt8(ascii: "%")], at: position) else { return [] }
        var ends: [Int] = []
        for _ in 0..<EscapeReader.maximumNesting {
            if hexadecimal(at: digits, count: 2) == UInt32(byte) { ends.append(digits + 2) }
            guard let next = skip(Array("25".utf8), at: digits) else { break }
            digits = next
        }
        return ends
    }

    /// `\"`, `\n`, `\u00fc`, `\u{fc}`, `\U000000fc`, `\xfc`, with one backslash or more.
    private func backslashEnds(of scalar: Unicode.Scalar, at position: Int) -> [Int] {
        let run = text[position...].prefix(EscapeReader.maximumBackslashes).prefix { $0 == UInt8(ascii: "\\") }
        if scalar == "\\" {
            return [2, 4, 8, 16].filter { $0 <= run.count }.map { position + $0 }
                + escapeEnds(of: scalar, at: run.endIndex)
        }
        return escapeEnds(of: scalar, at: run.endIndex)
    }

    private func escapeEnds(of scalar: Unicode.Scalar, at position: Int) -> [Int] {
        guard position < text.count else { return [] }
        switch text[position] {
        case UInt8(ascii: "u"):
            return [unicodeEnd(of: scalar, at: position + 1), bracedEnd(of: scalar, at: position + 1)].compactMap { $0 }
        case UInt8(ascii: "U"):
            return hexadecimal(at: position + 1, count: 8) == scalar.value ? [position + 9] : []
        case UInt8(ascii: "x"):
            return hexadecimal(at: position + 1, count: 2) == scalar.value ? [position + 3] : []
        case let letter where EscapeReader.letters[letter] == scalar:
            return [position + 1]
        case let byte where UInt32(byte) == scalar.value && !PercentEncoding.isAlphanumeric(byte) && byte != 0x5C:
            return [position + 1]
        default:
            return []
        }
    }

    static let letters: [UInt8: Unicode.Scalar] = [
        UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t", UInt8(ascii: "b"): "\u{8}",
        UInt8(ascii: "f"): "\u{C}",
    ]

    /// The four digits after `\u`, and a second escape where there is a surrogate pair.
    private func unicodeEnd(of scalar: Unicode.Scalar, at position: Int) -> Int? {
        var end = position
        for (index, unit) in scalar.utf16.enumerated() {
            if index > 0 {
                let run = text[end...].prefix(EscapeReader.maximumBackslashes).prefix { $0 == UInt8(ascii: "\\") }
                guard !run.isEmpty, let digits = skip([UInt8(ascii: "u")], at: run.endIndex) else { return nil }
                end = digits
            }
            guard hexadecimal(at: end, count: 4) == UInt32(unit) else { return nil }
            end += 4
        }
        return end
    }

    /// The digits in the braces after `\u`, as Swift and Rust write them.
    private func bracedEnd(of scalar: Unicode.Scalar, at position: Int) -> Int? {
        guard let digits = skip([UInt8(ascii: "{")], at: position) else { return nil }
        let count = text[digits...].prefix(8).prefix { Hexadecimal.value($0) != nil }.count
        guard count > 0, hexadecimal(at: digits, count: count) == scalar.value else { return nil }
        return skip([UInt8(ascii: "}")], at: digits + count)
    }

    /// `&quot;`, `&#34;`, `&#x22;`, also with the ampersand itself as `&amp;`.
    private func entityEnds(of scalar: Unicode.Scalar, at position: Int) -> [Int] {
        var start = position + 1
        var ends: [Int] = []
        for _ in 0..<EscapeReader.maximumNesting {
            if let end = entityEnd(of: scalar, at: start) {
                ends.append(end)
                if let semicolon = skip([UInt8(ascii: ";")], at: end) { ends.append(semicolon) }
            }
            guard let next = skip(Array("amp;".utf8), at: start) else { break }
            start = next
        }
        return ends
    }

    private func entityEnd(of scalar: Unicode.Scalar, at position: Int) -> Int? {
        guard let digits = skip([UInt8(ascii: "#")], at: position) else {
            return EscapeReader.entities[scalar].flatMap { skip(Array($0.utf8), at: position) }
        }
        if let digits = skip([UInt8(ascii: "x")], at: digits) ?? skip([UInt8(ascii: "X")], at: digits) {
            let count = text[digits...].prefix(8).prefix { Hexadecimal.value($0) != nil }.count
            return count > 0 && hexadecimal(at: digits, count: count) == scalar.value ? digits + count : nil
        }
        let number = text[digits...].prefix(8).prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        return UInt32(String(decoding: number, as: UTF8.self)) == scalar.value ? number.endIndex : nil
    }

    static let entities: [Unicode.Scalar: String] = [
        "\"": "quot", "&": "amp", "<": "lt", ">": "gt", "'": "apos", "+": "plus", "/": "sol", "=": "equals",
        "%": "percnt", ":": "colon", ";": "semi", ",": "comma", ".": "period", "!": "excl", "?": "quest", "#": "num",
        "$": "dollar", "(": "lpar", ")": "rpar", "*": "ast", "@": "commat", "[": "lsqb", "]": "rsqb", "\\": "bsol",
        "^": "Hat", "_": "lowbar", "`": "grave", "{": "lcub", "}": "rcub", "|": "verbar",
    ]

    private func skip(_ bytes: [UInt8], at position: Int) -> Int? {
        guard position < text.count, text[position...].starts(with: bytes) else { return nil }
        return position + bytes.count
    }

    private func hexadecimal(at position: Int, count: Int) -> UInt32? {
        Hexadecimal.number(in: text, at: position, count: count)
    }
}
