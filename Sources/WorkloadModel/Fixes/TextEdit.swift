/// A range of a text's bytes and what takes its place.
struct TextEdit {
    let range: Range<Int>
    let replacement: [UInt8]

    init(_ range: Range<Int>, _ replacement: some Sequence<UInt8>) {
        self.range = range
        self.replacement = Array(replacement)
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
