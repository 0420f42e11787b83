/// The difference of two texts by lines, in the unified format of `diff -u`.
public struct UnifiedDiff: Sendable {
    /// The diff, beginning with the names of both texts; empty where they are the same.
    public let text: String

    private enum Line {
        case kept(Substring)
        case removed(Substring)
        case added(Substring)
    }

    /// Lines shown around each change.
    private static let context = 3
    /// Beyond so many lines that differ the parts are not compared in detail: that would take long for nobody to read.
    private static let maximumCompared = 2_000

    /// Compares two texts line by line.
    public init(from old: String, named oldName: String, to new: String, named newName: String) {
        let lines = Self.compare(Self.lines(of: old), Self.lines(of: new))
        let hunks = Self.hunks(of: lines)
        text = hunks.isEmpty ? "" : "--- \(oldName)\n+++ \(newName)\n" + hunks.joined()
    }

    /// The lines between LFs, without an empty one at the end.
    private static func lines(of text: String) -> [Substring] {
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Substring($0) }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func compare(_ old: [Substring], _ new: [Substring]) -> [Line] {
        func isSame(_ a: Substring, _ b: Substring) -> Bool { a.utf8.elementsEqual(b.utf8) }
        let start = zip(old, new).prefix { isSame($0, $1) }.count
        let end = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { isSame($0, $1) }.count
        let oldMiddle = old[start..<(old.count - end)]
        let newMiddle = new[start..<(new.count - end)]
        let middle = compareMiddle(Array(oldMiddle), Array(newMiddle), by: isSame)
        return old[..<start].map(Line.kept) + middle + old[(old.count - end)...].map(Line.kept)
    }

    private static func compareMiddle(
        _ old: [Substring], _ new: [Substring], by isSame: (Substring, Substring) -> Bool
    ) -> [Line] {
        guard old.count + new.count <= maximumCompared else { return old.map(Line.removed) + new.map(Line.added) }
        let difference = new.difference(from: old, by: isSame)
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var lines: [Line] = []
        var i = 0
        var j = 0
        while i < old.count || j < new.count {
            if removed.contains(i) {
                lines.append(.removed(old[i]))
                i += 1
            } else if added.contains(j) {
                lines.append(.added(new[j]))
                j += 1
            } else {
                lines.append(.kept(new[j]))
                i += 1
                j += 1
            }
        }
        return lines
    }

    private static func hunks(of lines: [Line]) -> [String] {
        let changes = lines.indices.filter { index in
            if case .kept = lines[index] { false } else { true }
        }
        var ranges: [Range<Int>] = []
        for change in changes {
            let range = max(0, change - context)..<min(lines.count, change + context + 1)
            if let last = ranges.last, range.lowerBound <= last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
            } else {
                ranges.append(range)
            }
        }
        var hunks: [String] = []
        var oldLine = 1
        var newLine = 1
        var position = 0
        for range in ranges {
            // Between hunks all lines are kept, so both sides advance alike.
            oldLine += range.lowerBound - position
            newLine += range.lowerBound - position
            let hunk = Hunk(lines[range], oldLine: oldLine, newLine: newLine)
            hunks.append(hunk.text)
            oldLine += hunk.oldCount
            newLine += hunk.newCount
            position = range.upperBound
        }
        return hunks
    }

    private struct Hunk {
        var text = ""
        var oldCount = 0
        var newCount = 0

        init(_ lines: ArraySlice<Line>, oldLine: Int, newLine: Int) {
            for line in lines {
                switch line {
                case .kept(let line):
                    text += " \(line)\n"
                    oldCount += 1
                    newCount += 1
                case .removed(let line):
                    text += "-\(line)\n"
                    oldCount += 1
                case .added(let line):
                    text += "+\(line)\n"
                    newCount += 1
                }
            }
            // An empty side is named by the line before it, as diff does.
            let old = "\(oldCount == 0 ? oldLine - 1 : oldLine),\(oldCount)"
            let new = "\(newCount == 0 ? newLine - 1 : newLine),\(newCount)"
            text = "@@ -\(old) +\(new) @@\n" + text
        }
    }
}
