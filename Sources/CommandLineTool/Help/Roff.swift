import Text

/// A document in roff with the macros of man, in which every text stays text.
struct Roff {
    /// The document so far.
    private(set) var text = ""

    /// A macro with its arguments.
    mutating func request(_ name: String, _ arguments: [String]) {
        text += ".\(name)" + arguments.map { " \"\(Self.escaped($0))\"" }.joined() + "\n"
    }

    /// A paragraph of running text.
    mutating func paragraph(_ content: String) {
        text += ".PP\n\(Self.line(content))\n"
    }

    /// How something is called, in bold.
    mutating func synopsis(_ usage: String) {
        text += ".PP\n\\fB\(Self.escaped(usage))\\fR\n"
    }

    /// An entry of a list, its tag in bold above or beside what it means, and remarks on lines of their own.
    mutating func entry(_ tag: String, _ meaning: String, _ remarks: [String] = []) {
        text +=
            ".TP\n\\fB\(Self.escaped(tag))\\fR\n" + ([meaning] + remarks).map(Self.line).joined(separator: "\n.br\n")
        text += "\n"
    }

    /// One input line; a dot at its start is no request.
    private static func line(_ content: String) -> String {
        (content.utf8.first == UInt8(ascii: ".") ? "\\&" : "") + escaped(content)
    }

    /// The names of characters that mean something to roff (groff_char(7)).
    private static let names: [Unicode.Scalar: String] = [
        "\\": "\\(rs", "-": "\\-", "'": "\\(aq", "\"": "\\(dq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", "\n": " ",
    ]

    /// The text with those, and everything beyond ASCII, by name.
    private static func escaped(_ text: String) -> String {
        text.replacingScalars { scalar in
            if scalar.isASCII { return names[scalar] }
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
        }
    }
}
