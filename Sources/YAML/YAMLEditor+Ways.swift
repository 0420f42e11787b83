import JSON

extension YAMLEditor {
    /// The ways in which a change may be written, the best one first; whether one does is seen by reading its result.
    func ways(of change: Change, at place: Place) -> [[Splice]] {
        var writer = BlockWriter(
            isJSON: isJSON, newline: source.newline, step: step(isOfSequence: false) ?? 2,
            sequenceStep: step(isOfSequence: true) ?? 0)
        let ways = ways(of: change, at: place, by: writer)
        writer.isQuoting = true
        return ways + self.ways(of: change, at: place, by: writer)
    }

    private func ways(of change: Change, at place: Place, by writer: BlockWriter) -> [[Splice]] {
        switch change {
        case .set(let value): return ways(toSet: value, at: place, by: writer)
        case .setPlain(let text):
            return ways(toSet: .null, spelled: spelling(YAMLSyntax(plain: text)), at: place, by: writer)
        case .remove: return ways(toRemove: place, by: writer)
        case .append(let value):
            guard place.value.isFilled else {
                return ways(toSet: [value], at: place, by: writer)
            }
            return [
                addition(to: place.value, by: writer) { isFlow, column in
                    isFlow ? writer.flow(value, at: column) : writer.text { $0.element(value, at: column ?? 0) }
                }
            ]
        case .add(let key, let value):
            let entry = JSONObject.Member(name: key, value: value)
            guard place.value.isFilled else {
                return ways(toSet: .object(JSONObject([entry])), at: place, by: writer)
            }
            let colon = isCompact(place.value) ? ":" : ": "
            return [
                addition(to: place.value, by: writer) { isFlow, column in
                    isFlow
                        ? writer.flow(.string(key)) + colon + writer.flow(value, at: column)
                        : writer.text { $0.entry(entry, at: column ?? 0) }
                }
            ]
        }
    }

    /// Whether no blank stands behind the colons of a flow mapping.
    private func isCompact(_ value: YAMLSyntax) -> Bool {
        guard isJSON, case .mapping(let entries) = value.content, let last = entries.last else { return false }
        return source.bytes[last.key.range.upperBound..<last.value.range.lowerBound].elementsEqual(":".utf8)
    }

    /// How much deeper the first mapping, or sequence, that stands in a mapping is than that; nil where there is none.
    private func step(isOfSequence: Bool) -> Int? {
        func step(in value: YAMLSyntax) -> Int? {
            for child in value.children ?? [] where child.isFilled && child.style == .block {
                if case .mapping = value.content, child.isSequence == isOfSequence {
                    return source.column(child.start) - source.column(value.start)
                }
                if let found = step(in: child) { return found }
            }
            return nil
        }
        return documents.lazy.compactMap(step).first
    }

    // MARK: Add

    private func addition(
        to value: YAMLSyntax, by writer: BlockWriter,
        _ write: (_ isFlow: Bool, _ column: Int?) -> String
    ) -> [Splice] {
        guard let children = value.children, let last = children.last else { return [] }
        let end = last.range.upperBound
        guard value.style == .flow else {
            let lineEnd = source.lineEnd(end)
            let column = source.column(value.start)
            let text = writer.text { $0.breakLine(column) } + write(false, column)
            return [Splice(lineEnd..<lineEnd, text)]
        }
        // Between this one and the last stands what stands between the others.
        let starts = starts(of: value)
        var gap = starts.count > 1 ? children[starts.count - 2].range.upperBound : value.start + 1
        let start = starts[starts.count - 1]
        // A pair without braces, as in `[a: b]`, begins with its key.
        gap = min(source.behindComma(gap) ?? gap, start)
        let isBroken = !source.isOneLine(gap..<start)
        let between = isBroken && source.opensLine(start) ? source.lineStart(start)..<start : gap..<start
        var lead = starts.count > 1 || isBroken ? source.text(between) : isCompact(value) ? "" : " "
        if isBroken {
            lead = source.opensLine(start) ? writer.newline + lead : writer.text { $0.breakLine(source.column(start)) }
        }
        let text = write(true, isBroken && isJSON ? source.column(start) : nil)
        let comma = source.behindComma(end)
        // Behind a comment on the last line, which stays with its entry.
        let next = comma ?? end
        let endOfLine = source.lineEnd(next)
        let behind = source.bytes[next..<endOfLine].first { $0 != 0x20 && $0 != 0x09 }
        let place = isBroken && behind == UInt8(ascii: "#") ? endOfLine : next
        if comma != nil { return [Splice(place..<place, lead + text + ",")] }
        return place == end
            ? [Splice(end..<end, "," + lead + text)] : [Splice(place..<place, lead + text), Splice(end..<end, ",")]
    }

    /// Where each entry or element begins, a dash in front of it included.
    func starts(of value: YAMLSyntax) -> [Int] {
        switch value.content {
        case .mapping(let entries): return entries.map(\.key.range.lowerBound)
        case .sequence(let elements) where value.style == .flow: return elements.map(\.range.lowerBound)
        case .sequence(let elements):
            let ends = elements.map(\.range.upperBound).dropLast()
            return [value.start] + ends.map { source.behindTrivia($0) }
        default: return []
        }
    }

    // MARK: Remove

    private func ways(toRemove place: Place, by writer: BlockWriter) -> [[Splice]] {
        guard let parent = place.parent, let children = parent.children, let position = place.positions.last else {
            return []
        }
        guard children.count > 1 else {
            return ways(toSet: parent.isSequence ? [] : [:], at: place.outer, by: writer)
        }
        let starts = starts(of: parent)
        let start = starts[position]
        let end = place.value.range.upperBound
        guard parent.style != .flow else {
            if position + 1 < starts.count {
                let comma = source.behindComma(end) ?? end
                let next = starts[position + 1]
                return [[Splice(start..<(source.hasOnly(" \t\r\n", in: comma..<next) ? next : comma), "")]]
            }
            let before = children[position - 1].range.upperBound
            let hasComment = source.bytes[before..<start].contains(UInt8(ascii: "#"))
            return [[Splice((hasComment ? start : before)..<end, "")]]
        }
        let lineEnd = source.lineEnd(end)
        if source.opensLine(start) {
            let lineStart = source.lineStart(start)
            let next = source.behindBreak(lineEnd)
            // Without a break at the end of the text the one before goes.
            return [[Splice(next > lineEnd ? lineStart..<next : source.beforeBreak(lineStart)..<lineEnd, "")]]
        }
        guard position + 1 < starts.count else { return [] }
        let next = starts[position + 1]
        let isNear = source.hasOnly(" \r\n", in: end..<next)
        return [[Splice(isNear ? start..<next : source.beforeBlanks(start)..<lineEnd, "")]]
    }
}
