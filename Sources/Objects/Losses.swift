public import JSON
internal import Text

extension Policy {
    /// The paths of the values that a store was to keep and has not kept as they were sent; what it has beyond them counts
    /// for nothing, and where it has nothing at all of them nothing is known.
    public func losses(of sent: JSONValue, in stored: JSONValue) -> [String] {
        verified.flatMap { path -> [String] in
            guard let sent = sent[path: path], let stored = stored[path: path] else { return [] }
            return Losses(path: path.joined(separator: ".")).find(sent, stored)
        }
    }
}

/// The differences between a value that was sent and the one that was kept.
private struct Losses {
    let path: String

    func find(_ sent: JSONValue, _ stored: JSONValue?) -> [String] {
        guard let stored else { return sent.isEmpty ? [] : [path] }
        switch (sent, stored) {
        case (.object(let sent), .object(let stored)):
            return sent.members.flatMap { member in
                Losses(path: path + step(member.name)).find(member.value, stored[member.name])
            }
        case (.array(let sent), .array(let stored)) where sent.count == stored.count:
            return zip(sent, stored).enumerated().flatMap { index, pair in
                Losses(path: "\(path)[\(index)]").find(pair.0, pair.1)
            }
        default: return sent == stored ? [] : [path]
        }
    }

    private func step(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { byte in
            PercentEncoding.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        return isPlain && !name.isEmpty ? ".\(name)" : "[\"\(Printable.line(name, limit: 253))\"]"
    }
}
