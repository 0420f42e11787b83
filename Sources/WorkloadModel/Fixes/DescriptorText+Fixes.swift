import Text
import YAML

/// The changes that make fixes.
extension DescriptorText {
    /// A key takes its present name or spelling.
    func renaming(_ entry: YAMLEntry, to key: String) -> TextChange? {
        token(entry.key, at: entry.keyMark).map { TextChange(edits: [$0.edit(key)]) }
    }

    /// A scalar takes another text, or loses its quotes where the text is its own.
    func replacing(_ node: YAMLNode, with text: String) -> TextChange? {
        guard let old = node.text, let token = token(old, at: node.mark) else { return nil }
        return TextChange(edits: [old.isExactly(text) ? TextEdit(token.range, text.utf8) : token.edit(text)])
    }

    /// A key and the words below it take others; it is the one fix that changes what is sent.
    func rewriting(_ entry: YAMLEntry, as key: String, _ words: [String]) -> TextChange? {
        guard let name = token(entry.key, at: entry.keyMark) else { return nil }
        var edits = [name.edit(key)]
        if let text = entry.value.text {
            guard let token = token(text, at: entry.value.mark) else { return nil }
            edits.append(TextEdit(token.range, "[\(words[0])]".utf8))
        }
        for (element, word) in zip(entry.value.elements, words) {
            guard let text = element.text, let token = token(text, at: element.mark) else { return nil }
            edits.append(token.edit(word))
        }
        return TextChange(edits: edits, opens: true)
    }

    /// An entry at the top that is alone on its line goes; a comment behind it stays.
    func removing(_ entry: YAMLEntry) -> TextChange? {
        guard entry.keyMark.column == 1, let text = entry.value.text, let value = token(text, at: entry.value.mark),
            entry.value.mark.line == entry.keyMark.line
        else { return nil }
        let (start, end) = (start(of: entry.keyMark.line), start(of: entry.keyMark.line + 1))
        let rest = bytes[value.range.upperBound..<end].drop { $0 == UInt8(ascii: " ") }
        let isComment = rest.first == UInt8(ascii: "#")
        guard isComment || rest.allSatisfy({ $0 == 0x0A || $0 == 0x0D }) else { return nil }
        return TextChange(edits: [TextEdit(start..<(isComment ? rest.startIndex : end), [])])
    }

    /// The entries of a mapping take the mapping's place.
    func lifting(_ entry: YAMLEntry) -> TextChange? {
        guard case .mapping(let inner) = entry.value.content, let first = inner.first, !first.isMerged,
            let key = token(entry.key, at: entry.keyMark)
        else { return nil }
        let (start, child) = (key.range.lowerBound, offset(of: first.keyMark))
        guard child > start else { return nil }
        let between = bytes[key.range.upperBound..<child]
        if let brace = between.firstIndex(of: UInt8(ascii: "{")) {
            // Its values are plain words and numbers, or it is left alone.
            guard let end = bytes[brace...].firstIndex(of: UInt8(ascii: "}")),
                !bytes[brace...end].contains(where: { "\n\"'#&*".utf8.contains($0) })
            else { return nil }
            let entries = bytes[(brace + 1)..<end].split(separator: UInt8(ascii: ",")).map(Self.trimmed)
            let indent = String(repeating: " ", count: entry.keyMark.column - 1)
            let separator = isInFlow(start) ? ", " : "\(newline)\(indent)"
            return TextChange(edits: [TextEdit(start..<(end + 1), entries.joined(separator: separator.utf8))])
        }
        let delta = first.keyMark.column - entry.keyMark.column
        guard between.allSatisfy({ ": \r\n".utf8.contains($0) }), first.keyMark.line > entry.keyMark.line, delta > 0
        else { return nil }
        let indentations = block(after: first.keyMark.line, indentation: first.keyMark.column - 1).filter(hasText)
            .map { self.start(of: $0) }
        return TextChange(
            edits: [TextEdit(start..<child, [])] + indentations.map { TextEdit($0..<($0 + delta), []) })
    }

    /// A list at the top goes under a key of a mapping there, whose own entry is the target where it is there.
    func moving(_ entry: YAMLEntry, under outer: String, _ target: YAMLEntry?, as key: String) -> TextChange? {
        guard entry.keyMark.column == 1, let name = token(entry.key, at: entry.keyMark) else { return nil }
        let first = entry.keyMark.line
        let lines = block(after: first, indentation: 1)
        guard let target else {
            let starts = lines.filter(hasText).map { start(of: $0) }
            return TextChange(
                edits: [TextEdit(name.range, "\(outer):\(newline)  \(key)".utf8)]
                    + starts.map { TextEdit($0..<$0, "  ".utf8) })
        }
        guard case .mapping(let inner) = target.value.content, let sibling = inner.first, !sibling.isMerged,
            target.keyMark.column == 1, sibling.keyMark.line > target.keyMark.line, sibling.keyMark.column > 1
        else { return nil }
        let indent = Array(String(repeating: " ", count: sibling.keyMark.column - 1).utf8)
        var moved = indent + Array(key.utf8) + bytes[name.range.upperBound..<start(of: first + 1)]
        for line in lines { moved += (hasText(line) ? indent : []) + self.line(line) }
        if moved.last != newline.utf8.last { moved += Array(newline.utf8) }
        let place = start(of: target.keyMark.line + 1)
        return TextChange(
            edits: [TextEdit(start(of: first)..<start(of: lines.upperBound), []), TextEdit(place..<place, moved)])
    }

    /// The lines after one that are indented as far, or are entries of a list one space less far.
    private func block(after line: Int, indentation: Int) -> Range<Int> {
        var end = line + 1
        for number in end..<max(end, lineCount + 1) where hasText(number) {
            let text = self.line(number).drop { $0 == UInt8(ascii: " ") }
            let own = self.line(number).count - text.count
            let isEntry = text.starts(with: "- ".utf8) || Self.trimmed(text).elementsEqual("-".utf8)
            if own >= indentation || own == indentation - 1 && isEntry {
                end = number + 1
            } else if text.first != UInt8(ascii: "#") {
                break
            }
        }
        return line + 1..<end
    }

    /// Whether a line has more than spaces.
    private func hasText(_ line: Int) -> Bool { self.line(line).contains { !" \r\n".utf8.contains($0) } }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
        return bytes.drop { $0 <= 0x20 }
    }
}
