import Text

extension Schema {
    /// The position of the field whose key, or former key, was meant, in whatever case its letters are, as `occ` reads keys
    /// (Go's `encoding/json`).
    func match(_ key: String) -> Int? {
        if let position = position(of: key) { return position }
        if otherKeys == nil { return nil }
        return fields.firstIndex { key.hasLetters(of: $0.key) || $0.former.map(key.hasLetters) ?? false }
    }

    /// What to write where a key and its value stand together without a space, which makes them one text.
    func missingSpace(in text: String) -> String? {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        return position(of: String(text[..<colon])).map { "write a space after '\(fields[$0].key):'" }
    }

    /// Where in a descriptor a key belongs that is known elsewhere: the place below this mapping, else the highest one.
    func place(of key: String) -> String? {
        let places = Self.places.filter { $0.key.hasLetters(of: key) }
        return (places.first { $0.parents.contains(name) } ?? places.first)?.path
    }

    /// Every key of the format, where it stands and the names of the schemas around it, the highest first; one inside a
    /// list counts as further down than one in a mapping.
    private static let places: [(key: String, path: String, parents: [String])] = {
        var places: [(key: String, path: String, parents: [String])] = []
        func gather(_ schema: Schema, _ path: String, _ parents: [String]) {
            for field in schema.fields where !field.isFormer {
                let place = path + field.key
                places.append((field.key, place, parents + [schema.name]))
                guard let inner = field.type.schema else { continue }
                if case .list = field.type {
                    gather(inner, "\(place)[].", parents + [schema.name])
                } else {
                    gather(inner, "\(place).", parents + [schema.name])
                }
            }
        }
        gather(.descriptor, "", [])
        func depth(_ path: String) -> (Int, Int) { (path.count { $0 == "[" }, path.count { $0 == "." }) }
        return places.sorted { depth($0.path) < depth($1.path) }
    }()
}

extension String {
    /// Whether both have the same letters, in whatever case they are.
    func hasLetters(of other: String) -> Bool { lowercased() == other.lowercased() }
}

extension [String] {
    /// Whether one of the texts has the same bytes; Swift's own comparison takes equivalent ones as well.
    func containsExactly(_ text: String) -> Bool {
        contains { $0.isExactly(text) }
    }
}
