internal import Text

/// All registered secrets, and where a text has them.
struct SecretPatterns {
    /// What is looked for, as it is, and how many characters the secret has.
    private typealias Pattern = (bytes: [UInt8], length: Int)

    /// The least part of a secret, in bytes, that is taken out where the rest was cut off.
    private static let minimumCutLength = 8
    /// The least secret, in characters, that is looked for in what digits stand for: a shorter one is there by chance.
    private static let shortestInDigits = 5
    /// How many encodings over each other are taken off: a server may put a form into JSON, and that into a page.
    private static let layers = 3

    private var patterns: [Pattern] = []
    /// How many bytes the shortest has.
    private var least = Int.max
    /// Whether a pattern, or the mark of a cut, begins with that byte.
    private var beginnings = (0...UInt8.max).map { $0 == 0xE2 || $0 == UInt8(ascii: ".") }

    var isEmpty: Bool { patterns.isEmpty }

    mutating func add(_ secret: String) {
        let parts = secret.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        add(Array(secret.utf8), length: secret.unicodeScalars.count)
        // A server that complains of a token may show a part of it: the claims, or the signature.
        guard parts.count == 3, parts.allSatisfy({ $0.count >= 16 }) else { return }
        for part in parts { add(Array(part), length: part.count) }
    }

    private mutating func add(_ bytes: [UInt8], length: Int) {
        guard let first = bytes.first, !patterns.contains(where: { $0.bytes == bytes }) else { return }
        patterns.append((bytes, length))
        least = min(least, bytes.count)
        beginnings[Int(first)] = true
        // A form writes a space as a plus.
        if first == UInt8(ascii: " ") { beginnings[Int(UInt8(ascii: "+"))] = true }
    }

    /// The text without the secrets that have so many characters, broken off where it exceeds the limit in bytes, but never
    /// within a secret.
    func redact(_ text: [UInt8], limit: Int = .max, shortest: Int = 0) -> [UInt8] {
        // The second half of what is looked at is not shown: it is there to recognize a secret that begins before it.
        let horizon = limit < .max / 4 && text.count > limit * 4 ? limit * 2 : text.count
        let looked = horizon < text.count ? Array(text.prefix(limit * 4)) : text
        var result: [UInt8] = []
        var (position, end) = (0, horizon)
        for secret in Self.merged(ranges(in: looked, shortest: shortest)) {
            if secret.lowerBound >= horizon { break }
            if result.count >= limit {
                end = secret.lowerBound
                break
            }
            result += text[position..<secret.lowerBound] + Secret.placeholder.utf8
            position = secret.upperBound
        }
        result += text[min(position, end)..<end]
        return result
    }

    /// The ranges in order and apart from each other: a secret that begins within another one may reach beyond it.
    private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound < last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    /// Where secrets are: as they are, and in what is left of the text without each encoding that it may have.
    private func ranges(in text: [UInt8], shortest: Int, layers: Int = Self.layers) -> [Range<Int>] {
        if text.count < least { return [] }
        var found: [Range<Int>] = []
        for position in text.indices where beginnings[Int(text[position])] {
            found += patterns.lazy.filter { $0.length >= shortest && isThere($0, in: text, at: position) }
                .map { position..<position + $0.bytes.count }
            if isCutMark(text, position) { found += cutRanges(in: text, before: position, shortest: shortest) }
        }
        if layers == 0 { return found }
        for kind in Unescaped.Kind.allCases {
            guard let inner = Unescaped(text, kind) else { continue }
            found += ranges(in: inner.bytes, shortest: shortest, layers: layers - 1).map(inner.place)
        }
        // Below digits stands one encoding more at most.
        let inner = min(layers - 1, 1)
        return found + [4, 6].flatMap { bits in rangesInDigits(text, of: bits, shortest: shortest, layers: inner) }
    }

    /// Where secrets are in what hexadecimal digits stand for, of four bits each, or those of Base64 and Base64URL, of six.
    private func rangesInDigits(_ text: [UInt8], of bits: Int, shortest: Int, layers: Int) -> [Range<Int>] {
        let shortest = max(shortest, Self.shortestInDigits)
        var found: [Range<Int>] = []
        for run in Self.runs(text, of: bits) where run.count > max(least, shortest) {
            let values = run.compactMap { Self.value(text[$0], bits) }
            // The digits of a secret begin with any of those that fill some bytes together.
            for skipped in 0..<(bits == 4 ? 2 : 4) {
                let bytes = Base64.regrouped(Array(values.dropFirst(skipped)), from: bits, to: 8)
                let start = run.lowerBound + skipped
                found += ranges(in: bytes, shortest: shortest, layers: layers).map { range in
                    start + range.lowerBound * 8 / bits..<start + (range.upperBound * 8 + bits - 1) / bits
                }
            }
        }
        return found
    }

    /// Where digits stand one behind the other, and more than a few.
    private static func runs(_ text: [UInt8], of bits: Int) -> [Range<Int>] {
        let isDigit = bits == 4 ? isHexadecimal : isBase64
        var runs: [Range<Int>] = []
        var start = 0
        for index in 0...text.count where index == text.count || !isDigit[Int(text[index])] {
            if index - start > shortestInDigits { runs.append(start..<index) }
            start = index + 1
        }
        return runs
    }

    private static let isHexadecimal = (0...UInt8.max).map { value($0, 4) != nil }
    private static let isBase64 = (0...UInt8.max).map { value($0, 6) != nil }

    private static func value(_ digit: UInt8, _ bits: Int) -> UInt8? {
        bits == 4 ? Hexadecimal.value(digit) : Base64.value(digit)
    }

    /// The longest beginnings of secrets that end there, cut off.
    private func cutRanges(in text: [UInt8], before end: Int, shortest: Int) -> [Range<Int>] {
        patterns.compactMap { (bytes, length) in
            guard length >= shortest, bytes.count > Self.minimumCutLength, end > 0 else { return nil }
            return (Self.minimumCutLength..<bytes.count).last { count in
                bytes[count - 1] == text[end - 1] && text[..<end].suffix(count).elementsEqual(bytes[..<count])
            }.map { end - $0..<end }
        }
    }

    private func isThere(_ pattern: Pattern, in text: [UInt8], at position: Int) -> Bool {
        let end = position + pattern.bytes.count
        guard end <= text.count else { return false }
        // A form writes a space as a plus.
        let isSame = pattern.bytes.indices.allSatisfy { index in
            let (byte, expected) = (text[position + index], pattern.bytes[index])
            return byte == expected || byte == UInt8(ascii: "+") && expected == UInt8(ascii: " ")
        }
        guard isSame, pattern.length < 3 else { return isSame }
        return (position == 0 || !isWordByte(text[position - 1])) && (end == text.count || !isWordByte(text[end]))
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        PercentEncoding.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    /// Whether it is said there, and not before, that a text goes on.
    private func isCutMark(_ text: [UInt8], _ position: Int) -> Bool {
        switch text[position] {
        case 0xE2: text[position...].starts(with: "…".utf8)
        case UInt8(ascii: "."):
            text[position...].starts(with: "...".utf8) && text[..<position].last != UInt8(ascii: ".")
        default: false
        }
    }
}
