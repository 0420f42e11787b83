public import HTTP
public import JSON

/// A request that a run would send.
public struct PlannedRequest: Sendable {
    /// The request, with a secret of no letters in the place of a token that is not known.
    public let request: HTTPRequest
    /// The object in its body; nil where the body is a form or there is none.
    public var object: JSONValue?
    /// When it is sent, where that depends on a response.
    public let condition: String?
}
