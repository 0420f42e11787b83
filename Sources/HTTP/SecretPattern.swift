/// One form of a secret: characters, each of which a text may have as it is or escaped.
struct SecretPattern: Hashable {
    /// The least length of a piece of Base64 that is not found in innocent text all the time.
    private static let minimumBase64Length = 4

    private let scalars: [Unicode.Scalar]
    private let ignoresCase: Bool
    private let isWholeWord: Bool

    private init(_ text: String, ignoresCase: Bool = false, isWholeWord: Bool = false) {
        scalars = Array(text.unicodeScalars)
        self.ignoresCase = ignoresCase
        self.isWholeWord = isWholeWord
    }

    /// All forms under which a secret is looked for.
    static func all(of secret: String) -> Set<SecretPattern> {
        if secret.isEmpty { return [] }
        if secret.unicodeScalars.count < 3 { return [SecretPattern(secret, isWholeWord: true)] }
        var result: Set = [SecretPattern(secret), SecretPattern(hexadecimal(secret), ignoresCase: true)]
        for form in [secret, FormEncoding.encode(secret), PercentEncoding.encode(secret), jsonEscaped(secret)] {
            for alignment in 0..<3 {
                let standard = base64Core(Array(form.utf8), alignment: alignment)
                guard standard.utf8.count >= minimumBase64Length else { continue }
                result.insert(SecretPattern(standard))
                let urlSafe = standard.utf8.map { $0 == 0x2B ? 0x2D : $0 == 0x2F ? 0x5F : $0 }
                result.insert(SecretPattern(String(decoding: urlSafe, as: UTF8.self)))
            }
        }
        // A server that complains of a token may show a part of it: the claims, or the signature.
        let parts = secret.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if parts.count == 3, parts.allSatisfy({ $0.count >= 16 }) {
            for part in parts { result.insert(SecretPattern(String(decoding: part, as: UTF8.self))) }
        }
        return result
    }

    private static func hexadecimal(_ text: String) -> String {
        String(
            decoding: text.utf8.flatMap { [Hexadecimal.lower[Int($0 >> 4)], Hexadecimal.lower[Int($0 & 15)]] },
            as: UTF8.self)
    }

    private static func jsonEscaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result.unicodeScalars.append("\\") }
            result.unicodeScalars.append(scalar)
        }
        return result
    }

    /// The digits that depend on nothing but these bytes when they follow that many others in a group of three.
    private static func base64Core(_ bytes: [UInt8], alignment: Int) -> String {
        let digits = Base64.sextets(of: Array(repeating: 0, count: alignment) + bytes)
        let start = (alignment * 8 + 5) / 6
        let end = (alignment + bytes.count) * 8 / 6
        return String(decoding: digits[start..<max(start, end)].map { Base64.alphabet[Int($0)] }, as: UTF8.self)
    }

    /// The bytes with which a text may begin this form, its escapes included.
    var firstBytes: Set<UInt8> {
        guard let first = scalars.first, let byte = first.utf8.first else { return [] }
        var result: Set = [byte, UInt8(ascii: "%"), UInt8(ascii: "\\"), UInt8(ascii: "&")]
        if first == " " { result.insert(UInt8(ascii: "+")) }
        if ignoresCase { result.insert(asciiUppercase(byte)) }
        return result
    }

    /// Where the longest match that begins at the position ends, nil where there is none.
    func matchEnd(in text: [UInt8], at position: Int) -> Int? {
        if isWholeWord, position > 0, isWordByte(text[position - 1]) { return nil }
        let reader = EscapeReader(text: text, ignoresCase: ignoresCase)
        var ends = [position]
        for scalar in scalars {
            // One reading of an escape may be shorter than another: "%25" is a percent sign, or three characters.
            ends = ends.count == 1 ? reader.ends(of: scalar, at: ends[0]) : reader.ends(of: scalar, atEachOf: ends)
            if ends.isEmpty { return nil }
        }
        if isWholeWord { ends = ends.filter { $0 == text.count || !isWordByte(text[$0]) } }
        return ends.max()
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        PercentEncoding.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}

/// The capital of an ASCII letter, every other byte as it is.
func asciiUppercase(_ byte: UInt8) -> UInt8 {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte ? byte - 0x20 : byte
}
