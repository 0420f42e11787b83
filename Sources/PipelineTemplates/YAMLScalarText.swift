import Text

/// A text on its way into YAML.
struct YAMLScalarText {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// Plain where no reader of YAML 1.1 or 1.2 could take it for anything but this text, else in double quotes.
    var written: String { isPlain ? text : quoted }

    /// The text on one line, with everything escaped that would not show or would end the line.
    var printable: String { Printable.line(text, limit: .max) }

    /// The lines of a literal block; nil where a block would not bring the very same text back.
    var literalLines: [String]? {
        guard text.utf8.last == UInt8(ascii: "\n") else { return nil }
        let lines = text.utf8.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let isSafe = lines.allSatisfy { line in
            !line.isEmpty && line.allSatisfy { (0x20..<0x7F).contains($0) }
        }
        guard isSafe, let first = lines.first?.first, first != UInt8(ascii: " ") else { return nil }
        return lines.map { String(Substring($0)) }
    }

    private var isPlain: Bool {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        guard let first = text.utf8.first, first == UInt8(ascii: "/") || letters.contains(first | 0x20) else {
            return false
        }
        let isSimple = text.utf8.allSatisfy { byte in
            letters.contains(byte | 0x20) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || "_./-".utf8.contains(byte)
        }
        let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
        return isSimple && !words.contains(text.lowercased())
    }

    private var quoted: String {
        let names: [Unicode.Scalar: String] = ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"]
        let escaped = text.replacingScalars { names[$0] ?? (Printable.isPlain($0) ? nil : Self.escaped($0)) }
        return "\"\(escaped)\""
    }

    /// The escape of YAML 1.2.2, chapter 5.7, by the number of the character.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        let (letter, width) = digits.count <= 2 ? ("x", 2) : digits.count <= 4 ? ("u", 4) : ("U", 8)
        return "\\\(letter)" + String(repeating: "0", count: width - digits.count) + digits
    }
}
