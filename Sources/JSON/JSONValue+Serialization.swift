import Text

extension JSONValue {
    /// How a document is laid out.
    public enum Layout: Sendable {
        /// No white space at all.
        case compact
        /// One member a line, indented by two spaces.
        case pretty
    }

    /// The document as UTF-8 with sorted names and without a final newline: the same bytes for the same value.
    public func serialized(_ layout: Layout = .compact) -> [UInt8] {
        var writer = JSONWriter(layout: layout)
        // Grown step by step, a large document would take up to twice its size and be copied as often.
        if layout == .compact { writer.output.reserveCapacity(serializedCount) }
        writer.write(self)
        return writer.output
    }

    /// The document as text with sorted names and without a final newline.
    public func text(_ layout: Layout = .compact) -> String {
        String(decoding: serialized(layout), as: UTF8.self)
    }
}

private struct JSONWriter {
    let layout: JSONValue.Layout
    var output: [UInt8] = []
    private var depth = 0

    init(layout: JSONValue.Layout) {
        self.layout = layout
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .number(let number): output += number.text.utf8
        case .string(let text): write(string: text)
        case .array(let elements):
            writeItems(elements, open: "[", close: "]") { writer, element in writer.write(element) }
        case .object(let object):
            writeItems(object.sortedMembers, open: "{", close: "}") { writer, member in
                writer.write(string: member.name)
                writer.output += (writer.layout == .pretty ? ": " : ":").utf8
                writer.write(member.value)
            }
        }
    }

    private mutating func writeItems<Item>(
        _ items: [Item], open: Unicode.Scalar, close: Unicode.Scalar, _ body: (inout JSONWriter, Item) -> Void
    ) {
        output.append(UInt8(ascii: open))
        depth += 1
        for (index, item) in items.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            breakLine()
            body(&self, item)
        }
        depth -= 1
        if !items.isEmpty { breakLine() }
        output.append(UInt8(ascii: close))
    }

    private mutating func breakLine() {
        guard layout == .pretty else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }

    private mutating func write(string text: String) {
        output.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            // What needs no escape, nearly everything, is copied as it stands.
            var copied = 0
            let extraBytes = JSONEscape.extraBytes
            for (index, byte) in bytes.enumerated() where extraBytes[Int(byte)] > 0 {
                output.append(contentsOf: bytes[copied..<index])
                writeEscape(of: byte)
                copied = index + 1
            }
            output.append(contentsOf: bytes[copied...])
        }
        output.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscape(of byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): output += "\\\"".utf8
        case UInt8(ascii: "\\"): output += "\\\\".utf8
        case 0x08: output += "\\b".utf8
        case 0x09: output += "\\t".utf8
        case 0x0A: output += "\\n".utf8
        case 0x0C: output += "\\f".utf8
        case 0x0D: output += "\\r".utf8
        default:
            output += "\\u00".utf8
            output += [Hexadecimal.lower[Int(byte >> 4)], Hexadecimal.lower[Int(byte & 15)]]
        }
    }
}

/// How bytes stand in a JSON string.
enum JSONEscape {
    /// How many bytes the escape of each byte takes more than the byte; 0 for what stands as it is.
    static let extraBytes = (0...UInt8.max).map { byte in
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x08, 0x09, 0x0A, 0x0C, 0x0D: 1
        case 0..<0x20, 0x7F: 5
        default: 0
        }
    }
}
