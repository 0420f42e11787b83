public import JSON
internal import Text

extension Policy {
    /// The paths of the values that a store was to keep and has not kept as they were sent; what it has beyond them counts
    /// for nothing, and where it has nothing at all of them nothing is known.
    public func losses(of sent: JSONValue, in stored: JSONValue) -> [String] {
        verified.flatMap { path -> [String] in
            guard let sent = sent[path: path], let stored = stored[path: path] else { return [] }
            return lost(of: sent, in: stored, at: path.joined(separator: "."))
        }
    }
}

private func lost(of sent: JSONValue, in stored: JSONValue?, at path: String) -> [String] {
    guard let stored else { return sent.isEmpty ? [] : [path] }
    switch (sent, stored) {
    case (.object(let sent), .object(let stored)):
        return sent.members.flatMap { lost(of: $0.value, in: stored[$0.name], at: path + step($0.name)) }
    case (.array(let sent), .array(let stored)) where sent.count == stored.count:
        return sent.indices.flatMap { lost(of: sent[$0], in: stored[$0], at: "\(path)[\($0)]") }
    default: return sent == stored ? [] : [path]
    }
}

private func step(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
        PercentEncoding.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
    return isPlain && !name.isEmpty ? ".\(name)" : "[\"\(Printable.line(name, limit: 253))\"]"
}
