import Testing
import YAML

@Suite struct YAMLReading {
    @Test(arguments: [
        ("a: 1\nb: [x, 'y']\n", #"{a@1:1=1:integer@1:4, b@2:1=[x:text@2:5, "y":text@2:8]@2:4}@1:1"#),
        (
            "- 1.10\n- yes\n- ~\n- 0x1F\n- true\n- 1e3\n- 0o17\n- -.inf\n- 007\n-",
            "[1.10:float@1:3, yes:text@2:3, ~:null@3:3, 0x1F:integer@4:3, true:boolean@5:3, 1e3:float@6:3, "
                + "0o17:integer@7:3, -.inf:float@8:3, 007:integer@9:3, :null@10:2]@1:1"
        ),
        ("\u{FEFF}a: 1\r\nb: 2\r\n", "{a@1:1=1:integer@1:4, b@2:1=2:integer@2:4}@1:1"),
        (
            "# c\n\na: |\n  x\n  y # no comment\nb: >-\n  f\n  g\n",
            #"{a@3:1="x\ny # no comment\n":text@3:4, b@6:1="f g":text@6:4}@3:1"#
        ),
        ("a: \"n\\0l\\u00e9\\t\"\n", #"{a@1:1="n\0lé\t":text@1:4}@1:1"#),
        ("日本: '語'  # wide\n", #"{日本@1:1="語":text@1:5}@1:1"#),
        ("# \u{2028} # \u{85}\nb: 1\n", "{b@2:1=1:integer@2:4}@2:1"),
        ("a: &x 1\nb: *x\n", "{a@1:1=1:integer@1:4, b@2:1=1:integer@2:4}@1:1"),
        (
            "d: &d {p: 1, q: 2}\ne:\n  q: 3\n  <<: *d\n",
            "{d@1:1={p@1:8=1:integer@1:11, q@1:14=2:integer@1:17}@1:4, "
                + "e@2:1={q@3:3=3:integer@3:6, p<<@1:8=1:integer@1:11}@3:3}@1:1"
        ),
        (
            "<<: [{p: 1}, {p: 2, q: 3}]\nq: 4\n",
            "{p<<@1:7=1:integer@1:10, q@2:1=4:integer@2:4}@1:1"
        ),
        ("'<<': 1\n", "{<<@1:1=1:integer@1:7}@1:1"),
        (
            "a: !!str 5\nb: !!int '6'\nc: ! 7\n",
            #"{a@1:1="5":text@1:4, b@2:1=6:integer@2:4, c@3:1="7":text@3:4}@1:1"#
        ),
        ("---\na: 1\n...\n", "{a@2:1=1:integer@2:4}@2:1"),
    ])
    func `reading YAML keeps scalars as written with their places`(source: String, expected: String) {
        let document = YAMLDocument(parsing: Array(source.utf8))
        #expect(document.problems == [])
        #expect(document.root?.outline == expected)
    }

    @Test(arguments: ["", "\n\n", "# nothing\n", "\u{FEFF}"])
    func `reading YAML finds nothing in an empty text`(source: String) {
        let document = YAMLDocument(parsing: Array(source.utf8))
        #expect(document.root == nil)
        #expect(document.problems == [])
    }

    @Test(arguments: [
        (
            "a: [1, 2\nb: 3\n",
            "2:2: this is not valid YAML: did not find expected ',' or ']' while parsing a flow sequence "
                + "that starts at line 1"
        ),
        ("a: 1\n\tb: 2\n", "2:1: a tab cannot indent YAML; use spaces"),
        ("a: 'x\n", "1:4: the quote that opens here is never closed"),
        ("a: b\nc:d\ne: f\n", "2:2: write a space after 'c:'"),
        ("a: b\n c:d\n  e: f\n", "2:3: write a space after 'c:'"),
        ("a:\n  -b: c\n    d: e\n", "2:3: write a space after the '-' that begins an entry"),
        (
            "a:\n  - b: c\n    d:\u{A0}1\n    e: f\n",
            "3:7: the character after 'd:' is not a plain space (U+00A0); write one"
        ),
        ("a: b\r\n=======\r\n>>>>>>> c\r\n", "3:1: a merge conflict was left here; resolve it"),
        ("a: {{ b }}\n", "1:4: what stands in '{{ }}' was not filled in; this file is a template, so render it first"),
        (
            "a: {{ b }}-c\n",
            "1:4: what stands in '{{ }}' was not filled in; this file is a template, so render it first"
        ),
        (
            "{{- if b }}\na: c\n{{- end }}\n",
            "1:1: what stands in '{{ }}' was not filled in; this file is a template, so render it first"
        ),
        ("a: b: c\n", "1:5: this is not valid YAML: mapping values are not allowed in this context"),
        ("a: \u{7}\n", "1:4: control characters are not allowed: U+0007"),
        ("a: é\u{1}\n", "1:5: control characters are not allowed: U+0001"),
        ("a: 1\nb: 2\na: 3\n", "3:1: duplicate key 'a', which line 1 has already; remove one of them"),
        ("a: 1\n--- \nb: 2\n", "2:1: a second document starts here, and one file holds one document; remove it"),
        ("? [x]\n: 1\n", "1:3: a key must be text, not a list or a mapping"),
        ("a: *b\n", "1:4: no anchor &b stands before this alias; define it first"),
        ("a: &a [*a]\n", "1:8: the alias *a stands inside the value it names; remove it"),
        ("<<: 1\n", "1:1: the merge key << takes a mapping or a list of mappings"),
        ("a: !secret x\n", "1:4: the tag '!secret' means nothing here; remove it"),
        ("a: !!binary x\n", "1:4: the tag 'tag:yaml.org,2002:binary' means nothing here; remove it"),
        (
            "a: @x\n",
            "1:4: this is not valid YAML: found character that cannot start any token while scanning for the next token"
        ),
        ("%TAG !x! tag:x\n---\na: 1\n", "1:1: %TAG means nothing here; remove it"),
        (
            "a: 'b\n%TAG'\nb: @\n",
            "3:4: this is not valid YAML: found character that cannot start any token while scanning for the next token"
        ),
        ("%YAML 3.0\n---\na: 1\n", "1:1: this is not valid YAML: found incompatible YAML document"),
    ])
    func `reading YAML says what is wrong and where`(source: String, expected: String) {
        #expect(YAMLDocument(parsing: Array(source.utf8)).problems.map(\.description) == [expected])
    }

    @Test(arguments: [
        ([UInt8]("a: 1\nb: ".utf8) + [0xFF, 0x0A], "2:4: this byte is not UTF-8; save the text as UTF-8"),
        ([0xEF, 0xBB, 0xBF, 0x61, 0xFF], "1:2: this byte is not UTF-8; save the text as UTF-8"),
        ([0xFF, 0xFE, 0x61, 0x00], "1:1: the text is UTF-16; save it as UTF-8"),
        ([0xE2, 0x82], "1:1: this byte is not UTF-8; save the text as UTF-8"),
    ])
    func `reading YAML refuses what is not UTF-8`(source: [UInt8], expected: String) {
        #expect(YAMLDocument(parsing: source).problems.map(\.description) == [expected])
    }

    @Test func `reading YAML reports several problems and keeps the tree`() {
        let document = YAMLDocument(parsing: Array("a: 1\na: 2\nb: !x 3\n".utf8))
        #expect(document.problems.map(\.code) == [.duplicateKey, .unsupportedTag])
        #expect(document.root?.outline == #"{a@1:1=1:integer@1:4, b@3:1="3":text@3:4}@1:1"#)
    }
}

@Suite struct YAMLLimitsHold {
    @Test func `the size of a YAML text is limited`() {
        let limits = YAMLLimits(bytes: 4)
        #expect(YAMLDocument(parsing: Array("a: 1".utf8), limits: limits).problems == [])
        let problems = YAMLDocument(parsing: Array("a: 12".utf8), limits: limits).problems
        #expect(problems.map(\.description) == ["1:1: the text has 5 bytes, and at most 4 are read; shorten it"])
    }

    @Test(arguments: ["[", "{a: ", "- "])
    func `the nesting of a YAML text is limited`(opening: String) {
        let source = String(repeating: opening, count: 300_000 / opening.utf8.count)
        let problems = YAMLDocument(parsing: Array(source.utf8)).problems
        #expect(problems.map(\.message) == ["nested deeper than 100 levels; flatten it"])
    }

    @Test func `the size of YAML keys is limited, which an alias could repeat at no cost`() {
        let longest = String(repeating: "k", count: 1024)
        let source = "x: &x k\(longest)\ny: &y \(longest)\nz: [{*x : 1}, {*y : 1}]\n? k\(longest)\n: 1\n"
        let problems = YAMLDocument(parsing: Array(source.utf8)).problems
        #expect(
            problems.map(\.description) == [
                "3:6: a key has at most 1024 bytes, this one has 1025",
                "4:3: a key has at most 1024 bytes, this one has 1025",
            ])
        #expect(problems.map(\.code) == [.keyTooLong, .keyTooLong])
    }

    @Test(arguments: ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"])
    func `the number of YAML directives is limited, which libyaml compares with each other`(lineBreak: String) {
        let directives = (0..<101).map { "%TAG !a\($0)! x\(lineBreak)" }.joined()
        for source in [directives + "--- 1", "a: 1\(lineBreak)...\(lineBreak)" + directives + "--- 1"] {
            let problems = YAMLDocument(parsing: Array(source.utf8)).problems
            #expect(problems.map(\.message) == ["%TAG means nothing here; remove it"])
            #expect(problems.map(\.code) == [.unsupportedTag])
        }
    }

    @Test func `YAML aliases that multiply are limited`() {
        var source = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...20 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            source += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let problems = YAMLDocument(parsing: Array(source.utf8)).problems
        #expect(
            problems.map(\.description) == [
                "5:45: more than 100000 values once every alias is written out; use fewer aliases"
            ])
    }

    @Test func `YAML merges that multiply are limited`() {
        var source = "m0: &m0 {k0: 0}\n"
        for level in 1...600 { source += "m\(level): &m\(level) {<<: *m\(level - 1), k\(level): 0}\n" }
        let problems = YAMLDocument(parsing: Array(source.utf8)).problems
        #expect(problems.map(\.code) == [.tooManyNodes])
    }
}
