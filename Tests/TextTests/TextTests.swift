import Testing
import Text

@Suite struct PrintableLines {
    @Test(arguments: [
        ("plain é 日本 😀", "plain é 日本 😀"),
        ("a\nb\tc\r\0", "a\\nb\\tc\\r\\0"),
        ("\u{1B}[31mred", "\\u{1B}[31mred"),
        ("abc\u{202E}def\u{2028}", "abc\\u{202E}def\\u{2028}"),
    ])
    func `a printable line escapes what would not show`(text: String, expected: String) {
        #expect(Printable.line(text) == expected)
    }

    @Test func `a printable line is cut with a mark`() {
        #expect(Printable.line("abcdef", limit: 3) == "abc…")
        #expect(Printable.line("abc", limit: 3) == "abc")
    }
}

@Suite struct SpellingGuesses {
    @Test(arguments: [
        ("prot", "port"), ("http", "HTTP"), ("displayname", "displayName"), ("visibilty", "visibility"),
        ("nmae", "name"), ("x", nil), ("completely-different", nil), ("", nil),
    ])
    func `guessing a word finds the nearest one or none`(word: String, expected: String?) {
        let candidates = ["name", "displayName", "port", "HTTP", "visibility", "targetPort"]
        #expect(Spelling.nearest(to: word, in: candidates) == expected)
    }
}

@Suite struct NumbersOfBytes {
    @Test(arguments: [
        (0, "0 bytes"), (1, "1 byte"), (1000, "1000 bytes"), (1024, "1 KiB"), (1 << 20, "1 MiB"),
        (1536 << 10, "1536 KiB"), (2 << 20, "2 MiB"),
    ])
    func `a number of bytes is given in the largest unit that divides it`(bytes: Int, expected: String) {
        #expect("\(ByteCount(bytes: bytes))" == expected)
    }
}
