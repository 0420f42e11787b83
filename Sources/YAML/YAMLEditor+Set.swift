import JSON

extension YAMLEditor {
    /// How a scalar may be written here; nil of a collection.
    func spelling(_ value: YAMLSyntax) -> ScalarSpelling? {
        guard case .scalar(let text, let kind) = value.content else { return nil }
        return ScalarSpelling(text: text, kind: kind, isJSON: isJSON)
    }

    /// The ways to write another value in the place of one.
    func ways(toSet new: JSONValue, at place: Place, by writer: BlockWriter) -> [[Splice]] {
        ways(toSet: new, spelled: spelling(YAMLSyntax(new)), at: place, by: writer)
    }

    /// The ways to write another value, or a scalar, in the place of one.
    func ways(
        toSet new: JSONValue, spelled spelling: ScalarSpelling?, at place: Place, by writer: BlockWriter
    ) -> [[Splice]] {
        let old = place.value
        let isFlow = place.parent?.style == .flow || isJSON
        let isBlock = old.style == .block && old.isFilled
        let inline =
            spelling?.inline(like: old.style, isFlow: isFlow) ?? [flowText(of: new, over: old, by: writer)]
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
            if let block = blockText(of: spelling, over: old, at: place, by: writer) { ways.insert(block, at: 0) }
            return ways
        }
        let column = place.parentColumn
        guard isBlock else {
            // A collection in the place of a scalar: the comment behind that stays on its line.
            let isAlone = place.introducer == nil || (place.isElement && source.opensLine(old.start) && old.isWritten)
            let inner = isAlone ? source.column(old.start) : column + 2
            if isAlone || place.isElement && old.range.lowerBound == old.start {
                let text = writer.text { $0.block(new, at: inner) }
                return [[Splice(place.content, (isAlone ? "" : place.separator) + text)]]
            }
            let end = source.lineEnd(old.range.upperBound)
            let start =
                source.opensLine(old.start)
                ? source.beforeBreak(source.lineStart(old.start)) : source.beforeBlanks(old.start)
            return [[Splice(start..<old.range.upperBound, ""), Splice(end..<end, below(new, at: place, writer))]]
        }
        let lineEnd = source.lineEnd(old.range.upperBound)
        guard source.opensLine(old.start), let introducer = place.introducer else {
            let texts = new.isFilled ? [writer.text { $0.block(new, at: source.column(old.start)) }] : inline
            return texts.map { [Splice(old.start..<lineEnd, $0)] }
        }
        let lines = source.beforeBreak(source.lineStart(old.start))..<lineEnd
        if new.isFilled { return [[Splice(lines, below(new, at: place, writer))]] }
        return inline.map { [Splice(introducer..<introducer, " " + $0), Splice(lines, "")] }
    }

    /// A collection that begins on the line below its key or dash.
    private func below(_ value: JSONValue, at place: PlaceOfValue, _ writer: BlockWriter) -> String {
        writer.text { writer in
            guard place.isElement else { return writer.behindKey(value, at: place.parentColumn) }
            writer.breakLine(place.parentColumn + 2)
            writer.block(value, at: place.parentColumn + 2)
        }
    }

    private func flowText(of new: JSONValue, over old: YAMLSyntax, by writer: BlockWriter) -> String {
        let isPretty = isJSON && new.isFilled && !source.isOneLine(0..<source.bytes.count)
        return writer.flow(new, at: isPretty ? source.indentation(old.range.lowerBound) : nil)
    }

    /// A text in the place of a literal or folded one.
    private func blockText(
        of spelling: ScalarSpelling?, over old: YAMLSyntax, at place: PlaceOfValue, by writer: BlockWriter
    ) -> [Splice]? {
        guard let spelling, old.style == .literal || old.style == .folded else { return nil }
        let headerEnd = source.lineEnd(old.start)
        let signs = source.bytes[old.start..<headerEnd].prefix { !" \t".utf8.contains($0) }
        var column = source.columnOfBlock(old.start..<old.range.upperBound) ?? place.parentColumn + writer.step
        if let digit = signs.first(where: { (0x31...0x39).contains($0) }) {
            column = place.parentColumn + Int(digit - 0x30)
        }
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
            Splice(headerEnd..<end, writer.text { $0.lines(block.lines, at: column) }),
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
