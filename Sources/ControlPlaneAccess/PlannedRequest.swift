public import HTTP
import Redaction

/// A request that a run would send.
public struct PlannedRequest: Sendable {
    /// The request, with a secret of no letters in the place of a token that is not known.
    public let request: HTTPRequest
    /// When it is sent, where that depends on a response.
    public let condition: String?
}

extension APIClient {
    /// The request as it would be sent, with a secret of no letters in the place of a token, and when that would be.
    public func planned(_ request: HTTPRequest, _ condition: String? = nil) -> PlannedRequest {
        PlannedRequest(request: hasToken ? request.authorized(by: Secret("")) : request, condition: condition)
    }
}
