/// What one character of foreign text takes on a terminal, made harmless.
public struct DisplayCell: Sendable, Equatable {
    /// The text to print: the character itself, or an escape where it would not show or would move the cursor.
    public let text: String
    /// How many columns of the terminal the text takes.
    public let width: Int

    /// A tab takes this many columns, wherever it stands.
    public static let tabWidth = 4
    /// A character may have any number of accents; more of them than this are of no use.
    private static let maximumScalars = 8

    /// The cell of a character as Swift and an editor count them.
    public init(_ character: Substring) {
        let bytes = character.utf8
        if bytes.count == 1, let byte = bytes.first, (0x20...0x7E).contains(byte) {
            text = String(character)
            width = 1
            return
        }
        let scalars = character.unicodeScalars.prefix(Self.maximumScalars)
        if scalars.elementsEqual(["\t"]) {
            text = String(repeating: " ", count: Self.tabWidth)
            width = Self.tabWidth
        } else if scalars.allSatisfy(Printable.isPlain) {
            text = String(String.UnicodeScalarView(scalars))
            width = scalars.map(Self.width).max() ?? 0
        } else {
            let parts = scalars.map { Printable.isPlain($0) ? String($0) : $0.escaped(asASCII: true) }
            text = parts.joined()
            width = zip(scalars, parts).reduce(0) { sum, part in
                sum + (Printable.isPlain(part.0) ? Self.width(part.0) : part.1.utf8.count)
            }
        }
    }

    /// The columns of one scalar, by the East Asian width of Unicode (UAX #11) and as wcwidth counts.
    private static func width(_ scalar: Unicode.Scalar) -> Int {
        if scalar.isASCII { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return scalar == emojiPresentation ? 2 : 0
        default: break
        }
        if scalar.properties.isEmojiPresentation { return 2 }
        if innerJamo.contains(where: { $0.contains(scalar.value) }) { return 0 }
        return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    /// Turns the symbol before it into an emoji.
    private static let emojiPresentation: Unicode.Scalar = "\u{FE0F}"

    /// Vowels and final consonants of Hangul, which join the syllable before them.
    private static let innerJamo: [ClosedRange<UInt32>] = [0x1160...0x11FF, 0xD7B0...0xD7FF]

    /// The blocks of wide and full-width characters; emoji have a property of their own.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD,
    ]
}
