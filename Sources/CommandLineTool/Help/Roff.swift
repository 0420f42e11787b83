import Text

/// A document in roff with the macros of man, in which every text stays text.
struct Roff {
    /// A part of a line in one face: plain, bold or italic.
    struct Word {
        fileprivate let text: String

        static func plain(_ text: String) -> Word { Word(text: Roff.escaped(text)) }
        static func bold(_ text: String) -> Word { Word(text: "\\fB\(Roff.escaped(text))\\fR") }
        static func italic(_ text: String) -> Word { Word(text: "\\fI\(Roff.escaped(text))\\fR") }
    }

    /// The document so far.
    private(set) var text = ""

    /// A macro with its arguments.
    mutating func request(_ name: String, _ arguments: [String]) {
        text += ".\(name)" + arguments.map { " \"\(Self.escaped($0))\"" }.joined() + "\n"
    }

    mutating func section(_ title: String) {
        request("SH", [title])
    }

    /// A paragraph of running text.
    mutating func paragraph(_ content: String) {
        text += ".PP\n\(Self.line([.plain(content)]))\n"
    }

    /// How something is called: the words that stay in bold.
    mutating func synopsis(_ fixed: String, _ rest: String) {
        text += ".PP\n\(Self.line([.bold(fixed), .plain(" \(rest)")]))\n"
    }

    /// An entry of a list, its tag above or beside what it means, and remarks on lines of their own.
    mutating func entry(_ tag: [Word], _ meaning: String, _ remarks: [String] = []) {
        text += ".TP\n\(Self.line(tag))\n\(Self.line([.plain(meaning)]))\n"
        for remark in remarks { text += ".br\n\(Self.line([.plain(remark)]))\n" }
    }

    /// One input line; a dot or quote at its start is no request.
    private static func line(_ words: [Word]) -> String {
        let line = words.map(\.text).joined()
        return line.utf8.first == UInt8(ascii: ".") ? "\\&\(line)" : line
    }

    /// The names of characters that mean something to roff (groff_char(7)).
    private static let names: [Unicode.Scalar: String] = [
        "\\": "\\(rs", "-": "\\-", "'": "\\(aq", "\"": "\\(dq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", "\n": " ",
    ]

    /// The text with those, and everything beyond ASCII, by name.
    fileprivate static func escaped(_ text: String) -> String {
        text.replacingScalars { scalar in
            if scalar.isASCII { return names[scalar] }
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
        }
    }
}
