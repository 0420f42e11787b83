import Text

/// A JSON document as a tree that keeps everything it does not understand (RFC 8259).
///
/// Numbers keep the digits they were written with and objects keep their members in order, so that an object read from
/// a server can be sent back with one field changed and nothing else touched.
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    /// The members, where this is an object.
    public var object: JSONObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    /// The elements, where this is an array.
    public var array: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The text, where this is a string.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The value of a number that is written as a plain integer and fits.
    public var integer: Int? {
        guard case .number(let number) = self else { return nil }
        return Int(number.text)
    }

    /// The member of that name, nil where this is no object or has none; setting one makes an object of anything else.
    public subscript(name: String) -> JSONValue? {
        get { object?[name] }
        set {
            var object = object ?? JSONObject()
            object[name] = newValue
            self = .object(object)
        }
    }

    /// What kind of value this is, as a message would say it.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSONValue? {
    /// The member of that name; setting one, but not nil, makes an object where there is no value.
    public subscript(name: String) -> JSONValue? {
        get { self?[name] }
        set {
            guard self != nil || newValue != nil else { return }
            var value = self ?? [:]
            value[name] = newValue
            self = value
        }
    }
}

extension JSONValue: Equatable {
    /// Whether both are the same JSON value; strings compare by code points, members regardless of order.
    ///
    /// Swift's own string comparison calls canonically equivalent texts equal, which would hide a change.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a.isExactly(b)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
    /// A string value.
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// A boolean value.
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    /// A number value.
    public init(_ number: Int) {
        self = .number(JSONNumber(number))
    }

    /// A number value.
    public init(integerLiteral value: Int) {
        self = .number(JSONNumber(value))
    }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// An array of these elements.
    public init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }

    /// An object of these members, in this order; one whose value is nil is left out.
    public init(dictionaryLiteral elements: (String, JSONValue?)...) {
        self = .object(
            JSONObject(elements.compactMap { name, value in value.map { .init(name: name, value: $0) } }))
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object of these members, in this order; one whose value is nil is left out.
    public init(dictionaryLiteral elements: (String, JSONValue?)...) {
        self.init(elements.compactMap { name, value in value.map { .init(name: name, value: $0) } })
    }
}
