internal import Text

/// Reads the characters of a text that may be escaped as URLs, JSON, JavaScript, Swift, Python or HTML do it, over each other.
struct EscapeReader {
    /// The bytes that an escape stands for, and where it ends.
    typealias Reading = (bytes: [UInt8], end: Int)

    /// How many escapes over each other are read: a server may put a form into JSON, and that into a page.
    private static let layers = 4
    /// The longest escape that there is: `\ud83d\ude00`.
    private static let longest = 12
    /// How many readings are remembered for a layer: each is needed again at the next positions.
    private static let remembered = 4096

    let text: [UInt8]
    private var memory: [[(position: Int, reading: Reading?)]]

    init(_ text: [UInt8]) {
        self.text = text
        memory = Array(repeating: [], count: Self.layers + 1)
    }

    /// Whether an escape may begin with that byte.
    static func mayBegin(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "%") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "&")
    }

    /// All readings of the character at the position: as it is, and with layers of escapes taken off.
    mutating func readings(at position: Int) -> [Reading] {
        var readings: [Reading] = [([text[position]], position + 1)]
        for layer in 1...Self.layers {
            guard let reading = escape(at: position, layer: layer) else { break }
            if reading.end != readings.last?.end { readings.append(reading) }
        }
        return readings
    }

    /// The escape at the position, whose own characters may be escapes of the layer below; nil where there is none.
    private mutating func escape(at position: Int, layer: Int) -> Reading? {
        if layer == 1 {
            return Self.read(text[position...].prefix(Self.longest)).map { ($0.bytes, position + $0.length) }
        }
        if memory[layer].isEmpty { memory[layer] = Array(repeating: (-1, nil), count: Self.remembered) }
        let slot = position % Self.remembered
        if memory[layer][slot].position == position { return memory[layer][slot].reading }
        let reading = newEscape(at: position, layer: layer)
        memory[layer][slot] = (position, reading)
        return reading
    }

    private mutating func newEscape(at position: Int, layer: Int) -> Reading? {
        var window: ArraySlice<UInt8> = []
        var ends: [Int] = []
        var next = position
        while next < text.count, window.count < Self.longest {
            let inner = Self.mayBegin(text[next]) ? escape(at: next, layer: layer - 1) : nil
            window += inner?.bytes ?? [text[next]]
            next = inner?.end ?? next + 1
            while ends.count < window.count { ends.append(next) }
            if !Self.mayBegin(window[0]) { return inner }
        }
        return Self.read(window).map { ($0.bytes, ends[$0.length - 1]) } ?? escape(at: position, layer: layer - 1)
    }

    /// The bytes that the escape at the beginning of a text stands for, and its length.
    private static func read(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], length: Int)? {
        switch text.first {
        case UInt8(ascii: "%"): digits(text.dropFirst(1), 2).map { ([UInt8($0)], 3) }
        case UInt8(ascii: "\\"): backslash(text.dropFirst(1))
        case UInt8(ascii: "&"): entity(text.dropFirst(1))
        default: nil
        }
    }

    private static func backslash(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], length: Int)? {
        let rest = text.dropFirst(1)
        switch text.first {
        case UInt8(ascii: "u"): return unit(rest) ?? braced(rest)
        case UInt8(ascii: "U"): return character(digits(rest, 8), length: 10)
        case UInt8(ascii: "x"): return character(digits(rest, 2), length: 4)
        case UInt8(ascii: "n"): return ([0x0A], 2)
        case UInt8(ascii: "r"): return ([0x0D], 2)
        case UInt8(ascii: "t"): return ([0x09], 2)
        case UInt8(ascii: "b"): return ([0x08], 2)
        case UInt8(ascii: "f"): return ([0x0C], 2)
        case .some(let byte) where 0x21...0x7E ~= byte && !PercentEncoding.isAlphanumeric(byte): return ([byte], 2)
        default: return nil
        }
    }

    /// Four digits of UTF-16, and those of the second half where they are a surrogate's.
    private static func unit(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], length: Int)? {
        guard let first = digits(text, 4) else { return nil }
        guard 0xD800..<0xDC00 ~= first else { return character(first, length: 6) }
        guard text.dropFirst(4).starts(with: "\\u".utf8), let second = digits(text.dropFirst(6), 4),
            0xDC00..<0xE000 ~= second
        else { return nil }
        return character(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), length: 12)
    }

    private static func braced(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], length: Int)? {
        guard text.first == UInt8(ascii: "{"), let end = text.firstIndex(of: UInt8(ascii: "}")) else { return nil }
        let count = end - text.startIndex - 1
        return character(digits(text.dropFirst(1), count), length: count + 4)
    }

    private static func digits(_ text: ArraySlice<UInt8>, _ count: Int) -> UInt32? {
        guard text.count >= count, count > 0 else { return nil }
        return text.prefix(count).reduce(0) { number, byte in
            guard let number, let digit = Hexadecimal.value(byte) else { return nil }
            return number << 4 | UInt32(digit)
        }
    }

    private static let entities: [String: String] = [
        "quot": "\"", "amp": "&", "lt": "<", "gt": ">", "apos": "'", "plus": "+", "sol": "/", "equals": "=",
        "percnt": "%", "colon": ":", "semi": ";", "comma": ",", "period": ".", "excl": "!", "quest": "?", "num": "#",
        "dollar": "$", "lpar": "(", "rpar": ")", "ast": "*", "commat": "@", "lsqb": "[", "rsqb": "]", "bsol": "\\",
        "Hat": "^", "lowbar": "_", "grave": "`", "lcub": "{", "rcub": "}", "verbar": "|",
    ]

    private static func entity(_ text: ArraySlice<UInt8>) -> (bytes: [UInt8], length: Int)? {
        guard let semicolon = text.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = String(decoding: text[..<semicolon], as: UTF8.self)
        let length = semicolon - text.startIndex + 2
        if let character = entities[name] { return (Array(character.utf8), length) }
        guard name.utf8.first == UInt8(ascii: "#") else { return nil }
        let digits = name.dropFirst()
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        let value = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return character(value, length: length)
    }

    private static func character(_ value: UInt32?, length: Int) -> (bytes: [UInt8], length: Int)? {
        value.flatMap(Unicode.Scalar.init).map { (Array(String($0).utf8), length) }
    }
}
