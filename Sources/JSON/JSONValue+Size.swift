extension JSONValue {
    /// How many bytes the compact document has, counted without writing it.
    public var serializedCount: Int {
        switch self {
        case .null: 4
        case .bool(let value): value ? 4 : 5
        case .number(let number): number.text.utf8.count
        case .string(let text): Self.count(of: text)
        // The brackets, and a comma after each but the last.
        case .array(let elements): elements.reduce(1 + max(1, elements.count)) { $0 + $1.serializedCount }
        case .object(let object):
            object.members.reduce(1 + max(1, object.members.count)) {
                $0 + Self.count(of: $1.name) + 1 + $1.value.serializedCount
            }
        }
    }

    private static func count(of text: String) -> Int {
        var text = text
        let extraBytes = JSONEscape.extraBytes
        return text.withUTF8 { bytes in bytes.reduce(2 + bytes.count) { $0 + extraBytes[Int($1)] } }
    }
}
