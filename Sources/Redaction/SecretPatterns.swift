/// All forms of all registered secrets, found by the byte that one may begin with.
struct SecretPatterns {
    /// How often escapes are taken off a text.
    private static let maximumLayers = 4

    /// The least part of a secret, in bytes, that is taken out where the rest was cut off.
    private static let minimumCutLength = 8

    private var secrets: [[UInt8]] = []
    private var patterns: [SecretPattern] = []
    private var byFirstByte: [[Int]] = Array(repeating: [], count: 256)

    var isEmpty: Bool { patterns.isEmpty }

    mutating func add(_ secret: String) {
        let bytes = Array(secret.utf8)
        if !secrets.contains(bytes) { secrets.append(bytes) }
        for pattern in SecretPattern.all(of: secret) where !patterns.contains(pattern) {
            for byte in pattern.firstBytes { byFirstByte[Int(byte)].append(patterns.count) }
            patterns.append(pattern)
        }
    }

    /// The text without the secrets, broken off where it exceeds the limit in bytes, but never within a secret.
    func redact(_ text: [UInt8], limit: Int) -> [UInt8] {
        // The second half of what is looked at is not shown: it is there to recognize a secret that begins before it.
        let horizon = limit < .max / 4 && text.count > limit * 4 ? limit * 2 : text.count
        var result: [UInt8] = []
        var position = 0
        for secret in ranges(of: horizon < text.count ? Array(text.prefix(limit * 4)) : text) {
            if secret.lowerBound >= horizon || result.count >= limit { break }
            result += text[position..<secret.lowerBound] + Secret.placeholder.utf8
            position = secret.upperBound
        }
        result += text[min(position, horizon)..<horizon]
        return result
    }

    /// Where there are secrets, in order and apart from each other.
    private func ranges(of text: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        forEachLayer(of: DecodedText(text)) { layer in
            found += matches(in: layer, isDecoded: false)
            for decoded in layer.runs() {
                forEachLayer(of: decoded) { found += matches(in: $0, isDecoded: true) }
            }
        }
        found.sort { $0.lowerBound < $1.lowerBound }
        var result: [Range<Int>] = []
        for range in found {
            // A secret that begins within another one may reach beyond it.
            if let last = result.last, range.lowerBound < last.upperBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }

    private func forEachLayer(of text: DecodedText, _ body: (DecodedText) -> Void) {
        var layer = text
        body(layer)
        for _ in 0..<Self.maximumLayers {
            guard let next = layer.unescaped() else { return }
            layer = next
            body(layer)
        }
    }

    private func matches(in layer: DecodedText, isDecoded: Bool) -> [Range<Int>] {
        let text = layer.bytes
        var result: [Range<Int>] = []
        for position in text.indices {
            for index in byFirstByte[Int(text[position])] where !isDecoded || !patterns[index].isWholeWord {
                guard let end = patterns[index].matchEnd(in: text, at: position) else { continue }
                result.append(layer.original(position..<end))
            }
            if isCutMark(text, position), let start = cutSecret(in: text, before: position) {
                result.append(layer.original(start..<position))
            }
        }
        return result
    }

    /// Whether somebody says there that a text goes on.
    private func isCutMark(_ text: [UInt8], _ position: Int) -> Bool {
        switch text[position] {
        case 0xE2: text[position...].starts(with: "…".utf8)
        case UInt8(ascii: "."): text[position...].starts(with: "...".utf8)
        default: false
        }
    }

    /// Where the beginning of a secret begins that ends at the position.
    private func cutSecret(in text: [UInt8], before position: Int) -> Int? {
        var start: Int?
        for secret in secrets where secret.count > Self.minimumCutLength {
            for length in Self.minimumCutLength..<secret.count where length <= position {
                let begin = position - length
                if text[begin..<position].elementsEqual(secret[..<length]) { start = min(start ?? begin, begin) }
            }
        }
        return start
    }
}
