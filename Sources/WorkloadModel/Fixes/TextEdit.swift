/// A range of a text's bytes and what takes its place.
struct TextEdit {
    let range: Range<Int>
    let replacement: [UInt8]

    init(_ range: Range<Int>, _ replacement: some Sequence<UInt8>) {
        self.range = range
        self.replacement = Array(replacement)
    }

    fileprivate func isBefore(_ other: TextEdit) -> Bool {
        (range.lowerBound, range.upperBound) < (other.range.lowerBound, other.range.upperBound)
    }

    /// Whether this edit and one that is not before it have bytes, or a place, in common.
    fileprivate func meets(_ other: TextEdit) -> Bool {
        range.upperBound > other.range.lowerBound || range == other.range
    }
}

/// Edits of one text that do not overlap.
struct TextEdits {
    /// In the order of the text.
    private var edits: [TextEdit] = []
    /// Whether one of them may change what is sent.
    var mayOpen = false

    var count: Int { edits.count }

    /// Puts edits among the others, or does nothing and returns false where two of them meet.
    mutating func insert(_ new: [TextEdit]) -> Bool {
        let new = new.sorted { $0.isBefore($1) }
        guard !zip(new, new.dropFirst()).contains(where: { $0.meets($1) }) else { return false }
        let places = new.map(place)
        for (edit, place) in zip(new, places) {
            if place > 0, edits[place - 1].meets(edit) { return false }
            if place < edits.count, edit.meets(edits[place]) { return false }
        }
        for (edit, place) in zip(new, places).reversed() { edits.insert(edit, at: place) }
        return true
    }

    /// How many edits are before one.
    private func place(of edit: TextEdit) -> Int {
        var (low, high) = (0, edits.count)
        while low < high {
            let middle = (low + high) / 2
            if edits[middle].isBefore(edit) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The bytes with all edits made.
    func applied(to bytes: [UInt8]) -> [UInt8] {
        var (result, end) = ([UInt8](), 0)
        for edit in edits {
            result += bytes[end..<edit.range.lowerBound] + edit.replacement
            end = edit.range.upperBound
        }
        return result + bytes[end...]
    }
}
