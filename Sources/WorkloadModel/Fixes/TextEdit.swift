/// A range of a text's bytes and what takes its place.
struct TextEdit {
    let range: Range<Int>
    let replacement: [UInt8]

    init(_ range: Range<Int>, _ replacement: some Sequence<UInt8>) {
        self.range = range
        self.replacement = Array(replacement)
    }

    /// Puts edits among others that stand in order, or does nothing and returns false where two of them meet.
    static func insert(_ new: [TextEdit], into edits: inout [TextEdit]) -> Bool {
        let new = new.sorted { $0.isBefore($1) }
        guard !zip(new, new.dropFirst()).contains(where: { $0.meets($1) }) else { return false }
        let places = new.map { edit in edits.partitioned { $0.isBefore(edit) } }
        for (edit, place) in zip(new, places) {
            if place > 0, edits[place - 1].meets(edit) { return false }
            if place < edits.count, edit.meets(edits[place]) { return false }
        }
        for (edit, place) in zip(new, places).reversed() { edits.insert(edit, at: place) }
        return true
    }

    private func isBefore(_ other: TextEdit) -> Bool {
        (range.lowerBound, range.upperBound) < (other.range.lowerBound, other.range.upperBound)
    }

    /// Whether this edit and one that is not before it have bytes, or a place, in common.
    private func meets(_ other: TextEdit) -> Bool {
        range.upperBound > other.range.lowerBound || range == other.range
    }

    /// The bytes with all edits made, which do not overlap and stand in order.
    static func apply(_ edits: [TextEdit], to bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var end = 0
        for edit in edits {
            result += bytes[end..<edit.range.lowerBound] + edit.replacement
            end = edit.range.upperBound
        }
        return result + bytes[end...]
    }
}

extension Array {
    /// How many elements there are at the beginning for which that holds, which then holds for no other.
    func partitioned(_ belongs: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongs(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
