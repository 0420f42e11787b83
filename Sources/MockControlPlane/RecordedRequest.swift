extension MockControlPlane {
    /// A request as it arrived, and the response to it.
    public struct RecordedRequest: Sendable {
        /// The method.
        public let method: String
        /// The request target as sent, query included.
        public let target: String
        /// The path with every segment percent-decoded; an encoded slash looks like any other here.
        public let path: String
        /// The header fields in order.
        public let headers: [Header]
        /// The body's bytes, out of their chunks.
        public let body: [UInt8]
        /// Which of the server's connections it came over, counted from 1.
        public let connection: Int
        /// The call that it is.
        public let route: Route
        /// What went back, or was about to when the connection broke; nil while nothing has, or if nothing ever does.
        public internal(set) var response: Response?

        /// The status that went back.
        public var status: Int? { response?.status }

        /// The body as text, repaired where it is not UTF-8.
        public var text: String { String(decoding: body, as: UTF8.self) }

        /// The first value of the header field of that name.
        public func header(_ name: String) -> String? {
            headers.values(of: name).first
        }

        /// The value of a parameter of a form body; nil where there is none, or no form.
        public func formValue(_ name: String) -> String? {
            FormField.fields(body)?.first { $0.name.isIdentical(to: name) }?.value
        }

        init(_ request: HTTPRequest, connection: Int, route: Route) {
            method = request.method
            target = request.target
            path = "/" + request.segments.joined(separator: "/")
            headers = request.headers
            body = request.body
            self.connection = connection
            self.route = route
        }
    }
}
