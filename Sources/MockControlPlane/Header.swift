extension MockControlPlane {
    /// A header field as it was written; names compare without regard to case.
    public struct Header: Sendable, Equatable {
        /// The field's name.
        public var name: String
        /// The field's value, without white space around it.
        public var value: String

        /// A field of that name and value.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }
}

extension [MockControlPlane.Header] {
    /// The values of all fields of that name, in order.
    func values(of name: String) -> [String] {
        filter { $0.name.matchesIgnoringCase(name) }.map(\.value)
    }

    /// The comma-separated elements of all fields of that name, without white space around them.
    func elements(of name: String) -> [String] {
        values(of: name).flatMap { value in
            [UInt8](value.utf8).split(separator: UInt8(ascii: ",")).map { String(decoding: $0.trimmed, as: UTF8.self) }
        }
    }
}
