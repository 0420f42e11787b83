import Text

extension Schema {
    /// How a key is written that is one of a field's.
    enum Spelling {
        case exact
        case otherCase
        case former(Field.Former)
    }

    /// The field whose key was meant, in whatever case its letters are, as `occ` reads keys (Go's `encoding/json`).
    func match(_ key: String) -> (field: Field, spelling: Spelling)? {
        if let field = field(key) { return (field, .exact) }
        if otherKeys == nil { return nil }
        for field in fields {
            if key.hasLetters(of: field.key) { return (field, .otherCase) }
            if let former = field.former, key.hasLetters(of: former.key) { return (field, .former(former)) }
        }
        return nil
    }

    /// What to write where a key and its value stand together without a space, which makes them one text.
    func missingSpace(in text: String) -> String? {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), let field = field(String(text[..<colon]))
        else { return nil }
        return "write a space after '\(field.key):'"
    }

    /// Where in a descriptor a key belongs that is known elsewhere: the place below this mapping, else the highest one.
    func place(of key: String) -> String? {
        let places = Self.places.filter { $0.key.hasLetters(of: key) }
        return (places.first { $0.parents.containsExactly(name) } ?? places.first)?.path
    }

    /// A key and where it stands.
    private struct Place {
        let key: String
        let path: String
        /// The names of the schemas around it.
        let parents: [String]
        let depth: Int
    }

    /// Every key of the format, the highest first; one inside a list counts as further down than one in a mapping.
    private static let places: [Place] = {
        var places: [Place] = []
        func gather(_ schema: Schema, _ path: String, _ parents: [String], depth: Int) {
            for field in schema.fields {
                if field.isFormer { continue }
                let place = path + field.key
                places.append(Place(key: field.key, path: place, parents: parents + [schema.name], depth: depth))
                guard let inner = field.type.schema else { continue }
                if case .list = field.type {
                    gather(inner, "\(place)[].", parents + [schema.name], depth: depth + 10)
                } else {
                    gather(inner, "\(place).", parents + [schema.name], depth: depth + 1)
                }
            }
        }
        gather(.descriptor, "", [], depth: 0)
        return places.sorted { $0.depth < $1.depth }
    }()
}

extension String {
    /// Whether both have the same letters, in whatever case those of ASCII are.
    func hasLetters(of other: String) -> Bool {
        utf8.count == other.utf8.count
            && zip(utf8, other.utf8).allSatisfy {
                $0 == $1 || ($0 | 0x20 == $1 | 0x20 && (0x61...0x7A).contains($0 | 0x20))
            }
    }
}

extension [String] {
    /// Whether one of the texts has the same bytes; Swift's own comparison takes equivalent ones as well.
    func containsExactly(_ text: String) -> Bool {
        contains { $0.isExactly(text) }
    }
}
