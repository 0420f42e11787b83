internal import Text

/// One field of a form.
public struct FormField: Sendable {
    /// The name, not yet encoded.
    public var name: String
    /// The value, not yet encoded.
    public var value: RequestText

    /// A field; it is encoded when the request is written.
    public init(name: String, value: RequestText) {
        self.name = name
        self.value = value
    }
}

/// The body of a request.
public enum HTTPBody: Sendable {
    /// A JSON document, already serialized.
    case json([UInt8])
    /// Fields that are sent as `application/x-www-form-urlencoded`.
    case form([FormField])
    /// A document of another media type.
    case data([UInt8], contentType: String)

    /// The media type that goes with it.
    public var contentType: String {
        switch self {
        case .json: "application/json"
        case .form: "application/x-www-form-urlencoded"
        case .data(_, let contentType): contentType
        }
    }

    /// The bytes that go over the wire, secrets included.
    func written() -> [UInt8] {
        switch self {
        case .json(let bytes), .data(let bytes, _): bytes
        case .form(let fields):
            Array(
                fields.map { FormEncoding.encode($0.name) + "=" + FormEncoding.encode($0.value.revealed()) }
                    .joined(separator: "&").utf8
            )
        }
    }
}

extension HTTPBody: CustomStringConvertible, CustomDebugStringConvertible {
    /// The body as it would be sent, each secret field as the placeholder.
    public var description: String {
        switch self {
        case .json(let bytes), .data(let bytes, _): String(decoding: bytes, as: UTF8.self)
        case .form(let fields):
            fields.map { FormEncoding.encode($0.name) + "=" + $0.value.redacted(FormEncoding.encode) }
                .joined(separator: "&")
        }
    }

    /// The same as the description.
    public var debugDescription: String { description }
}
