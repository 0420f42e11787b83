/// The difference of two texts by lines, in the unified format of `diff -u`.
public struct UnifiedDiff: Sendable {
    /// The diff, beginning with the names of both texts; empty where they are the same.
    public let text: String

    /// What becomes of a line.
    private enum Sign: String {
        case kept = " "
        case removed = "-"
        case added = "+"
    }

    private typealias Line = (sign: Sign, text: Substring)

    /// Lines shown around each change.
    private static let context = 3
    /// Beyond so many lines that differ the parts are not compared in detail: that takes long, and so much is not read.
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
        let (oldMiddle, newMiddle) = (old[start..<(old.count - end)], new[start..<(new.count - end)])
        var (removed, added) = (Set(oldMiddle.indices), Set(newMiddle.indices))
        if oldMiddle.count + newMiddle.count <= maximumCompared {
            (removed, added) = ([], [])
            for change in newMiddle.difference(from: oldMiddle, by: isSame) {
                switch change {
                case .remove(let offset, _, _): removed.insert(start + offset)
                case .insert(let offset, _, _): added.insert(start + offset)
                }
            }
        }
        var lines: [Line] = []
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            let sign: Sign = removed.contains(i) ? .removed : added.contains(j) ? .added : .kept
            lines.append((sign, sign == .removed ? old[i] : new[j]))
            if sign != .added { i += 1 }
            if sign != .removed { j += 1 }
        }
        return lines
    }

    private static func hunks(of lines: [Line]) -> [String] {
        var ranges: [Range<Int>] = []
        for change in lines.indices where lines[change].sign != .kept {
            let range = max(0, change - context)..<min(lines.count, change + context + 1)
            if let last = ranges.last, range.lowerBound <= last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
            } else {
                ranges.append(range)
            }
        }
        var (oldLine, newLine, position) = (1, 1, 0)
        return ranges.map { range in
            let passed = lines[position..<range.lowerBound]
            oldLine += passed.count { $0.sign != .added }
            newLine += passed.count { $0.sign != .removed }
            position = range.lowerBound
            let shown = lines[range]
            let old = side(from: oldLine, count: shown.count { $0.sign != .added })
            let new = side(from: newLine, count: shown.count { $0.sign != .removed })
            return "@@ -\(old) +\(new) @@\n" + shown.map { "\($0.sign.rawValue)\($0.text)\n" }.joined()
        }
    }

    /// The lines of one text that a hunk shows; an empty side is named by the line before it, as diff does.
    private static func side(from line: Int, count: Int) -> String {
        "\(count == 0 ? line - 1 : line),\(count)"
    }
}
