import JSON
import Text

/// One change of a field as a command line writes it: `PATH=VALUE` or `PATH:=JSON`.
struct FieldExpression {
    /// One step of the path.
    enum Segment: Equatable {
        case key(String)
        case index(Int)
        /// The element whose member of that name has that text: `[name=api]`.
        case member(String, String)
    }

    let path: [Segment]
    /// What the field is to be.
    let value: JSONValue
    /// Whether the value is a text that is a number where one stands, and a boolean where one stands.
    var isLoose = false
}

extension FieldExpression {
    /// Reads an expression; throws what is wrong with it.
    init(_ text: String) throws(MalformedValue) {
        var rest = Array(text.utf8)[...]
        path = try Self.path(&rest, of: text)
        isLoose = rest.first == UInt8(ascii: "=")
        if isLoose {
            value = .string(String(decoding: rest.dropFirst(), as: UTF8.self))
        } else {
            do throws(JSONError) {
                value = try JSONValue(parsing: Array(rest.dropFirst(2)))
            } catch {
                throw MalformedValue(
                    "behind the := of \(Self.shown(path)) stands no JSON: \(error); write a text behind = alone")
            }
        }
    }

    /// A path as it is written, for a message.
    static func shown(_ path: some Sequence<Segment>) -> String {
        var text = ""
        for segment in path {
            switch segment {
            case .index(let index): text += "[\(index)]"
            case .member(let name, let value): text += "[\(name)=\(value)]"
            case .key(let key) where key.utf8.contains { ".[]=:\"".utf8.contains($0) }: text += "[\"\(key)\"]"
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            }
        }
        return "\(Quoted(text))"
    }

    private static func path(_ rest: inout ArraySlice<UInt8>, of text: String) throws(MalformedValue) -> [Segment] {
        var path: [Segment] = []
        if rest.first == UInt8(ascii: ".") { rest.removeFirst() }
        while true {
            if rest.first == UInt8(ascii: "[") {
                path.append(try bracket(&rest, of: text))
            } else {
                let key = word(&rest) { !".[]=".utf8.contains($0) }
                guard !key.isEmpty else { throw malformed(text) }
                path.append(.key(key))
            }
            if rest.first == UInt8(ascii: "=") || rest.starts(with: ":=".utf8) { return path }
            if rest.first == UInt8(ascii: ".") {
                rest.removeFirst()
            } else if rest.first != UInt8(ascii: "[") {
                throw malformed(text)
            }
        }
    }

    /// The text before the first byte that does not belong to it, or before a `:=`.
    private static func word(_ rest: inout ArraySlice<UInt8>, while belongs: (UInt8) -> Bool) -> String {
        let start = rest
        while let byte = rest.first, belongs(byte), !rest.starts(with: ":=".utf8) { rest.removeFirst() }
        return String(decoding: start[..<rest.startIndex], as: UTF8.self)
    }

    /// What stands between brackets: a position, a key in quotes, or a member and its text.
    private static func bracket(_ rest: inout ArraySlice<UInt8>, of text: String) throws(MalformedValue) -> Segment {
        rest.removeFirst()
        var segment = quoted(&rest).map(Segment.key)
        if segment == nil {
            let name = word(&rest) { !"[]=\"".utf8.contains($0) }
            if rest.first == UInt8(ascii: "="), !name.isEmpty {
                rest.removeFirst()
                segment = .member(name, quoted(&rest) ?? word(&rest) { $0 != UInt8(ascii: "]") })
            } else if let index = Int(name), index >= 0 {
                segment = .index(index)
            }
        }
        guard let segment, rest.popFirst() == UInt8(ascii: "]") else { throw malformed(text) }
        return segment
    }

    /// A text in double quotes.
    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> String? {
        let quote = UInt8(ascii: "\"")
        guard rest.first == quote, let end = rest.dropFirst().firstIndex(of: quote) else { return nil }
        defer { rest = rest[end...].dropFirst() }
        return String(decoding: rest[..<end].dropFirst(), as: UTF8.self)
    }

    private static func malformed(_ text: String) -> MalformedValue {
        // What stands behind the sign may be anything, and is not repeated.
        let path = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        return MalformedValue(
            "\(Quoted(String(decoding: path, as: UTF8.self))) is not the beginning of PATH=VALUE or PATH:=JSON; write it "
                + "like spec.version=1.2 or containers[name=api].image=…")
    }
}
