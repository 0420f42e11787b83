extension YAMLEditor {
    /// The ways to write another value in the place of one.
    func ways(toSet new: YAMLSyntax, at place: Place, by writer: BlockWriter) -> [[Splice]] {
        let old = place.value
        let isFlow = place.parent?.style == .flow || isJSON
        let isBlock = old.style == .block && old.isFilled
        let inline = inlineTexts(of: new, like: old, isFlow: isFlow, by: writer)
        let place = placeOfValue(place)
        if isFlow || (!new.isFilled && !isBlock) {
            var ways = inline.map { [Splice(place.content, place.separator + $0)] }
            if old.style == .literal || old.style == .folded {
                // In the place of the header, so that a comment behind it stays.
                let headerEnd = source.lineEnd(old.start)
                let signs = source.bytes[old.start..<headerEnd].prefix { !" \t".utf8.contains($0) }.indices
                let lines = headerEnd..<max(headerEnd, old.range.upperBound)
                ways = inline.map { [Splice(signs, $0), Splice(lines, "")] } + ways
            }
            if let block = blockText(of: new, over: old, at: place, by: writer) { ways.insert(block, at: 0) }
            return ways
        }
        let column = place.parentColumn
        guard isBlock else {
            // A collection in the place of a scalar: the comment behind that stays on its line.
            let isAlone = place.introducer == nil || (place.isElement && source.opensLine(old.start) && old.isWritten)
            if isAlone { return [[Splice(place.content, writer.block(new, at: source.column(old.start)))]] }
            if place.isElement && old.range.lowerBound == old.start {
                return [[Splice(place.content, place.separator + writer.block(new, at: column + 2))]]
            }
            let end = source.lineEnd(old.range.upperBound)
            let text = place.isElement ? elementBelow(new, column, writer) : writer.behindKey(new, at: column)
            let start =
                source.opensLine(old.start)
                ? source.beforeBreak(source.lineStart(old.start)) : source.beforeBlanks(old.start)
            return [[Splice(start..<old.range.upperBound, ""), Splice(end..<end, text)]]
        }
        let lineEnd = source.lineEnd(old.range.upperBound)
        guard source.opensLine(old.start), let introducer = place.introducer else {
            let texts = new.isFilled ? [writer.block(new, at: source.column(old.start))] : inline
            return texts.map { [Splice(old.start..<lineEnd, $0)] }
        }
        let lines = source.beforeBreak(source.lineStart(old.start))..<lineEnd
        if new.isFilled {
            let text = place.isElement ? elementBelow(new, column, writer) : writer.behindKey(new, at: column)
            return [[Splice(lines, text)]]
        }
        return inline.map { [Splice(introducer..<introducer, " " + $0), Splice(lines, "")] }
    }

    /// An element that begins on the line below its dash.
    private func elementBelow(_ value: YAMLSyntax, _ column: Int, _ writer: BlockWriter) -> String {
        writer.newline + writer.indentation(column + 2) + writer.block(value, at: column + 2)
    }

    private func inlineTexts(
        of new: YAMLSyntax, like old: YAMLSyntax, isFlow: Bool, by writer: BlockWriter
    ) -> [String] {
        guard case .scalar(let text, let kind) = new.content else {
            let isPretty = isJSON && new.isFilled && !source.isOneLine(0..<source.bytes.count)
            return [writer.flow(new, at: isPretty ? source.indentation(old.range.lowerBound) : nil)]
        }
        return ScalarSpelling(text: text, kind: kind, isJSON: isJSON).inline(like: old.style, isFlow: isFlow)
    }

    /// A text in the place of a literal or folded one.
    private func blockText(
        of new: YAMLSyntax, over old: YAMLSyntax, at place: PlaceOfValue, by writer: BlockWriter
    ) -> [Splice]? {
        guard old.style == .literal || old.style == .folded, case .scalar(let text, let kind) = new.content else {
            return nil
        }
        let headerEnd = source.lineEnd(old.start)
        let signs = source.bytes[old.start..<headerEnd].prefix { !" \t".utf8.contains($0) }
        var column = source.columnOfBlock(old.start..<old.range.upperBound) ?? place.parentColumn + writer.step
        if let digit = signs.first(where: { (0x31...0x39).contains($0) }) {
            column = place.parentColumn + Int(digit - 0x30)
        }
        let spelling = ScalarSpelling(text: text, kind: kind, isJSON: false)
        guard let block = spelling.block(isFolded: old.style == .folded, depth: column - place.parentColumn) else {
            return nil
        }
        var end = max(headerEnd, old.range.upperBound)
        // Empty lines that did not count would, where the new text keeps those at its end.
        while block.header.utf8.last == UInt8(ascii: "+"), end < source.bytes.count {
            let next = source.behindBreak(end)
            guard next < source.bytes.count, source.lineEnd(next) == next else { break }
            end = next
        }
        return [
            Splice(signs.startIndex..<signs.endIndex, block.header),
            Splice(headerEnd..<end, writer.lines(block.lines, at: column)),
        ]
    }

    private func placeOfValue(_ place: Place) -> PlaceOfValue {
        let old = place.value
        var isElement = false
        var introducer: Int?
        if let parent = place.parent, let position = place.positions.last {
            if case .mapping(let entries) = parent.content {
                introducer = source.behindTrivia(entries[position].key.range.upperBound) + 1
            } else {
                isElement = true
                introducer = starts(of: parent)[position] + 1
            }
        }
        if old.range.lowerBound < old.start { introducer = source.endOfProperties(old.range.lowerBound) }
        let content = old.start..<max(old.start, old.range.upperBound)
        let isJoined =
            content.isEmpty && content.lowerBound > 0
            && !source.hasOnly(" \t\r\n", in: content.lowerBound - 1..<content.lowerBound)
        return PlaceOfValue(
            content: content, separator: isJoined ? " " : "",
            parentColumn: place.parent.map { source.column($0.start) } ?? 0,
            isElement: isElement, introducer: introducer)
    }
}

/// Where a value stands, as far as it matters to what is written in its place.
private struct PlaceOfValue {
    /// The bytes of the value without its anchor and tag.
    let content: Range<Int>
    /// What has to stand between the value and what is in front of it.
    let separator: String
    /// The column of the collection around it, where that is a block.
    let parentColumn: Int
    let isElement: Bool
    /// Behind the colon or dash, or behind the anchor and tag; nil for the whole document.
    let introducer: Int?
}
