internal import Text

/// The body of a request.
public enum HTTPBody: Sendable {
    /// A document of a media type, already serialized.
    case data([UInt8], contentType: String)
    /// Fields that are encoded when they are sent, as `application/x-www-form-urlencoded`.
    case form([(name: String, value: RequestText)])

    /// A JSON document, already serialized.
    public static func json(_ bytes: [UInt8]) -> HTTPBody { .data(bytes, contentType: "application/json") }

    /// The media type that goes with it.
    public var contentType: String {
        switch self {
        case .data(_, let contentType): contentType
        case .form: "application/x-www-form-urlencoded"
        }
    }

    /// The bytes that go over the wire, secrets included.
    func written() -> [UInt8] {
        switch self {
        case .data(let bytes, _): bytes
        case .form(let fields): Array(Self.text(of: fields) { FormEncoding.encode($0.revealed()) }.utf8)
        }
    }

    private static func text(
        of fields: [(name: String, value: RequestText)], _ encode: (RequestText) -> String
    ) -> String {
        fields.map { "\(FormEncoding.encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
    }
}

extension HTTPBody: CustomStringConvertible, CustomDebugStringConvertible {
    /// The body as it would be sent, each secret field as the placeholder.
    public var description: String {
        switch self {
        case .data(let bytes, _): String(decoding: bytes, as: UTF8.self)
        case .form(let fields): Self.text(of: fields) { $0.redacted(FormEncoding.encode) }
        }
    }

    /// The same as the description.
    public var debugDescription: String { description }
}
