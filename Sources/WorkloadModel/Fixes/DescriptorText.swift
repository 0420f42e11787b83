import YAML

/// A descriptor's bytes by their lines, and what of a tree is found again in them.
struct DescriptorText {
    let bytes: [UInt8]
    /// Where each line starts; the end of the text comes last.
    private var starts: [Int] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
        for (index, byte) in bytes.enumerated() {
            let isBreak = byte == 0x0A || (byte == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A))
            if isBreak { starts.append(index + 1) }
        }
        starts.append(bytes.count)
    }

    /// The offset of a place.
    func offset(of mark: YAMLMark) -> Int {
        var offset = start(of: mark.line)
        for _ in 1..<mark.column where offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
        }
        return offset
    }

    /// Where a line starts, the first one being 1; beyond the last line the end of the text.
    func start(of line: Int) -> Int { line > starts.count ? bytes.count : starts[max(line, 1) - 1] }

    /// How many lines there are.
    var lineCount: Int { starts.count - 1 }

    /// The break that the text uses first; LF where it has none.
    var newline: String {
        let line = line(1)
        guard let last = line.last, last == 0x0A || last == 0x0D else { return "\n" }
        return last == 0x0D ? "\r" : line.dropLast().last == 0x0D ? "\r\n" : "\n"
    }

    /// The bytes of a line, its break included.
    func line(_ number: Int) -> ArraySlice<UInt8> { bytes[start(of: number)..<start(of: number + 1)] }

    /// A scalar as it stands on one line, plainly or in simple quotes.
    struct Token {
        /// Where it stands, its quotes included.
        let range: Range<Int>
        let quote: UInt8?

        /// The text in its place, in the same quotes.
        func edit(_ text: String) -> TextEdit {
            let quotes = quote.map { [$0] } ?? []
            return TextEdit(range, quotes + Array(text.utf8) + quotes)
        }
    }

    /// Where a scalar of that text starts at a place; nil for one that stands elsewhere or in another form.
    func token(_ text: String, at mark: YAMLMark) -> Token? {
        var offset = offset(of: mark)
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "&") {
            offset += bytes[offset...].prefix { $0 > 0x20 }.count
            offset += bytes[offset...].prefix { $0 == 0x20 }.count
        }
        guard offset < bytes.count else { return nil }
        let quote = bytes[offset]
        let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        let written = isQuoted ? [quote] + Array(text.utf8) + [quote] : Array(text.utf8)
        guard !text.isEmpty, bytes[offset...].starts(with: written) else { return nil }
        return Token(range: offset..<(offset + written.count), quote: isQuoted ? quote : nil)
    }

    /// Whether what stands at an offset is an entry of a collection in brackets or braces.
    func isInFlow(_ offset: Int) -> Bool {
        let before = bytes[..<offset].last { !" \n\r".utf8.contains($0) }
        return before == UInt8(ascii: "{") || before == UInt8(ascii: ",") || before == UInt8(ascii: "[")
    }
}
