public import ControlPlaneAccess
import HTTP
import JSON
import Objects

/// A refusal of the OpenChoreo API and what explains it.
public struct APIRefusal: Error, Sendable {
    /// What the API said.
    public let refusal: Refusal
    /// The right that the request takes, as roles name it: `workload:create`.
    public let right: String
    /// What the token says of itself; nil where it is opaque, and where it does not matter.
    public let claims: TokenClaims?
    /// How the server's clock and the token's time disagree; nil where they do not.
    public let clockDifference: String?
    /// The issuers that the API trusts; empty where it does not say so.
    public let trustedIssuers: [String]
}

/// OpenChoreo's form of an error: `error` and `code`, or `error` and `message` where it is about the token.
struct OpenChoreoDialect: APIDialect {
    func reading(of body: JSONValue) -> ErrorBody? {
        guard var object = body.object, let error = object["error"]?.string else {
            return CommonDialect().reading(of: body)
        }
        // The last cause of a 422 only says that there may be more of them.
        let last = "Invalid value: null: some validation rules were not checked"
        for cause in ["; <nil>: \(last)", "; \(last)"] {
            guard let range = error.firstRange(of: cause) else { continue }
            object["error"] = .string(String(error[..<range.lowerBound]))
            break
        }
        return CommonDialect().reading(of: .object(object))
    }
}

extension HTTPResponse {
    /// Whether the body has OpenChoreo's form of an error, so that it is the API's own word and not a gateway's.
    var isOpenChoreosRefusal: Bool {
        guard let body = try? JSONValue(parsing: body) else { return false }
        return body["error"]?.string != nil && body["code"]?.string != nil
    }
}
