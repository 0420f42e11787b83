import ControlPlaneAccess
import HTTP
import Objects
import OpenChoreo
import WorkloadModel

/// A store as check looks at it: nothing in here writes.
protocol CheckedStore {
    /// The host name resolves, the port responds, TLS verifies, and it is an API.
    func connection() throws(Problem) -> Finding
    /// Sends the requests.
    var client: APIClient { get }
    /// Each right that the command line needs.
    func rights(_ publication: Publication) throws(Problem) -> Finding
    /// The Workload and its sisters.
    func workload(_ publication: Publication) throws(Problem) -> Finding
    /// The component is there, and of this project.
    func component(_ parameters: WorkloadParameters) throws(Problem) -> Finding
}

extension CheckedStore {
    /// What came of asking for a page of an API; `isAPI` says by the status whether that is what is there.
    func reached(_ path: String, _ hint: String, isAPI: (Int) -> Bool) throws(Problem) -> Finding {
        let response = try client.reach(path)
        if let problem = client.misdirection(response) { throw problem }
        let text = "GET \(response.request.url): \(HTTPResponse.text(ofStatus: response.status))"
        return isAPI(response.status) ? .ok(text) : .warning(text, hint: hint)
    }

    /// A token is given; what it says of itself, never the token.
    func token() throws(Problem) -> Finding {
        guard client.hasToken else { return .ok("there is none: a client certificate authenticates") }
        guard let claims = try client.authenticate() else {
            return .ok("there is one, and it does not say whose it is")
        }
        var parts = claims.parts
        if let start = claims.issuedAt ?? claims.notBefore, let end = claims.expires, end > start, end - start < 1e9 {
            parts.append("lifetime \(Int(end - start)) s")
        }
        return .ok(parts.isEmpty ? "there is one" : parts.joined(separator: ", "))
    }
}

extension TokenClaims {
    /// What a token says of itself, as messages show it.
    var parts: [String] {
        [
            issuer.map { "issuer \($0)" }, subject.map { "subject \($0)" },
            audience.isEmpty ? nil : "audience \(audience.joined(separator: ", "))",
        ].compactMap { $0 }
    }
}

/// The OpenChoreo API as check looks at it.
struct CheckedOpenChoreo: CheckedStore {
    let api: OpenChoreoAPI
    let client: APIClient
    let goal: WaitGoal?
    let advice: Advice

    func connection() throws(Problem) -> Finding {
        let parameters = "\(Parameter.apiServerURL.name) and \(Parameter.apiServerHostHeader.name)"
        return try reached("health", "check that \(parameters) are the control plane's") { $0 == 200 }
    }

    func rights(_ publication: Publication) throws(Problem) -> Finding {
        var rights = ["workload:create", "workload:update"]
        if publication.item.policy.readsFirst { rights.append("workload:view") }
        if publication.runName != nil { rights += ["workflowrun:view", "workflowrun:update"] }
        if let goal { rights += Rollout.rights(for: goal.goal) }
        guard let missing = try api.missing(rights, in: publication.scope) else {
            return .warning("this API does not say which rights the client has")
        }
        if missing.rights.isEmpty { return .ok(rights.joined(separator: ", ")) }
        let lacking = missing.rights.joined(separator: ", ")
        let hint = advice.grant(missing)
        // Without reading a merge becomes a replacement, which is allowed.
        if missing.rights == ["workload:view"], publication.item.policy.overwritesUnread {
            return .warning("the client lacks \(lacking), so that an update replaces the Workload whole", hint: hint)
        }
        return .error(.noPermission, "the client lacks \(lacking)", hint: hint)
    }

    func workload(_ given: Publication) throws(Problem) -> Finding {
        let publication = try given.lookedUp(over: api)
        let name = "\(publication.item.identity)"
        if case .unreadable = try api.workloads.read(publication.item.identity.name) {
            guard publication.item.policy.readsFirst, !publication.item.policy.overwritesUnread else {
                return .warning("\(name) may not be read")
            }
        }
        let preview = publication.item.policy.readsFirst ? try api.workloads.preview(publication.item) : nil
        try api.checkSiblings(of: publication.item, wasCreated: false)
        return .ok("\(name) would be \(preview?.action.rawValue ?? "replaced")")
    }

    func component(_ parameters: WorkloadParameters) throws(Problem) -> Finding {
        let name = "component/\(parameters.component)"
        switch try api.probe(parameters.component) {
        case nil: return .warning("this API does not say whether there is \(name)")
        case .absent(let problem):
            throw Problem(.invalid, at: problem.place, problem.text, cause: OwnershipProblem.noComponent)
        case .unreadable: return .ok("\(name) is there, and may not be read")
        case .found(let component):
            let scope = ComponentScope(
                namespace: parameters.namespace, project: parameters.project, component: parameters.component)
            try api.check(component, in: scope)
            if goal != nil, component["spec"]?["autoDeploy"] != true { throw Problem(notDeployedByItself: name) }
            return .ok("\(name) is there, in the project \(parameters.project)")
        }
    }
}
