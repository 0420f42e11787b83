/// Where the lines of a UTF-8 text begin, to turn offsets into places.
///
/// libyaml counts lines itself, but breaks them at U+0085, U+2028 and U+2029 too, where no editor does.
struct LineTable {
    /// Narrow, for there are as many as lines; libyaml takes no text beyond 2 GiB either.
    private var starts: [UInt32] = [0]
    private let count: Int

    /// Reads the lines of a valid UTF-8 text.
    init(_ bytes: some Collection<UInt8>) {
        var offset = 0
        var previous: UInt8 = 0
        for byte in bytes where byte & 0xC0 != 0x80 {
            if previous == UInt8(ascii: "\n") || (previous == UInt8(ascii: "\r") && byte != UInt8(ascii: "\n")) {
                starts.append(UInt32(truncatingIfNeeded: offset))
            }
            offset += 1
            previous = byte
        }
        if previous == UInt8(ascii: "\n") || previous == UInt8(ascii: "\r") {
            starts.append(UInt32(truncatingIfNeeded: offset))
        }
        count = offset
    }

    /// The place of the code point at that offset; an offset past the end is the end.
    func mark(at offset: Int) -> YAMLMark {
        let offset = min(max(offset, 0), count)
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= offset { low = middle } else { high = middle }
        }
        return YAMLMark(line: low + 1, column: offset - Int(starts[low]) + 1)
    }
}
