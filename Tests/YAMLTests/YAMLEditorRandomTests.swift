import JSON
import TestDocuments
import Testing
import YAML

/// A document with aliases and anchors taken for plain words, so that an edit changes one place alone.
private func document(_ text: [UInt8]) -> YAMLNode? {
    var bare: [UInt8] = []
    bare.reserveCapacity(text.count)
    var index = 0
    func stands(_ word: StaticString) -> Bool {
        text.count > index + 3 && (0..<3).allSatisfy { text[index + 1 + $0] == word.utf8Start[$0] }
    }
    while index < text.count {
        switch text[index] {
        // The generator makes anchors of two letters and a digit or two.
        case UInt8(ascii: "&") where stands("anc"):
            index += 4
            while index < text.count, (0x30...0x39).contains(text[index]) { index += 1 }
            continue
        case UInt8(ascii: "*") where stands("anc"): bare += "ALIAS".utf8
        case UInt8(ascii: "!") where stands("Ref"): index += 3
        default: bare.append(text[index])
        }
        index += 1
    }
    let document = YAMLDocument(parsing: bare)
    if !document.problems.isEmpty { Issue.record("\(document.problems) in \(String(decoding: text, as: UTF8.self))") }
    return document.root
}

extension [UInt8] {
    /// The documents of a text whose separators begin with `--- #`, each with its lines.
    fileprivate var parted: [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        for line in lines {
            if line.starts(with: "--- #".utf8) { parts.append([]) } else { parts[parts.count - 1] += line }
        }
        return parts
    }

    /// The lines with their breaks.
    fileprivate var lines: [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for index in indices where self[index] == 0x0A {
            lines.append(self[start...index])
            start = index + 1
        }
        return start < count ? lines + [self[start...]] : lines
    }
}

extension YAMLNode {
    /// Whether the last key of a path is the first of its mapping.
    fileprivate func isFirst(_ path: ArraySlice<YAMLEditor.Step>) -> Bool {
        switch (content, path.first) {
        case (.mapping(let entries), .key(let key)?):
            guard let position = entries.firstIndex(where: { $0.key.utf8.elementsEqual(key.utf8) }) else {
                return false
            }
            return path.count == 1 ? position == 0 : entries[position].value.isFirst(path.dropFirst())
        case (.sequence(let elements), .index(let index)?): return elements[index].isFirst(path.dropFirst())
        default: return false
        }
    }

    /// The lines from where the value of a path, or what is in front of it, begins to the last before what comes next.
    fileprivate func lines(of path: ArraySlice<YAMLEditor.Step>, in lines: Range<Int>) -> Range<Int> {
        guard let step = path.first else { return lines }
        var starts: [Int] = []
        var nexts: [Int] = []
        var children: [YAMLNode] = []
        var position = 0
        switch (content, step) {
        case (.mapping(let entries), .key(let key)):
            starts = entries.map(\.keyMark.line)
            nexts = starts
            children = entries.map(\.value)
            position = entries.firstIndex { $0.key.utf8.elementsEqual(key.utf8) } ?? 0
        case (.sequence(let elements), .index(let index)):
            // A dash may stand on a line above.
            starts = elements.indices.map { $0 == 0 ? lines.lowerBound : elements[$0 - 1].mark.line }
            nexts = elements.map(\.mark.line)
            children = elements
            position = index
        default: return lines
        }
        let end = children.count > position + 1 ? nexts[position + 1] : lines.upperBound
        return children[position].lines(of: path.dropFirst(), in: starts[position]..<max(end, starts[position] + 1))
    }
}

extension JSONValue {
    /// The places of all values inside, the value itself first.
    fileprivate var places: [[YAMLEditor.Step]] {
        var places: [[YAMLEditor.Step]] = [[]]
        for (index, element) in (array ?? []).enumerated() { places += element.places.map { [.index(index)] + $0 } }
        for member in object?.members ?? [] { places += member.value.places.map { [.key(member.name)] + $0 } }
        return places
    }

    fileprivate func changed(at path: ArraySlice<YAMLEditor.Step>, _ change: (JSONValue) -> JSONValue?) -> JSONValue? {
        switch (self, path.first) {
        case (.array(var elements), .index(let index)?):
            let changed = elements[index].changed(at: path.dropFirst(), change)
            elements.replaceSubrange(index...index, with: changed.map { [$0] } ?? [])
            return .array(elements)
        case (.object(var object), .key(let key)?):
            object[key] = object[key]?.changed(at: path.dropFirst(), change)
            return .object(object)
        default: return change(self)
        }
    }
}

@Suite struct YAMLEditingAtRandom {
    @Test(arguments: 1...8)
    func `editing YAML changes what it should and nothing else in twenty thousand documents`(seed: UInt64) throws {
        var refused: [String] = []
        var random = RandomText(seed: seed)
        for _ in 0..<2_500 {
            if let text = try editOne(&random) { refused.append(text) }
        }
        // What is refused is rare: an anchor whose aliases would be left behind, and now and then another change that cannot
        // be made in that place alone.
        #expect(refused.count < 50, "\(refused.prefix(20).joined(separator: "\n"))")
        refused.removeAll { $0.contains("anc") }
        #expect(refused.count < 5, "\(refused.joined(separator: "\n"))")
    }

    /// Makes a text and a change of it; returns what was refused.
    private func editOne(_ random: inout RandomText) throws -> String? {
        var parts = (0..<(random.chance(20) ? 2 : 1)).map { _ in Array(random.document().utf8) }
        let isCRLF = random.chance(15)
        if isCRLF { parts = parts.map { $0.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] } } }
        let separator = Array(("--- #" + (random.chance(30) ? "" : " doc") + (isCRLF ? "\r\n" : "\n")).utf8)
        if random.chance(15) { parts[parts.count - 1].removeLast(isCRLF ? 2 : 1) }
        let mark: [UInt8] = random.chance(10) ? [0xEF, 0xBB, 0xBF] : []
        let text = mark + parts.joined(separator: separator)
        let target = random.below(parts.count)
        let before = parts.map(document)
        guard let root = before[target] else { return "no value in \(parts)" }
        var wanted = before.map { $0.map { JSONValue($0) } ?? .null }
        let path = random.pick(wanted[target].places)
        let (change, expected) = edit(&random, wanted[target], path)
        var editor = try YAMLEditor(text)
        do throws(YAMLEditor.Refusal) {
            try editor.apply(change, at: path, in: target)
        } catch {
            #expect(editor.bytes == text)
            return
                "\(error): \("\(change)".prefix(150)) at \(path) of \(String(decoding: text, as: UTF8.self).debugDescription)"
        }
        wanted[target] = expected
        let after = editor.bytes
        let comment = { "\(path) \(String(decoding: text, as: UTF8.self)) \(String(decoding: after, as: UTF8.self))" }
        let edited = (mark.isEmpty ? after : Array(after.dropFirst(3))).parted
        if edited.map({ document($0).map { JSONValue($0) } ?? .null }) != wanted { Issue.record("\(comment())") }
        if !after.starts(with: mark) { Issue.record("\(comment())") }
        // Lines outside of the value, or of the collection that it is taken out of, are the same bytes.
        var isRemoval = false
        if case .remove = change { isRemoval = true }
        let isFirst = path.last == .index(0) || root.isFirst(path[...])
        let old = parts[target].lines
        let new = edited.indices.contains(target) ? edited[target].lines : []
        var lines = root.lines(of: path[...], in: 1..<(old.count + 1))
        if isRemoval {
            // A comma, or for a first entry the dash or the key in front of it, is on a line that may change as well.
            let outer = root.lines(of: path.dropLast(), in: 1..<(old.count + 1))
            lines = (isFirst ? outer.lowerBound : max(outer.lowerBound, lines.lowerBound - 1))..<lines.upperBound
        }
        let start = old.prefix(lines.lowerBound - 1)
        // What comes next may stand on the last line of a collection between brackets.
        let next = old.dropFirst(lines.upperBound - 1).first
        let isShared = isRemoval && isFirst || next?.contains { "[]{},".utf8.contains($0) } == true
        let end = old.suffix(max(0, old.count - lines.upperBound + (isShared ? 0 : 1)))
        if start.count + end.count > new.count || !new.starts(with: start) || !new.suffix(end.count).elementsEqual(end)
        {
            Issue.record("more than \(lines) is not as it was: \(change) \(comment())")
        }
        return nil
    }

    private func edit(
        _ random: inout RandomText, _ document: JSONValue, _ path: [YAMLEditor.Step]
    ) -> (YAMLEditor.Change, JSONValue) {
        let value = random.value()
        var change = YAMLEditor.Change.set(value)
        var make: (JSONValue) -> JSONValue? = { _ in value }
        let old = path.reduce(document) { value, step in
            switch step {
            case .key(let key): value[key] ?? .null
            case .index(let index): value.array?[index] ?? .null
            }
        }
        if !path.isEmpty && random.chance(25) {
            (change, make) = (.remove, { _ in nil })
        } else if case .object(let object) = old, random.chance(70) {
            let key = random.pick(RandomText.texts.filter { object[$0] == nil })
            change = .add(key: key, value)
            make = { _ in
                var object = object
                object[key] = value
                return .object(object)
            }
        } else if case .array(let elements) = old, random.chance(70) {
            (change, make) = (.append(value), { _ in .array(elements + [value]) })
        }
        return (change, document.changed(at: path[...], make) ?? .null)
    }
}
