/// A change of a descriptor's text by which it says what it was read as, in the words of today.
///
/// Nil where the text is written in a way that leaves it to its author.
typealias DescriptorFix = @Sendable (DescriptorText) -> TextChange?

/// Edits of one text that belong together.
struct TextChange {
    let edits: [TextEdit]
    /// Whether they may change what is sent.
    var opens = false
}

/// A range of a text's bytes and what takes its place.
struct TextEdit {
    let range: Range<Int>
    let replacement: [UInt8]

    init(_ range: Range<Int>, _ replacement: some Sequence<UInt8>) {
        self.range = range
        self.replacement = Array(replacement)
    }
}

extension DescriptorText {
    /// The bytes with all edits made; nil where two of them meet.
    func applying(_ edits: [TextEdit]) -> [UInt8]? {
        var (result, previous) = ([UInt8](), nil as Range<Int>?)
        let edits = edits.sorted {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        for edit in edits {
            let end = previous?.upperBound ?? 0
            guard edit.range.lowerBound >= end, edit.range != previous else { return nil }
            result += bytes[end..<edit.range.lowerBound] + edit.replacement
            previous = edit.range
        }
        return result + bytes[(previous?.upperBound ?? 0)...]
    }
}
