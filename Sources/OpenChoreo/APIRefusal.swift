public import ControlPlaneAccess
import HTTP
import JSON
import Objects

/// A right of the OpenChoreo API, as its roles name it: `workload:create`.
public struct Right: Sendable, Hashable, CustomStringConvertible {
    /// The kind of objects: `workload`, `workflowrun`.
    public let resource: String
    /// What may be done: `create`, `view`, `update`.
    public let action: String

    /// A right of that name.
    public init(resource: String, action: String) {
        self.resource = resource
        self.action = action
    }

    /// `workload:create`.
    public var description: String { "\(resource):\(action)" }
}

/// A refusal of the OpenChoreo API and what explains it.
public struct APIRefusal: Error, Sendable {
    /// What the API said.
    public let refusal: Refusal
    /// The right that the request takes.
    public let right: Right
    /// What the token says of itself; nil where it is opaque, and where it does not matter.
    public let claims: TokenClaims?
    /// By how many seconds the server's clock is before the token's time, or behind its end; nil where neither.
    public let clockDifference: ClockDifference?
    /// The issuers that the API trusts; empty where it does not say so.
    public let trustedIssuers: [String]

    /// How the server's clock and a token's time disagree.
    public enum ClockDifference: Sendable, Equatable {
        /// The token is not valid before that many seconds have passed on the server's clock.
        case notYetValid(seconds: Int)
        /// The token's time ended that many seconds ago on the server's clock.
        case expired(seconds: Int)
    }
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
