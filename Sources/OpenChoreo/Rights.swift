import ControlPlaneAccess
import HTTP
import JSON
public import Objects

/// A component and where it is: what owns a Workload, and where a right has to hold.
public struct ComponentScope: Sendable {
    let namespace: String
    let project: String
    let component: String

    /// The scope of one component.
    public init(namespace: String, project: String, component: String) {
        self.namespace = namespace
        self.project = project
        self.component = component
    }

    /// The owner of a Workload in a namespace; nil where it names none.
    init?(ownerOf workload: JSONValue, in namespace: String) {
        guard let owner = workload["spec"]?["owner"], let project = owner["projectName"]?.string,
            let component = owner["componentName"]?.string
        else { return nil }
        self.init(namespace: namespace, project: project, component: component)
    }

    /// The component as problems name it.
    var place: String { "component/\(component)" }
}

/// Rights that a client needs, and those of them that it does not have.
public struct MissingRights: Error, Sendable {
    /// The rights that it lacks.
    public let rights: [String]
    /// The claim of the token by which roles are bound, and its value, as the API sees them; nil where it does not say so.
    public let entitlement: (claim: String, value: String)?
}

extension OpenChoreoAPI {
    /// Those of the rights that the client lacks in a scope; nil where this API does not say so.
    public func missing(_ rights: [String], in scope: ComponentScope) throws(Problem) -> MissingRights? {
        let query = [("namespace", scope.namespace), ("project", scope.project), ("component", scope.component)]
        let response = try client.send(client.location.request(.get, ["api", "v1", "authz", "profile"], query: query))
        if Self.unknownCall.contains(response.status) { return nil }
        guard 200..<300 ~= response.status else { throw problem(response, "authz:view") }
        let body = try client.json(in: response)
        guard body.object != nil else {
            throw client.unexpected(response, "the response is \(body.kind), not an object")
        }
        var entitlement: (claim: String, value: String)?
        if let user = body["user"], let claim = user["entitlement_claim"]?.string,
            let value = user["entitlement_values"]?.array?.first?.string
        {
            entitlement = (
                client.redactor.excerpt(of: Array(claim.utf8), limit: 100),
                client.redactor.excerpt(of: Array(value.utf8), limit: 300)
            )
        }
        let missing = rights.filter { right in
            let capability = body["capabilities"]?[right]
            return !scope.isCovered(by: capability?["allowed"]) || scope.isCovered(by: capability?["denied"])
        }
        return MissingRights(rights: missing, entitlement: entitlement)
    }

    /// Throws `.denied` where the client lacks rights in a scope, if this API says so.
    public func require(_ rights: [String], in scope: ComponentScope) throws(Problem) {
        guard let missing = try missing(rights, in: scope), !missing.rights.isEmpty else { return }
        throw Problem(
            .denied, at: scope.place, "the client lacks the rights \(missing.rights.joined(separator: ", "))",
            cause: missing)
    }
}

extension ComponentScope {
    /// Whether a path in a list of the API's holds for it: `ns/NAMESPACE/project/PROJECT/component/COMPONENT`, or a beginning of
    /// that.
    fileprivate func isCovered(by paths: JSONValue?) -> Bool {
        let own = "ns/\(namespace)/project/\(project)/component/\(component)".split(separator: "/")
        return (paths?.array ?? []).contains { entry in
            guard let path = entry["path"]?.string else { return false }
            return path == "*" || own.starts(with: path.split(separator: "/"))
        }
    }
}
