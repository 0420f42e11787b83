import Text
import YAML

extension SchemaChecker {
    /// The text of a scalar as it was written, if it has the form.
    mutating func text(
        _ node: YAMLNode, _ format: TextFormat, refusesEmpty: Bool, at place: Place
    ) -> String? {
        guard let text = plainText(node, at: place) else { return nil }
        if text.isEmpty {
            if refusesEmpty { diagnostics.report(.emptyText, at: node.mark, "\(place.name) must not be empty") }
            return refusesEmpty ? nil : text
        }
        guard isShort(text, format.maximumBytes, node, at: place) else { return nil }
        let message = "\(format.expectation), found \(ShownText.quoted(text))"
        guard format.accepts(text) else {
            if format.isStrict {
                diagnostics.report(.badName, at: node.mark, "\(place.name) must be \(message)")
                return nil
            }
            diagnostics.report(.unusualName, at: node.mark, "\(place.name) should be \(message)")
            return text
        }
        if format.isVariable { inspect(variable: text, node, at: place) }
        return text
    }

    /// The text of the file whose path stands here.
    mutating func file(_ node: YAMLNode, refusesEmpty: Bool, at place: Place) -> String? {
        guard let path = plainText(node, at: place) else { return nil }
        if path.isEmpty {
            if refusesEmpty { diagnostics.report(.emptyText, at: node.mark, "\(place.name) must not be empty") }
            return nil
        }
        guard isShort(path, TextFormat.longestPath, node, at: place) else { return nil }
        guard !path.utf8.starts(with: "http://".utf8), !path.utf8.starts(with: "https://".utf8) else {
            diagnostics.report(
                .notAPath, at: node.mark,
                "\(place.name): URLs are not read; save the file beside the descriptor and write its path")
            return nil
        }
        do {
            return try files.text(of: path)
        } catch {
            diagnostics.report(error: error.code, at: node.mark, "\(place.name): \(error.description)")
            return nil
        }
    }

    /// One of the words, or the one that took the place of a former word.
    mutating func word(_ node: YAMLNode, of choice: Choice, at place: Place) -> String? {
        guard let text = node.text else {
            wrongType(node, at: place, expected: Alternatives.list(choice.values))
            return nil
        }
        if choice.values.containsExactly(text) { return text }
        if let (former, present) = choice.former.first(where: { $0.key.isExactly(text) }) {
            fixes.append(.replaceScalar(node, with: present))
            diagnostics.report(
                .formerValue, at: node.mark, suggestion: present,
                "'\(former)' is the former name of '\(present)'; write '\(present)', which is sent")
            return present
        }
        let nearest =
            choice.translated(text)
            ?? Spelling.nearest(to: text, in: choice.values + choice.former.keys.sorted())
            .map { choice.former[$0] ?? $0 }
        let advice =
            nearest.map { "did you mean '\($0)'?" }
            ?? "write " + Alternatives.list(choice.values)
        diagnostics.report(
            .unknownValue, at: node.mark, suggestion: nearest,
            "unknown value \(ShownText.quoted(text)) for \(place.name); \(advice)")
        return nil
    }

    /// An integer in decimal digits, which every version of YAML reads alike.
    mutating func integer(_ node: YAMLNode, in range: ClosedRange<Int>, at place: Place) -> Int? {
        let expected = "an integer from \(range.lowerBound) to \(range.upperBound)"
        // No integer is that long; an alias may bring a megabyte of digits thousands of times.
        guard case .scalar(let scalar) = node.content, scalar.text.utf8.count <= 40 else {
            wrongType(node, at: place, expected: expected)
            return nil
        }
        let (text, isQuoted) = (scalar.text, !scalar.isPlain)
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        let isDecimal = !digits.isEmpty && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard scalar.kind == .integer || scalar.kind == .text && isQuoted && isDecimal else {
            let whole = scalar.kind == .float ? Self.whole(text) : nil
            diagnostics.report(
                .wrongType, at: node.mark, suggestion: whole,
                "\(place.name) must be \(expected), found \(node.found)" + (whole.map { "; write \($0)" } ?? ""))
            return nil
        }
        guard isDecimal, digits.count == 1 || digits.first != UInt8(ascii: "0") else {
            let based = Self.integer(based: text)
            let advice =
                isDecimal
                ? "write it without \(isQuoted ? "quotes and " : "")a leading zero, which some parsers read as octal"
                : based.map { "write \($0)" } ?? "write it in decimal digits"
            diagnostics.report(
                .notDecimal, at: node.mark, suggestion: based.map(String.init),
                "\(place.name) must be \(expected), found \(ShownText.plain(text)); \(advice)")
            return nil
        }
        guard let value = Int(text), range.contains(value) else {
            let found = isQuoted ? node.found : ShownText.plain(text)
            diagnostics.report(.outOfRange, at: node.mark, "\(place.name) must be \(expected), found \(found)")
            return nil
        }
        if !isQuoted { return value }
        fixes.append(.replaceScalar(node, with: text))
        diagnostics.report(
            .quotedInteger, at: node.mark, suggestion: text,
            "\(place.name) must be \(expected), found the text '\(text)'; remove the quotes")
        return nil
    }

    private mutating func plainText(_ node: YAMLNode, at place: Place) -> String? {
        if let text = node.text { return text }
        var hint: String?
        if !node.isNull { hint = "put it in quotes, or in a block after '|'" }
        wrongType(node, at: place, expected: "text", hint: hint)
        return nil
    }

    private mutating func isShort(_ text: String, _ maximum: Int, _ node: YAMLNode, at place: Place) -> Bool {
        guard text.utf8.count > maximum else { return true }
        diagnostics.report(
            .tooLong, at: node.mark,
            "\(place.name) must have at most \(maximum) bytes, found \(text.utf8.count): \(ShownText.quoted(text))")
        return false
    }

    /// The digits before a fraction that is zero.
    private static func whole(_ text: String) -> String? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 2, let digits = Int(Substring(parts[0])),
            parts[1].allSatisfy({ $0 == UInt8(ascii: "0") })
        else { return nil }
        return String(digits)
    }

    private static func integer(based text: String) -> Int? {
        if text.utf8.starts(with: "0x".utf8) { return Int(text.dropFirst(2), radix: 16) }
        if text.utf8.starts(with: "0o".utf8) { return Int(text.dropFirst(2), radix: 8) }
        return nil
    }
}
