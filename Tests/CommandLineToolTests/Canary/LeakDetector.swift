/// Finds pieces of secrets in a text, however they are dressed.
///
/// It goes the other way than the program's redaction: it undresses the text (escapes, Base64, hexadecimal, one in the
/// other) and looks for any eight bytes in a row of any secret.
struct LeakDetector {
    private static let length = 8

    private let pieces: Set<UInt64>

    init(_ secrets: [String]) {
        pieces = Set(secrets.flatMap { LeakDetector.pieces(of: Array($0.utf8)) })
    }

    /// Where a secret shows, with the text before it; nil where none does.
    func leak(in text: String) -> String? {
        let raw = Array(text.utf8)
        for text in [raw, Undressing.escapes(raw)] {
            for layer in [text] + Undressing.base64(text) + Undressing.hexadecimal(text) {
                if let leak = find(in: layer) ?? find(in: Undressing.percent(layer)) { return leak }
            }
        }
        return nil
    }

    private func find(in bytes: [UInt8]) -> String? {
        guard let index = Self.pieces(of: bytes).firstIndex(where: pieces.contains) else { return nil }
        return String(decoding: bytes[max(0, index - 30)..<index + Self.length], as: UTF8.self)
    }

    private static func pieces(of bytes: [UInt8]) -> [UInt64] {
        guard bytes.count >= length else { return [] }
        var result: [UInt64] = []
        result.reserveCapacity(bytes.count)
        var window: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            window = window << 8 | UInt64(byte)
            if index >= length - 1 { result.append(window) }
        }
        return result
    }
}

/// Takes encodings off a text; what is none of the encoding stays as it is, or is left out.
enum Undressing {
    /// Percent-encoding, backslash escapes and HTML entities, each up to four deep.
    static func escapes(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        for _ in 0..<4 {
            let next = entities(backslashes(percent(result)))
            if next == result { break }
            result = next
        }
        return result
    }

    static func percent(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "%")) || bytes.contains(UInt8(ascii: "+")) else { return bytes }
        return scan(bytes) { bytes, index in
            switch bytes[index] {
            case UInt8(ascii: "%"): number(bytes, index + 1, digits: 2).map { ([UInt8($0)], 3) }
            default: nil
            }
        }
    }

    private static func backslashes(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "\\")) else { return bytes }
        return scan(bytes) { bytes, index in
            guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else { return nil }
            if bytes[index + 1] == UInt8(ascii: "u") {
                guard let unit = number(bytes, index + 2, digits: 4), let scalar = Unicode.Scalar(unit) else {
                    return nil
                }
                return (Array(String(scalar).utf8), 6)
            }
            return ([bytes[index + 1]], 2)
        }
    }

    private static func entities(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "&")) else { return bytes }
        let names = ["quot": "\"", "amp": "&", "lt": "<", "gt": ">", "apos": "'"]
        return scan(bytes) { bytes, index in
            guard bytes[index] == UInt8(ascii: "&"),
                let end = bytes[index...].prefix(12).firstIndex(of: UInt8(ascii: ";"))
            else { return nil }
            let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
            var text = names[name]
            if name.hasPrefix("#x") {
                text = UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init).map { String($0) }
            } else if name.hasPrefix("#") {
                text = UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init).map { String($0) }
            }
            return text.map { (Array($0.utf8), end + 1 - index) }
        }
    }

    /// What runs of Base64 or Base64URL hold, read from each of the four places where a group may begin.
    static func base64(_ bytes: [UInt8]) -> [[UInt8]] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var values: [UInt8: UInt32] = [UInt8(ascii: "-"): 62, UInt8(ascii: "_"): 63]
        for (value, digit) in alphabet.enumerated() { values[digit] = UInt32(value) }
        return (0..<4).map { offset in
            decode(bytes, values: values, bits: 6, skipping: offset, atLeast: 11)
        }
    }

    /// What runs of hexadecimal digits hold, read from both places where a byte may begin.
    static func hexadecimal(_ bytes: [UInt8]) -> [[UInt8]] {
        var values: [UInt8: UInt32] = [:]
        for digit in "0123456789abcdefABCDEF".utf8 { values[digit] = number([digit], 0, digits: 1) }
        return (0..<2).map { decode(bytes, values: values, bits: 4, skipping: $0, atLeast: 16) }
    }

    private static func decode(
        _ bytes: [UInt8], values: [UInt8: UInt32], bits width: Int, skipping: Int, atLeast length: Int
    ) -> [UInt8] {
        var result: [UInt8] = []
        for run in bytes.split(whereSeparator: { values[$0] == nil }) where run.count >= length {
            var pending: UInt32 = 0
            var bits = 0
            for digit in run.dropFirst(skipping) {
                pending = pending << UInt32(width) | (values[digit] ?? 0)
                bits += width
                if bits >= 8 {
                    bits -= 8
                    result.append(UInt8(pending >> UInt32(bits) & 255))
                }
            }
            result.append(0)
        }
        return result
    }

    private static func number(_ bytes: [UInt8], _ start: Int, digits: Int) -> UInt32? {
        guard start + digits <= bytes.count else { return nil }
        return UInt32(String(decoding: bytes[start..<start + digits], as: UTF8.self), radix: 16)
    }

    private static func scan(
        _ bytes: [UInt8], _ replacement: ([UInt8], Int) -> (bytes: [UInt8], length: Int)?
    ) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if let (replaced, length) = replacement(bytes, index) {
                result += replaced
                index += length
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}
