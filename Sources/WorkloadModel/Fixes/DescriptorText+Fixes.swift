import Text
import YAML

extension DescriptorText {
    /// The edits that make a fix; nil where the text is written in a way that leaves it to its author.
    func edits(for fix: DescriptorFix) -> [TextEdit]? {
        switch fix {
        case .renameKey(let entry, let key):
            return token(entry.key, at: entry.keyMark).map { [$0.edit(key)] }
        case .replaceScalar(let node, let text):
            guard let old = node.text, let token = token(old, at: node.mark) else { return nil }
            return [old.isExactly(text) ? TextEdit(token.range, text.utf8) : token.edit(text)]
        case .replaceEntry(let entry, let key, let words):
            guard let token = token(entry.key, at: entry.keyMark), let edits = edits(of: entry.value, to: words)
            else { return nil }
            return [token.edit(key)] + edits
        case .removeEntry(let entry):
            return removal(of: entry)
        case .lift(let entry):
            return lifting(entry)
        case .move(let entry, let outer, let target, let key):
            return moving(entry, under: outer, target, as: key)
        }
    }

    private func edits(of value: YAMLNode, to words: [String]) -> [TextEdit]? {
        guard case .sequence(let elements) = value.content else {
            return value.text.flatMap { token($0, at: value.mark) }.map { [TextEdit($0.range, "[\(words[0])]".utf8)] }
        }
        var edits: [TextEdit] = []
        for (element, word) in zip(elements, words) {
            guard let text = element.text, let token = token(text, at: element.mark) else { return nil }
            edits.append(token.edit(word))
        }
        return edits
    }

    /// Takes out a line that has one entry at the top and nothing else; a comment behind it stays.
    private func removal(of entry: YAMLEntry) -> [TextEdit]? {
        guard entry.keyMark.column == 1, let text = entry.value.text, let value = token(text, at: entry.value.mark),
            entry.value.mark.line == entry.keyMark.line
        else { return nil }
        let start = start(of: entry.keyMark.line)
        let end = self.start(of: entry.keyMark.line + 1)
        let comment = bytes[value.range.upperBound..<end].drop { $0 == UInt8(ascii: " ") }
        if comment.first == UInt8(ascii: "#") { return [TextEdit(start..<comment.startIndex, [])] }
        return comment.allSatisfy { $0 == 0x0A || $0 == 0x0D } ? [TextEdit(start..<end, [])] : nil
    }

    /// Puts the entries of a mapping where its key stands.
    private func lifting(_ entry: YAMLEntry) -> [TextEdit]? {
        guard case .mapping(let inner) = entry.value.content, let first = inner.first, !first.isMerged,
            let key = token(entry.key, at: entry.keyMark)
        else { return nil }
        let (start, child) = (key.range.lowerBound, offset(of: first.keyMark))
        guard child > start else { return nil }
        let between = bytes[key.range.upperBound..<child]
        if let brace = between.firstIndex(of: UInt8(ascii: "{")) {
            // Its values are plain words and numbers, or it is left alone.
            guard let end = bytes[brace...].firstIndex(of: UInt8(ascii: "}")), !bytes[brace...end].contains(0x0A),
                !bytes[brace...end].contains(where: { "\"'#&*".utf8.contains($0) })
            else { return nil }
            let entries = bytes[(brace + 1)..<end].split(separator: UInt8(ascii: ",")).map(Self.trimmed)
            let indent = String(repeating: " ", count: entry.keyMark.column - 1)
            let separator = isInFlow(start) ? ", " : "\(newline)\(indent)"
            return [TextEdit(start..<(end + 1), entries.joined(separator: separator.utf8))]
        }
        let delta = first.keyMark.column - entry.keyMark.column
        guard between.allSatisfy({ ": \r\n".utf8.contains($0) }), first.keyMark.line > entry.keyMark.line, delta > 0
        else { return nil }
        var edits = [TextEdit(start..<child, [])]
        for line in (first.keyMark.line + 1)...max(first.keyMark.line + 1, lineCount) {
            guard let indentation = indentation(of: line) else { continue }
            guard indentation >= first.keyMark.column - 1 else { break }
            edits.append(TextEdit(self.start(of: line)..<(self.start(of: line) + delta), []))
        }
        return edits
    }

    /// Puts a list at the top under a key of a mapping there.
    private func moving(_ entry: YAMLEntry, under outer: String, _ target: YAMLEntry?, as key: String) -> [TextEdit]? {
        guard entry.keyMark.column == 1, let name = token(entry.key, at: entry.keyMark) else { return nil }
        let first = entry.keyMark.line
        var last = first
        for line in (first + 1)...max(first + 1, lineCount) {
            guard let indentation = indentation(of: line) else { continue }
            let text = self.line(line).dropFirst(indentation)
            let isEntry = text.starts(with: "- ".utf8) || Self.trimmed(text).elementsEqual("-".utf8)
            if indentation == 0 && text.first == UInt8(ascii: "#") { continue }
            guard indentation > 0 || isEntry else { break }
            last = line
        }
        guard let target else {
            return [TextEdit(name.range, "\(outer):\(newline)  \(key)".utf8)]
                + (first + 1..<max(last, first) + 1).filter { indentation(of: $0) != nil }
                .map { TextEdit(start(of: $0)..<start(of: $0), "  ".utf8) }
        }
        guard case .mapping(let inner) = target.value.content, let sibling = inner.first, !sibling.isMerged,
            target.keyMark.column == 1, sibling.keyMark.line > target.keyMark.line, sibling.keyMark.column > 1
        else { return nil }
        let indent = Array(String(repeating: " ", count: sibling.keyMark.column - 1).utf8)
        var moved = indent + Array(key.utf8) + bytes[name.range.upperBound..<start(of: first + 1)]
        for line in first + 1..<max(last, first) + 1 {
            moved += (indentation(of: line) == nil ? [] : indent) + self.line(line)
        }
        if moved.last != newline.utf8.last { moved += Array(newline.utf8) }
        let place = start(of: target.keyMark.line + 1)
        let removal = TextEdit(start(of: first)..<start(of: last + 1), [])
        return [removal, TextEdit(place..<place, moved)].sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
        return bytes.drop { $0 <= 0x20 }
    }
}
