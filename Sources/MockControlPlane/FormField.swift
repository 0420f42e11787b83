/// A parameter of a form (`application/x-www-form-urlencoded`).
struct FormField: Equatable {
    let name: String
    let value: String

    /// The parameters of a body; nil where it is of another type or malformed.
    static func fields(of request: HTTPRequest) -> [FormField]? {
        let type = Array((request.header("Content-Type") ?? "").utf8)
        let media = String(decoding: type.prefix { $0 != UInt8(ascii: ";") }.trimmed, as: UTF8.self)
        guard media.matchesIgnoringCase("application/x-www-form-urlencoded") else { return nil }
        return fields(request.body)
    }

    /// The parameters of a form's text; nil where it is malformed.
    static func fields(_ body: [UInt8]) -> [FormField]? {
        var fields: [FormField] = []
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let key = pair.prefix { $0 != UInt8(ascii: "=") }
            guard let name = String(percentDecoding: key, plusIsSpace: true),
                let value = String(percentDecoding: pair.dropFirst(key.count + 1), plusIsSpace: true)
            else { return nil }
            fields.append(FormField(name: name, value: value))
        }
        return fields
    }
}

extension [FormField] {
    /// The first value of the parameter of that name; an empty one counts as left out (RFC 6749 §3.2).
    subscript(name: String) -> String? {
        first { $0.name.isIdentical(to: name) && !$0.value.isEmpty }?.value
    }
}
