/// The bytes of a text and where its lines, comments and properties end.
struct SourceText {
    /// UTF-8 without a byte order mark.
    let bytes: [UInt8]

    private func isBreak(_ index: Int) -> Bool { bytes[index] == 0x0A || bytes[index] == 0x0D }

    private func isBlank(_ index: Int) -> Bool { bytes[index] == 0x20 || bytes[index] == 0x09 }

    func lineStart(_ index: Int) -> Int {
        var index = index
        while index > 0, !isBreak(index - 1) { index -= 1 }
        return index
    }

    /// Where the line ends, before its break.
    func lineEnd(_ index: Int) -> Int {
        var index = index
        while index < bytes.count, !isBreak(index) { index += 1 }
        return index
    }

    /// Behind the break that stands at the end of a line; the end of the text where none does.
    func behindBreak(_ index: Int) -> Int {
        guard index < bytes.count else { return index }
        return bytes[index...].starts(with: [0x0D, 0x0A]) ? index + 2 : index + 1
    }

    /// Before the break in front of the start of a line.
    func beforeBreak(_ index: Int) -> Int {
        guard index > 0 else { return 0 }
        return bytes[..<index].suffix(2).elementsEqual([0x0D, 0x0A]) ? index - 2 : index - 1
    }

    /// How many characters stand before that place on its line.
    func column(_ index: Int) -> Int {
        bytes[lineStart(index)..<index].count { $0 & 0xC0 != 0x80 }
    }

    /// Whether nothing but blanks stands before that place on its line.
    func opensLine(_ index: Int) -> Bool {
        (lineStart(index)..<index).allSatisfy(isBlank)
    }

    func isOneLine(_ range: Range<Int>) -> Bool { !range.contains(where: isBreak) }

    func hasOnly(_ allowed: String, in range: Range<Int>) -> Bool {
        bytes[range].allSatisfy { allowed.utf8.contains($0) }
    }

    /// Behind the blanks, breaks and comments that begin there.
    func behindTrivia(_ index: Int) -> Int {
        var index = index
        while index < bytes.count {
            if isBreak(index) || isBlank(index) {
                index += 1
            } else if bytes[index] == UInt8(ascii: "#") {
                index = lineEnd(index)
            } else {
                break
            }
        }
        return index
    }

    /// Before the blanks in front of that place.
    func beforeBlanks(_ index: Int) -> Int {
        var index = index
        while index > 0, isBlank(index - 1) { index -= 1 }
        return index
    }

    /// Where the anchor and the tag that begin there end.
    func endOfProperties(_ index: Int) -> Int {
        var (end, index) = (index, index)
        while index < bytes.count, bytes[index] == UInt8(ascii: "&") || bytes[index] == UInt8(ascii: "!") {
            while index < bytes.count, !isBreak(index), !isBlank(index) { index += 1 }
            end = index
            index = behindTrivia(index)
        }
        return end
    }

    /// Behind the comma that comes next; nil where something else does.
    func behindComma(_ index: Int) -> Int? {
        let next = behindTrivia(index)
        return next < bytes.count && bytes[next] == UInt8(ascii: ",") ? next + 1 : nil
    }

    /// How far the line of that place is indented.
    func indentation(_ index: Int) -> Int {
        bytes[lineStart(index)...].prefix { $0 == 0x20 }.count
    }

    /// The end of a literal or folded text without the empty lines behind it, which belong to it only when it keeps them.
    func endOfBlock(_ range: Range<Int>) -> Int {
        let header = bytes[range].prefix { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 && $0 != 0x09 && $0 != 0x23 }
        var end = range.upperBound
        if header.contains(UInt8(ascii: "+")) {
            return end > header.endIndex && isBreak(end - 1) ? beforeBreak(end) : end
        }
        while end > header.endIndex, isBreak(end - 1) || isBlank(end - 1) { end -= 1 }
        return min(lineEnd(end), range.upperBound)
    }

    /// How far the lines of a literal or folded text are indented, whose header ends there; nil where it has none.
    func columnOfBlock(_ range: Range<Int>) -> Int? {
        let first = bytes[min(lineEnd(range.lowerBound), range.upperBound)..<range.upperBound]
            .firstIndex { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 }
        return first.map(column)
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The break that the text uses first; LF where it has none.
    var newline: String {
        let end = lineEnd(0)
        return end == bytes.count ? "\n" : text(end..<behindBreak(end))
    }

    func mark(_ index: Int) -> YAMLMark {
        let before = bytes[..<min(index, bytes.count)]
        return LineTable(bytes).mark(at: before.count { $0 & 0xC0 != 0x80 })
    }
}
