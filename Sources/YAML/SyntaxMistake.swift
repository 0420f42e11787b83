/// Where libyaml gave up, and what the lines there show that its own words do not say.
struct SyntaxMistake {
    /// What libyaml says.
    let reason: String
    /// What it was about, if it says so.
    let context: String?
    /// The code points before the place where it gave up.
    let offset: Int
    /// The code points before the place where what it was about begins.
    let contextOffset: Int
    let input: UnsafeBufferPointer<UInt8>

    /// The mistake in the words of its author, where the lines show one; else in libyaml's.
    func problem(_ lines: LineTable) -> YAMLProblem {
        let (place, start) = (lines.mark(at: offset), lines.mark(at: contextOffset))
        func problem(_ message: String, _ mark: YAMLMark) -> YAMLProblem {
            YAMLProblem(code: .syntax, message: message, mark: mark)
        }
        if let line = conflictLine {
            return problem("a merge conflict was left here; resolve it", YAMLMark(line: line, column: 1))
        }
        let context = context ?? ""
        if context.contains("quoted scalar"), reason.contains("unexpected") {
            return problem("the quote that opens here is never closed", start)
        }
        let text = line(place.line)
        // A line that is nothing but a template is taken for a key, whose colon is missed on the next one.
        for number in reason.contains("expected ':'") ? [start.line, place.line] : [place.line] {
            let text = line(number)
            let braces = text.indices.first { text[$0...].starts(with: "{{".unicodeScalars) }
            if let braces, number < place.line || braces < place.column {
                return YAMLProblem(
                    code: .template, message: YAMLProblem.template, mark: YAMLMark(line: number, column: braces + 1))
            }
        }
        if reason.contains("mapping values are not allowed") || reason.contains("expected ':'") {
            // A key without its space makes one text with the lines below it, and only there libyaml gives up.
            for number in [context.isEmpty ? place.line - 1 : start.line, place.line - 1, place.line] {
                if let (message, column) = missingSpace(in: line(number)) {
                    return problem(message, YAMLMark(line: number, column: column))
                }
            }
        }
        let isStrayTab = reason.contains("cannot start any token") && text.dropFirst(place.column - 1).first == "\t"
        if isStrayTab || reason.contains("tab character") {
            return problem("a tab cannot indent YAML; use spaces", place)
        }
        var message = "this is not valid YAML: \(reason)"
        if !context.isEmpty {
            message += " \(context)"
            if start.line != place.line { message += " that starts at line \(start.line)" }
        }
        return problem(message, place)
    }

    /// What is said of a line whose `-` or `:` has no space behind it, and the column.
    private func missingSpace(in line: [Unicode.Scalar]) -> (message: String, column: Int)? {
        var rest = line[...]
        rest = rest.drop { $0 == " " }
        while rest.starts(with: "- ".unicodeScalars) { rest = rest.dropFirst(2).drop { $0 == " " } }
        let column = rest.startIndex + 1
        if rest.first == "-", let next = rest.dropFirst().first, next != "-", next != " " {
            return ("write a space after the '-' that begins an entry", column)
        }
        let key = rest.prefix {
            $0 == "_" || $0 == "-" || $0 == "." || $0.properties.isAlphabetic || ("0"..."9").contains($0)
        }
        guard !key.isEmpty, rest.dropFirst(key.count).first == ":", let next = rest.dropFirst(key.count + 1).first,
            next != " "
        else { return nil }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: key)
        if next.properties.isWhitespace {
            let code = String(next.value, radix: 16, uppercase: true)
            let number = "U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)"
            return (
                "the character after '\(String(name)):' is not a plain space (\(number)); write one",
                column + key.count + 1
            )
        }
        return ("write a space after '\(String(name)):'", column + key.count)
    }

    /// The first line that version control left in the text, the first line being 1; nil where there is none.
    private var conflictLine: Int? {
        for (index, line) in input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        where ["<<<<<<< ", ">>>>>>> "].contains(where: { line.starts(with: $0.utf8) }) {
            return index + 1
        }
        return nil
    }

    /// The characters of a line, the first one being 1.
    private func line(_ number: Int) -> [Unicode.Scalar] {
        var current = 1
        var bytes: [UInt8] = []
        for (index, byte) in input.enumerated() {
            if current > number { break }
            let isBreak = byte == 0x0A || (byte == 0x0D && (index + 1 == input.count || input[index + 1] != 0x0A))
            if current == number && !isBreak && byte != 0x0D && bytes.count < 1 << 12 { bytes.append(byte) }
            if isBreak { current += 1 }
        }
        return Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    }
}
