import ControlPlaneAccess
import HTTP
import Kubernetes
import Objects
import OpenChoreo
import WorkloadModel

/// An API as check looks at it: nothing in here writes.
struct APIChecks {
    let client: APIClient
    let store: WorkloadStore
    let goal: WaitGoal?
    let advice: Advice

    /// The host name resolves, the port responds, TLS verifies, and it is an API.
    func connection() throws(Problem) -> Finding {
        let isCluster = store.openChoreo == nil
        let response = try client.reach(isCluster ? "version" : "health")
        if let problem = client.misdirection(response) { throw problem }
        let text = "GET \(response.request.url): \(HTTPResponse.text(ofStatus: response.status))"
        // It is asked without a token, and many a cluster shows nothing then.
        if (isCluster ? [200, 401, 403] : [200]).contains(response.status) { return Finding(.ok, text) }
        let parameters = "\(Parameter.apiServerURL.name) and \(Parameter.apiServerHostHeader.name)"
        let hint = isCluster ? "this is a Kubernetes API server" : "\(parameters) are the control plane's"
        return Finding(.warning, text, hint: "check that \(hint)")
    }

    /// A token is given; what it says of itself, never the token.
    func token() throws(Problem) -> Finding {
        guard client.hasToken else { return Finding(.ok, "there is none: a client certificate authenticates") }
        guard let claims = try client.authenticate() else {
            return Finding(.ok, "there is one, and it does not say whose it is")
        }
        var parts = claims.parts
        if let start = claims.issuedAt ?? claims.notBefore, let end = claims.expires, end > start, end - start < 1e9 {
            parts.append("lifetime \(Int(end - start)) s")
        }
        return Finding(.ok, parts.isEmpty ? "there is one" : parts.joined(separator: ", "))
    }

    /// Each right that the command line needs.
    func rights(_ publication: Publication) throws(Problem) -> Finding {
        if let api = store.openChoreo { return try rights(publication, over: api) }
        let namespace = publication.workload.parameters.namespace
        var needed: [(verb: String, kind: ResourceKind)] = [
            ("get", .workload), ("create", .workload), ("update", .workload),
        ]
        if publication.runName != nil { needed += [("get", .workflowRun), ("patch", .workflowRun)] }
        var missing: [String] = []
        for (verb, kind) in needed where try !KubernetesAPI(client: client).isAllowed(verb, kind, in: namespace) {
            missing.append("\(verb) \(kind.plural).\(kind.group)")
        }
        if missing.isEmpty {
            return Finding(.ok, needed.map { "\($0.verb) \($0.kind.plural).\($0.kind.group)" }.joined(separator: ", "))
        }
        return Finding(
            .error, "the credential lacks \(missing.joined(separator: ", "))",
            hint: "bind a Role to it that has these, in the namespace \(namespace)", code: .noPermission)
    }

    private func rights(_ publication: Publication, over api: OpenChoreoAPI) throws(Problem) -> Finding {
        let policy = publication.item.policy
        var needed = ["workload:create", "workload:update"]
        if policy.readsFirst { needed.append("workload:view") }
        if publication.runName != nil { needed += ["workflowrun:view", "workflowrun:update"] }
        if let goal { needed += Rollout.rights(for: goal.goal) }
        guard let missing = try api.missing(needed, in: publication.scope) else {
            return Finding(.warning, "this API does not say which rights the client has")
        }
        if missing.rights.isEmpty { return Finding(.ok, needed.joined(separator: ", ")) }
        let lacking = "the client lacks \(missing.rights.joined(separator: ", "))"
        let hint = advice.grant(missing)
        // Without reading a merge becomes a replacement, which is allowed.
        if missing.rights == ["workload:view"], policy.overwritesUnread {
            return Finding(.warning, "\(lacking), so that an update replaces the Workload whole", hint: hint)
        }
        return Finding(.error, lacking, hint: hint, code: .noPermission)
    }

    /// The Workload and its sisters.
    func workload(_ given: Publication) throws(Problem) -> Finding {
        let publication = try store.lookedUp(given)
        let item = publication.item
        if !item.policy.readsFirst || item.policy.overwritesUnread,
            case .unreadable = try store.workloads.read(item.identity.name)
        {
            return Finding(.warning, "\(item.identity) may not be read")
        }
        let action = try store.workloads.preview(item).action
        try store.openChoreo?.checkSiblings(of: item, wasCreated: false)
        return Finding(.ok, "\(item.identity) would be \(action.rawValue)")
    }

    /// The component is there, and of this project.
    func component(_ publication: Publication) throws(Problem) -> Finding {
        let name = "component/\(publication.workload.parameters.component)"
        guard let api = store.openChoreo else {
            return Finding(.skipped, "the Kubernetes API takes a Workload whether there is \(name) or not")
        }
        switch try api.probe(publication.workload.parameters.component) {
        case nil: return Finding(.warning, "this API does not say whether there is \(name)")
        case .absent(let problem):
            throw Problem(.invalid, at: problem.place, problem.text, cause: OwnershipProblem.noComponent)
        case .unreadable: return Finding(.ok, "\(name) is there, and may not be read")
        case .found(let component):
            try api.check(component, in: publication.scope)
            if goal != nil, component["spec"]?["autoDeploy"] != true { throw Problem(notDeployedByItself: name) }
            return Finding(.ok, "\(name) is there, in the project \(publication.workload.parameters.project)")
        }
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
