internal import Text

/// All forms of all registered secrets, found by the byte that one begins with.
struct SecretPatterns {
    /// The least part of a secret, in bytes, that is taken out where the rest was cut off.
    private static let minimumCutLength = 8

    private var secrets: [[UInt8]] = []
    private var byFirstByte: [[SecretForm]] = Array(repeating: [], count: 256)

    var isEmpty: Bool { secrets.isEmpty }

    mutating func add(_ secret: String) {
        let bytes = Array(secret.utf8)
        guard !secrets.contains(bytes) else { return }
        secrets.append(bytes)
        for form in SecretForm.all(of: secret) where !byFirstByte[Int(form.bytes[0])].contains(form) {
            byFirstByte[Int(form.bytes[0])].append(form)
            // A form writes a space as a plus.
            if form.bytes[0] == 0x20 { byFirstByte[0x2B].append(form) }
        }
    }

    /// The text without the secrets that have so many characters, broken off where it exceeds the limit in bytes, but never
    /// within a secret.
    func redact(_ text: [UInt8], limit: Int = .max, shortest: Int = 0) -> [UInt8] {
        // The second half of what is looked at is not shown: it is there to recognize a secret that begins before it.
        let horizon = limit < .max / 4 && text.count > limit * 4 ? limit * 2 : text.count
        let ranges = ranges(in: horizon < text.count ? Array(text.prefix(limit * 4)) : text, shortest: shortest)
        var result: [UInt8] = []
        var position = 0
        var end = horizon
        for secret in ranges {
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

    /// Where there are secrets, in order and apart from each other.
    private func ranges(in text: [UInt8], shortest: Int) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var reader = EscapeReader(text)
        for position in text.indices {
            guard let found = range(in: &reader, at: position, shortest: shortest) else { continue }
            // A secret that begins within another one may reach beyond it.
            if let last = result.last, found.lowerBound < last.upperBound {
                let start = min(last.lowerBound, found.lowerBound)
                result[result.count - 1] = start..<max(last.upperBound, found.upperBound)
            } else {
                result.append(found)
            }
        }
        return result
    }

    /// The longest secret that begins at the position, or whose beginning ends there where it is cut off.
    private func range(in reader: inout EscapeReader, at position: Int, shortest: Int) -> Range<Int>? {
        let text = reader.text
        let byte = text[position]
        var found: Range<Int>?
        func look(for forms: [SecretForm]) {
            for form in forms where form.secretLength >= shortest {
                guard let end = form.end(in: &reader, at: position) else { continue }
                let before = form.hasSharedBefore && position > 0 && Base64.isDigit(text[position - 1])
                let after = form.hasSharedAfter && end < text.count && Base64.isDigit(text[end])
                let range = (before ? position - 1 : position)..<(after ? end + 1 : end)
                found = min(found?.lowerBound ?? .max, range.lowerBound)..<max(found?.upperBound ?? 0, range.upperBound)
            }
        }
        look(for: byFirstByte[Int(byte)])
        if EscapeReader.mayBegin(byte) {
            for first in Set(reader.readings(at: position).map { $0.bytes[0] })
            where first != byte {
                look(for: byFirstByte[Int(first)])
            }
        }
        return found ?? (isCutMark(text, position) ? cutSecret(in: text, before: position, shortest: shortest) : nil)
    }

    /// Whether it is said there that a text goes on.
    private func isCutMark(_ text: [UInt8], _ position: Int) -> Bool {
        switch text[position] {
        case 0xE2: text[position...].starts(with: "…".utf8)
        case UInt8(ascii: "."): text[position...].starts(with: "...".utf8)
        default: false
        }
    }

    /// The longest beginning of a secret that ends at the position.
    private func cutSecret(in text: [UInt8], before position: Int, shortest: Int) -> Range<Int>? {
        var start: Int?
        for secret in secrets where secret.count > max(Self.minimumCutLength, shortest) {
            for length in Self.minimumCutLength..<secret.count where length <= position {
                let begin = position - length
                if text[begin..<position].elementsEqual(secret[..<length]) { start = min(start ?? begin, begin) }
            }
        }
        return start.map { $0..<position }
    }
}

extension SecretForm {
    /// Where the longest match that begins at the position ends, nil where there is none; each character may be escaped.
    fileprivate func end(in reader: inout EscapeReader, at start: Int) -> Int? {
        let text = reader.text
        if isWholeWord, start > 0, isWordByte(text[start - 1]) { return nil }
        var longest: Int?
        // One reading of an escape may be shorter than another: "%25" is a percent sign, or three characters.
        var open = [(matched: 0, position: start)]
        var seen: Set<Int> = []
        while var (matched, position) = open.popLast() {
            while matched < bytes.count, position < text.count, !EscapeReader.mayBegin(text[position]),
                isSame(text[position], bytes[matched])
            {
                (matched, position) = (matched + 1, position + 1)
            }
            if matched == bytes.count {
                let isWhole = !isWholeWord || position == text.count || !isWordByte(text[position])
                if isWhole { longest = max(longest ?? 0, position) }
            } else if position < text.count, EscapeReader.mayBegin(text[position]),
                seen.insert(position * bytes.count + matched).inserted
            {
                for (read, end) in reader.readings(at: position) where read.count <= bytes.count - matched {
                    let isNext = zip(read, bytes[matched...]).allSatisfy { isSame($0, $1) }
                    if isNext { open.append((matched + read.count, end)) }
                }
            }
        }
        return longest
    }

    /// A form writes a space as a plus.
    private func isSame(_ byte: UInt8, _ expected: UInt8) -> Bool {
        byte == expected || expected == 0x20 && byte == 0x2B
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        PercentEncoding.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
    }
}
