import JSON

/// Numbers that are the same in every run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Writes documents in every style that YAML has, mixed at random.
struct RandomText {
    var numbers: SeededNumbers
    private var anchors = 0

    init(seed: UInt64) {
        numbers = SeededNumbers(state: seed)
    }

    mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &numbers) }
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    static let texts = [
        "x", "two words", "", "yes", "1.10", "0x1F", "12:30", "2024-01-02", "1_000", "a: b", "a #b", "- a", "-x", "é ü",
        "it's", "say \"hi\"", "back\\slash", "a\nb", "a\n\nb\n", "a\n", "a\n\n\n", " lead", "trail ", "tab\tin", "[x]",
        "{x}", "*x", "&x", "!x", "| x", "repo/app:v1@sha256:ab", "null", "~", "true", "😀", "x\u{85}y", "x\u{2028}y",
        "\u{FEFF}x", "#", ",", "?", ": ", "\n", " \n a\n", "a\r\nb", "---", "...", "=", "<<", "1e3", "%x", "@x",
    ]

    mutating func value() -> JSONValue {
        switch below(10) {
        case 0: 7
        case 1: true
        case 2: .null
        case 3: ["k": .string(pick(Self.texts)), "l": [1, .string(pick(Self.texts))]]
        case 4: [.string(pick(Self.texts)), ["m": 2, "n": ["o"]]]
        case 5: pick([[:], []])
        default: .string(pick(Self.texts))
        }
    }

    /// One document, ending with a line break.
    mutating func document() -> String {
        anchors = 0
        switch below(12) {
        case 0: return json(0, isPretty: chance(50), column: 0) + "\n"
        case 1: return flow(0, column: 0) + comment() + "\n"
        case 2: return sequence(0, column: 0)
        default: return mapping(0, column: 0)
        }
    }

    private mutating func comment() -> String { chance(25) ? pick([" # note", "  # it's: {a}", " #"]) : "" }

    /// Lines that say nothing.
    private mutating func trivia(_ column: Int) -> String {
        switch below(10) {
        case 0: "\n"
        case 1: "\(spaces(column))# above - this\n"
        case 2: "# far: left\n\n"
        default: ""
        }
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    private mutating func mapping(_ depth: Int, column: Int, isCompact: Bool = false) -> String {
        var text = ""
        for index in 0..<(1 + below(4)) {
            if !isCompact || index > 0 { text += trivia(column) + spaces(column) }
            text += pick(["key", "'key'", "\"key\"", "a b"]).replacing("e", with: "e\(index)").replacing(
                "b", with: "b\(index)")
            text += ":" + value(depth, column: column, isInMapping: true)
        }
        return text
    }

    private mutating func sequence(_ depth: Int, column: Int, isCompact: Bool = false) -> String {
        var text = ""
        for index in 0..<(1 + below(3)) {
            if !isCompact || index > 0 { text += trivia(column) + spaces(column) }
            text += "-"
            switch depth < 3 ? below(6) : 9 {
            case 0: text += " " + mapping(depth + 1, column: column + 2, isCompact: true)
            case 1: text += " " + sequence(depth + 1, column: column + 2, isCompact: true)
            default: text += value(depth, column: column, isInMapping: false)
            }
        }
        return text
    }

    /// What stands behind a colon or a dash, with its line break.
    private mutating func value(_ depth: Int, column: Int, isInMapping: Bool) -> String {
        var properties = ""
        if chance(8) {
            anchors += 1
            properties = " &anc\(anchors)"
        } else if anchors > 0 && chance(15) {
            return " *anc\(1 + below(anchors))" + comment() + "\n"
        }
        let inner = column + 2 + below(3)
        switch below(depth < 3 ? 14 : 10) {
        case 0: return properties + comment() + "\n"
        case 1: return properties + " " + block(column: inner, parent: column)
        case 2: return properties + " " + flow(depth + 1, column: inner) + comment() + "\n"
        case 3: return properties + comment() + "\n" + spaces(inner) + inline() + comment() + "\n"
        case 4: return properties + " plain\n\(spaces(inner))goes on" + comment() + "\n"
        case 5: return properties + " \"quoted\n\n\(spaces(inner))goes on\"" + comment() + "\n"
        case 10, 11: return properties + comment() + "\n" + mapping(depth + 1, column: inner)
        case 12, 13:
            return properties + comment() + "\n"
                + sequence(depth + 1, column: isInMapping && chance(50) ? column : inner)
        default: return properties + " " + inline() + comment() + "\n"
        }
    }

    private mutating func inline() -> String {
        pick([
            "plain", "two words", "12", "1.5", "true", "null", "~", "'single'", "'it''s'", "\"double \\\" \\u00e9\"",
            "repo:v1", "''", "é", "a,b", "!!str 12", "!!int \"3\"", "! 5", "!Ref x", "[]", "{}",
        ])
    }

    private mutating func block(column: Int, parent: Int) -> String {
        let isIndented = chance(20)
        var text =
            pick(["|", ">"]) + (isIndented ? String(column - parent) : "") + pick(["", "-", "+"]) + comment() + "\n"
        for index in 0...below(3) {
            if index > 0 && chance(30) { text += "\n" }
            text +=
                spaces(column + (isIndented && chance(50) ? 1 : 0)) + pick(["line", "# no comment", "k: v", "- x"])
                + "\n"
        }
        return text + pick(["", "", "\n", "\n\n"])
    }

    private mutating func flow(_ depth: Int, column: Int) -> String {
        let isBroken = chance(25)
        let lineBreak = isBroken ? "\n" + spaces(column + 1) : pick(["", " "])
        let isMapping = chance(50)
        var items: [String] = []
        for index in 0..<below(4) {
            let item =
                depth < 3 && chance(20)
                ? flow(depth + 1, column: column + 2) : pick(["x", "12", "'y'", "\"z\"", "a b"])
            items.append(isMapping ? "\(pick(["k", "'k'", "\"k\""]).replacing("k", with: "k\(index)")): \(item)" : item)
        }
        let joined = items.joined(separator: isBroken ? pick([",", ", # c"]) + lineBreak : pick([", ", " , "]))
        let comma = !items.isEmpty && chance(15) ? "," : ""
        let close = isBroken ? pick([" # end", ""]) + "\n" + spaces(column) : lineBreak
        return (isMapping ? "{" : "[") + lineBreak + joined + comma + close + (isMapping ? "}" : "]")
    }

    private mutating func json(_ depth: Int, isPretty: Bool, column: Int) -> String {
        let inner = isPretty ? "\n" + spaces(column + 2) : ""
        let outer = isPretty ? "\n" + spaces(column) : ""
        guard depth == 0 || (depth < 3 && chance(40)) else {
            return pick(["1", "\"x\"", "null", "true", "\"\\u00e9\"", "[]"])
        }
        let isMapping = chance(70)
        let items = (0..<(1 + below(3))).map { index in
            (isMapping ? "\"k\(index)\":" + (isPretty ? " " : "") : "")
                + json(depth + 1, isPretty: isPretty, column: column + 2)
        }
        return (isMapping ? "{" : "[") + inner + items.joined(separator: "," + inner) + outer + (isMapping ? "}" : "]")
    }
}
