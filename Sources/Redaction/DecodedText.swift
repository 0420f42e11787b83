internal import Text

/// A text from which encodings were taken off, each of its bytes with its place in the original.
///
/// A server that writes JSON, escapes that for a URL and puts it into a page has used three.
struct DecodedText {
    /// The shortest run of digits that is worth decoding.
    private static let minimumRunLength = 8

    private(set) var bytes: [UInt8] = []
    /// Where each byte begins and ends in the original.
    private var places: [Range<Int>] = []

    private init(capacity: Int) {
        bytes.reserveCapacity(capacity)
        places.reserveCapacity(capacity)
    }

    /// The text as it is.
    init(_ text: [UInt8]) {
        bytes = text
        places = text.indices.map { $0..<$0 + 1 }
    }

    private mutating func append(_ byte: UInt8, _ place: Range<Int>) {
        bytes.append(byte)
        places.append(place)
    }

    /// The place in the original of a range that is not empty.
    func original(_ range: Range<Int>) -> Range<Int> {
        places[range.lowerBound].lowerBound..<places[range.upperBound - 1].upperBound
    }

    /// The text with each escape in it resolved once; nil where there is none.
    func unescaped() -> DecodedText? {
        guard bytes.contains(where: EscapeSequence.mayBegin) else { return nil }
        var result = DecodedText(capacity: bytes.count)
        var position = 0
        var isChanged = false
        while position < bytes.count {
            if let (scalar, end) = EscapeSequence.read(bytes, at: position) {
                for byte in scalar { result.append(byte, original(position..<end)) }
                position = end
                isChanged = true
            } else {
                result.append(bytes[position], places[position])
                position += 1
            }
        }
        return isChanged ? result : nil
    }

    /// What runs of Base64, Base64URL and hexadecimal digits hold, read from each digit on which a group may begin.
    func runs() -> [DecodedText] {
        (0..<4).compactMap { run(Base64.values, width: 6, skipping: $0) }
            + (0..<2).compactMap { run(Hexadecimal.values, width: 4, skipping: $0) }
    }

    private func run(_ values: [UInt8], width: Int, skipping: Int) -> DecodedText? {
        var result = DecodedText(capacity: bytes.count)
        var position = 0
        while position < bytes.count {
            let start = position
            while position < bytes.count, values[Int(bytes[position])] != UInt8.max { position += 1 }
            if position - start >= Self.minimumRunLength {
                appendDigits(start + skipping..<position, values, width: width, to: &result)
                // Nothing goes over from one run to the next.
                result.append(0, places[position - 1])
            }
            position += 1
        }
        return result.bytes.isEmpty ? nil : result
    }

    private func appendDigits(_ range: Range<Int>, _ values: [UInt8], width: Int, to result: inout DecodedText) {
        var pending: UInt32 = 0
        var bits = 0
        var first = range.lowerBound
        for index in range {
            pending = pending << UInt32(width) | UInt32(values[Int(bytes[index])])
            bits += width
            guard bits >= 8 else { continue }
            bits -= 8
            result.append(UInt8(pending >> UInt32(bits) & 255), original(first..<index + 1))
            first = bits > 0 ? index : index + 1
        }
    }
}
