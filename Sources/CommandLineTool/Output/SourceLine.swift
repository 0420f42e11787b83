import Text
import WorkloadModel

/// A line of a descriptor, and a place in it.
struct SourceLine: Sendable {
    private let before: String
    private let behind: String

    /// How many characters are shown before and behind the place.
    private static let reach = 56

    fileprivate init(_ bytes: ArraySlice<UInt8>, codePoints: Int) {
        let text = String(decoding: bytes, as: UTF8.self)
        let place = text.unicodeScalars.prefix(codePoints).endIndex
        (before, behind) = (String(text[..<place]), String(text[place...]))
    }

    /// The whole line.
    var text: String { before + behind }

    /// The column in characters, the first one being 1, as an editor counts.
    var column: Int { before.count + 1 }

    /// The part of the line around the place as a terminal shows it, cut ends marked by an ellipsis, and the blanks to print
    /// before a caret under the place.
    var excerpt: (line: String, margin: String) {
        let start = before.suffix(Self.reach)
        let end = behind.prefix(Self.reach)
        let left = (start.count < before.count ? "…" : "") + Self.shown(start)
        let right = Self.shown(end) + (end.count < behind.count ? "…" : "")
        return (left + right, String(repeating: " ", count: left.reduce(0) { $0 + Self.width(of: $1) }))
    }

    private static func shown(_ text: Substring) -> String {
        Printable.line(String(text).replacing("\t", with: "    "), limit: .max)
    }

    /// The columns of a terminal that a character takes: two in the blocks of East Asian text and of emoji (UAX #11).
    private static func width(of character: Character) -> Int {
        let wide: [ClosedRange<UInt32>] = [
            0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE0F...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F1E6...0x1FAFF, 0x20000...0x3FFFD,
        ]
        return character.unicodeScalars.contains { scalar in wide.contains { $0.contains(scalar.value) } } ? 2 : 1
    }
}

/// The lines of a descriptor, which end at LF, CRLF or CR, looked up in the order of the text.
struct SourceLines {
    private var rest: ArraySlice<UInt8>
    private var number = 1

    /// No descriptor that people write has lines of more bytes, and to look for secrets in one takes its time.
    private static let longest = 1 << 16

    /// Reads a text as it came, valid or not, with or without a byte order mark.
    init(_ bytes: [UInt8]) {
        rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    }

    /// The line of a diagnostic, which stands at or behind the one before it; nil where it is too long to be shown.
    mutating func line(of diagnostic: Diagnostic) -> SourceLine? {
        while number < diagnostic.line, let end = rest.firstIndex(where: Self.isEnd) {
            rest = rest[end...].dropFirst(rest[end...].starts(with: "\r\n".utf8) ? 2 : 1)
            number += 1
        }
        let line = rest.prefix(Self.longest + 1).prefix { !Self.isEnd($0) }
        return line.count > Self.longest ? nil : SourceLine(line, codePoints: diagnostic.column - 1)
    }

    private static func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}
