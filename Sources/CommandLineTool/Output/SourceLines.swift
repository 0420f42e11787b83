import WorkloadModel

/// The lines of a descriptor, looked up in the order of the text, for the places of its diagnostics.
///
/// Lines end at LF, CRLF or CR. Each diagnostic's line is walked once, however many stand in it.
struct SourceLines {
    private var rest: ArraySlice<UInt8>
    private var number = 1
    private var text: String
    private var index: String.Index
    /// The code points and the characters before `index`.
    private var passed = (codePoints: 0, characters: 0)
    /// Where the characters just before `index` begin.
    private var before: [String.Index] = []

    /// Reads a text as it came, valid or not, with or without a byte order mark.
    init(_ bytes: [UInt8]) {
        rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        text = ""
        index = text.startIndex
        readLine()
    }

    /// The place of a diagnostic, which stands at or behind the one before it.
    mutating func place(of diagnostic: Diagnostic) -> (column: Int, excerpt: SourceExcerpt) {
        if number < diagnostic.line {
            while number < diagnostic.line, skipLine() {}
            readLine()
        }
        advance(to: diagnostic.column - 1)
        return (passed.characters + 1, SourceExcerpt(of: text, at: index, before: before))
    }

    /// The text of the line that the last diagnostic stands in.
    var line: String { text }

    private mutating func advance(to codePoints: Int) {
        while passed.codePoints < codePoints, index < text.endIndex {
            let next = text.index(after: index)
            let count = text.unicodeScalars.distance(from: index, to: next)
            // The place is inside this character: an accent of it, say.
            guard passed.codePoints + count <= codePoints else { return }
            if before.count > 2 * SourceExcerpt.reach { before.removeFirst(SourceExcerpt.reach) }
            before.append(index)
            passed.codePoints += count
            passed.characters += 1
            index = next
        }
    }

    private func endOfLine() -> Int {
        rest.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? rest.endIndex
    }

    private mutating func skipLine() -> Bool {
        let end = endOfLine()
        guard end < rest.endIndex else { return false }
        let isCRLF = rest[end...].starts(with: "\r\n".utf8)
        rest = rest[(end + (isCRLF ? 2 : 1))...]
        number += 1
        return true
    }

    private mutating func readLine() {
        text = String(decoding: rest[..<endOfLine()], as: UTF8.self)
        index = text.startIndex
        passed = (0, 0)
        before = []
    }
}
