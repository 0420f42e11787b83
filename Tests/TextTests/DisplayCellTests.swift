import Testing
import Text

@Suite struct DisplayCells {
    @Test(arguments: [
        ("a", "a", 1), (" ", " ", 1), ("\t", "    ", 4), ("é", "é", 1), ("e\u{301}", "e\u{301}", 1),
        ("\u{301}", "\u{301}", 0), ("日", "日", 2), ("ｱ", "ｱ", 1), ("Ａ", "Ａ", 2), ("한", "한", 2),
        ("\u{1112}\u{1161}\u{11AB}", "\u{1112}\u{1161}\u{11AB}", 2), ("😀", "😀", 2), ("👍🏽", "👍🏽", 2),
        ("🇩🇪", "🇩🇪", 2), ("❤\u{FE0F}", "❤\u{FE0F}", 2), ("❤", "❤", 1), ("“", "“", 1), ("я", "я", 1),
        ("\u{1B}", #"\u{1B}"#, 6), ("\u{7F}", #"\u{7F}"#, 6), ("\0", #"\0"#, 2), ("\u{202E}", #"\u{202E}"#, 8),
        ("\u{2028}", #"\u{2028}"#, 8), ("\u{E000}", #"\u{E000}"#, 8), ("👩\u{200D}💻", #"👩\u{200D}💻"#, 12),
    ])
    func `a display cell has the width of its character, made harmless`(character: String, text: String, width: Int) {
        let cell = DisplayCell(character[...])
        #expect(cell.text.unicodeScalars.elementsEqual(text.unicodeScalars), "\(cell.text)")
        #expect(cell.width == width)
    }

    @Test func `a display cell keeps a million accents from filling a line`() {
        let cell = DisplayCell(("e" + String(repeating: "\u{301}", count: 1_000_000))[...])
        #expect(cell.text.unicodeScalars.count == 8)
        #expect(cell.width == 1)
    }
}
