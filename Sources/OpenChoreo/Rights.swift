import ControlPlaneAccess
import HTTP
import JSON
public import Objects

/// Where a right has to hold.
public struct RightScope: Sendable {
    let namespace: String
    let project: String
    let component: String

    /// The scope of one component.
    public init(namespace: String, project: String, component: String) {
        self.namespace = namespace
        self.project = project
        self.component = component
    }

    /// As the API writes it: `ns/NAMESPACE/project/PROJECT/component/COMPONENT`.
    fileprivate var path: [Substring] {
        "ns/\(namespace)/project/\(project)/component/\(component)".split(separator: "/")
    }
}

/// Rights that a client needs and does not have.
public struct MissingRights: Error, Sendable {
    /// The rights.
    public let rights: [Right]
    /// The claim of the token by which roles are bound, and its value, as the API sees them; nil where it does not say so.
    public let entitlement: (claim: String, value: String)?
}

/// What the API says that the bearer of a token may do.
public struct RightsProfile: Sendable {
    fileprivate let capabilities: JSONValue
    /// The claim by which roles are bound, and its value.
    public let entitlement: (claim: String, value: String)?

    /// Those of the rights that do not hold in a scope.
    public func missing(_ rights: [Right], in scope: RightScope) -> [Right] {
        rights.filter { right in
            let capability = capabilities["\(right)"]
            return !Self.covers(capability?["allowed"], scope) || Self.covers(capability?["denied"], scope)
        }
    }

    private static func covers(_ paths: JSONValue?, _ scope: RightScope) -> Bool {
        (paths?.array ?? []).contains { entry in
            guard let path = entry["path"]?.string else { return false }
            return path == "*" || scope.path.starts(with: path.split(separator: "/"))
        }
    }
}

extension OpenChoreoAPI {
    /// The rights of the client in a scope; nil where this API does not say so.
    public func rights(in scope: RightScope) throws(Problem) -> RightsProfile? {
        let query = [("namespace", scope.namespace), ("project", scope.project), ("component", scope.component)]
        let response = try client.send(client.location.request(.get, ["api", "v1", "authz", "profile"], query: query))
        switch response.status {
        case 200..<300:
            let body = try client.json(in: response)
            guard body.object != nil else {
                throw client.unexpected(response, "the response is \(body.kind), not an object")
            }
            let user = body["user"]
            let value = user?["entitlement_values"]?.array?.first?.string
            let entitlement = value.flatMap { value in
                user?["entitlement_claim"]?.string.map { claim in
                    (
                        client.redactor.excerpt(of: Array(claim.utf8), limit: 100),
                        client.redactor.excerpt(of: Array(value.utf8), limit: 300)
                    )
                }
            }
            return RightsProfile(capabilities: body["capabilities"] ?? [:], entitlement: entitlement)
        case _ where Self.unknownCall.contains(response.status): return nil
        default: throw problem(response, Right(resource: "authz", action: "view"))
        }
    }

    /// Throws `.denied` where the client lacks rights in a scope, if this API says so.
    public func require(_ rights: [Right], in scope: RightScope) throws(Problem) {
        guard let profile = try self.rights(in: scope) else { return }
        let missing = profile.missing(rights, in: scope)
        guard missing.isEmpty else {
            let names = missing.map(\.description).joined(separator: ", ")
            throw Problem(
                .denied, at: "component/\(scope.component)", "the client lacks the rights \(names)",
                cause: MissingRights(rights: missing, entitlement: profile.entitlement))
        }
    }
}
