import Text
import YAML

extension SchemaChecker {
    /// The text of a scalar as it was written, if it has the form.
    mutating func text(
        _ node: YAMLNode, _ format: TextFormat, refusesEmpty: Bool, at place: @autoclosure () -> String
    ) -> String? {
        guard let text = written(node, format.maximumBytes, refusesEmpty: refusesEmpty, at: place()) else { return nil }
        if text.isEmpty { return text }
        if !format.accepts(text) {
            let message = "\(format.expectation), found \(ShownText.quoted(text))"
            if format.isStrict {
                diagnostics.report(.badName, at: node.mark, "\(place()) must be \(message)")
                return nil
            }
            diagnostics.report(.unusualName, at: node.mark, "\(place()) should be \(message)")
        } else if format.isBound {
            set(variable: text, by: "binding", at: node.mark)
        }
        return text
    }

    /// The text of the file whose path stands here.
    mutating func file(_ node: YAMLNode, refusesEmpty: Bool, at place: @autoclosure () -> String) -> String? {
        guard let path = written(node, TextFormat.longestPath, refusesEmpty: refusesEmpty, at: place()), !path.isEmpty
        else { return nil }
        guard !path.utf8.starts(with: "http://".utf8), !path.utf8.starts(with: "https://".utf8) else {
            diagnostics.report(
                .notAPath, at: node.mark,
                "\(place()): URLs are not read; save the file beside the descriptor and write its path")
            return nil
        }
        do throws(FileInliner.Failure) {
            return try files.text(of: path)
        } catch {
            diagnostics.report(error.rule, at: node.mark, about: error.reason, "\(place()): \(error.reason)")
            return nil
        }
    }

    /// One of the words, or the one that took the place of a former word.
    mutating func word(_ node: YAMLNode, of choice: Choice, at place: @autoclosure () -> String) -> String? {
        guard let text = node.text else {
            wrongType(node, at: place(), expected: Alternatives.list(choice.values))
            return nil
        }
        if choice.values.containsExactly(text) { return text }
        if let (former, present) = choice.former.first(where: { $0.key.isExactly(text) }) {
            fixes.append { $0.replacing(node, with: present) }
            diagnostics.report(
                .formerValue, at: node.mark, suggestion: present,
                "'\(former)' is the former name of '\(present)'; write '\(present)', which is sent")
            return present
        }
        let nearest =
            choice.translated(text)
            ?? Spelling.nearest(to: text, in: choice.values + choice.former.keys.sorted())
            .map { choice.former[$0] ?? $0 }
        let advice = nearest.map { "did you mean '\($0)'?" } ?? "write " + Alternatives.list(choice.values)
        diagnostics.report(
            .unknownValue, at: node.mark, suggestion: nearest,
            "unknown value \(ShownText.quoted(text)) for \(place()); \(advice)")
        return nil
    }

    /// An integer in decimal digits, which every version of YAML reads alike.
    mutating func integer(_ node: YAMLNode, in range: ClosedRange<Int>, at place: @autoclosure () -> String) -> Int? {
        let expected = "an integer from \(range.lowerBound) to \(range.upperBound)"
        // No integer is that long; an alias may bring a megabyte of digits thousands of times.
        guard case .scalar(let scalar) = node.content, scalar.text.utf8.count <= 40 else {
            wrongType(node, at: place(), expected: expected)
            return nil
        }
        let (text, isQuoted) = (scalar.text, !scalar.isPlain)
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        let isDecimal = !digits.isEmpty && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let whole = isDecimal || isQuoted ? nil : Self.whole(text)
        guard scalar.kind == .integer || isQuoted && isDecimal else {
            wrongType(node, at: place(), expected: expected, hint: whole.map { "write \($0)" }, suggestion: whole)
            return nil
        }
        guard isDecimal, digits.count == 1 || digits.first != UInt8(ascii: "0") else {
            let advice =
                isDecimal
                ? "write it without \(isQuoted ? "quotes and " : "")a leading zero, which some parsers read as octal"
                : "write \(whole ?? "it in decimal digits")"
            diagnostics.report(
                .notDecimal, at: node.mark, suggestion: whole,
                "\(place()) must be \(expected), found \(ShownText.plain(text)); \(advice)")
            return nil
        }
        guard let value = Int(text), range.contains(value) else {
            let found = isQuoted ? node.found : ShownText.plain(text)
            diagnostics.report(.outOfRange, at: node.mark, "\(place()) must be \(expected), found \(found)")
            return nil
        }
        if !isQuoted { return value }
        fixes.append { $0.replacing(node, with: text) }
        diagnostics.report(
            .quotedInteger, at: node.mark, suggestion: text,
            "\(place()) must be \(expected), found the text '\(text)'; remove the quotes")
        return nil
    }

    /// The text of a scalar that has at most so many bytes.
    private mutating func written(
        _ node: YAMLNode, _ maximum: Int, refusesEmpty: Bool, at place: @autoclosure () -> String
    ) -> String? {
        guard let text = node.text else {
            let hint = node.isNull ? nil : "put it in quotes, or in a block after '|'"
            wrongType(node, at: place(), expected: "text", hint: hint)
            return nil
        }
        if text.isEmpty && refusesEmpty {
            diagnostics.report(.emptyText, at: node.mark, "\(place()) must not be empty")
            return nil
        }
        guard text.utf8.count <= maximum else {
            diagnostics.report(
                .tooLong, at: node.mark,
                "\(place()) must have at most \(maximum) bytes, found \(text.utf8.count): \(ShownText.quoted(text))")
            return nil
        }
        return text
    }

    /// The whole number in decimal digits that is written in another way: `0x50`, `0o120`, `80.0`.
    private static func whole(_ text: String) -> String? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        var number: Int?
        if text.hasPrefix("0x") || text.hasPrefix("0o") {
            number = Int(text.dropFirst(2), radix: text.hasPrefix("0x") ? 16 : 8)
        } else if parts.count == 2, parts[1].allSatisfy({ $0 == "0" }) {
            number = Int(parts[0])
        }
        return number.map(String.init)
    }
}
