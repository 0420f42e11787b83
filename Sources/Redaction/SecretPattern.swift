internal import Text

/// A secret as characters, each of which a text may have as it is or escaped.
struct SecretPattern: Hashable {
    private let scalars: [Unicode.Scalar]
    /// Whether it is too short to be looked for inside words.
    let isWholeWord: Bool

    private init(_ text: String, isWholeWord: Bool = false) {
        scalars = Array(text.unicodeScalars)
        self.isWholeWord = isWholeWord
    }

    /// All patterns by which a secret is looked for.
    static func all(of secret: String) -> Set<SecretPattern> {
        if secret.isEmpty { return [] }
        if secret.unicodeScalars.count < 3 { return [SecretPattern(secret, isWholeWord: true)] }
        var result: Set = [SecretPattern(secret)]
        // A server that complains of a token may show a part of it: the claims, or the signature.
        let parts = secret.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if parts.count == 3, parts.allSatisfy({ $0.count >= 16 }) {
            for part in parts { result.insert(SecretPattern(String(decoding: part, as: UTF8.self))) }
        }
        return result
    }

    /// The bytes with which a text may begin this pattern, escapes included.
    var firstBytes: Set<UInt8> {
        guard let first = scalars.first, let byte = first.utf8.first else { return [] }
        var result: Set = [byte, UInt8(ascii: "%"), UInt8(ascii: "\\"), UInt8(ascii: "&")]
        if first == " " { result.insert(UInt8(ascii: "+")) }
        return result
    }

    /// Where the longest match that begins at the position ends, nil where there is none.
    func matchEnd(in text: [UInt8], at position: Int) -> Int? {
        if isWholeWord, position > 0, isWordByte(text[position - 1]) { return nil }
        guard let (start, matched) = plainBeginning(in: text, at: position) else { return nil }
        let reader = EscapeReader(text: text)
        var ends = [start]
        for scalar in scalars[matched...] {
            // One reading of an escape may be shorter than another: "%25" is a percent sign, or three characters.
            ends = ends.count == 1 ? reader.ends(of: scalar, at: ends[0]) : reader.ends(of: scalar, atEachOf: ends)
            if ends.isEmpty { return nil }
        }
        if isWholeWord { ends = ends.filter { $0 == text.count || !isWordByte(text[$0]) } }
        return ends.max()
    }

    /// How far the text goes along with the pattern without any escape, and how many characters that are; nil where
    /// they part.
    ///
    /// Nearly every text parts at the second letter, and this finds out without taking any memory.
    private func plainBeginning(in text: [UInt8], at position: Int) -> (end: Int, count: Int)? {
        var end = position
        var count = 0
        for scalar in scalars {
            guard scalar.isASCII, end < text.count else { break }
            let byte = text[end]
            if EscapeSequence.mayBegin(byte) || scalar == " " { break }
            guard UInt32(byte) == scalar.value else { return nil }
            end += 1
            count += 1
        }
        return (end, count)
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        PercentEncoding.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}
