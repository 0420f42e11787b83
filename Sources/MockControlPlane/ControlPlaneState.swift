import JSON

/// What the servers behind the connections know, and how they respond to one request: values in, values out.
struct ControlPlaneState: Sendable {
    let configuration: MockControlPlane.Configuration
    var workloads = ObjectStore()
    var workflowRuns = ObjectStore()
    var components = ObjectStore()
    var componentReleases = ObjectStore()
    var releaseBindings = ObjectStore()
    var rollouts: [ObjectKey: Rollout] = [:]
    /// Bindings whose status is older than their spec.
    var pendingObservation: Set<ObjectKey> = []
    /// How many more requests will find a Workload that is being deleted.
    var deletions: [ObjectKey: Int] = [:]
    var tokens = TokenStore()
    var kubernetes: KubernetesState
    private var objectsMade = 0

    init(configuration: MockControlPlane.Configuration) {
        self.configuration = configuration
        kubernetes = KubernetesState(
            kinds: MockControlPlane.KubernetesKind.core
                + MockControlPlane.KubernetesKind.openChoreo(configuration.apiVersion) + configuration.kubernetes.kinds)
    }

    /// Does what the request asks for, and responds.
    mutating func response(_ request: HTTPRequest, to destination: Destination) -> MockControlPlane.Response {
        var response: MockControlPlane.Response
        do throws(Refusal) {
            response = try perform(request, destination)
        } catch {
            response = error.response(echoing: configuration.echoesRequests ? request : nil)
        }
        response.headers.append(MockControlPlane.Header("Date", date))
        return response
    }

    private mutating func perform(
        _ request: HTTPRequest, _ destination: Destination
    ) throws(Refusal) -> MockControlPlane.Response {
        switch destination {
        case .token: return try issueToken(request)
        case .unknownHost: throw Refusal(status: 404, message: "no such host", form: .plainText)
        case .unknownPath where isForOAuth(request): throw .unknownOAuthPath
        case .unknownPath: throw Refusal(status: 404, message: "404 page not found", form: .plainText)
        case .wrongMethod(let allowed):
            throw Refusal(
                status: 405, message: "Method Not Allowed", form: .plainText,
                headers: [MockControlPlane.Header("Allow", allowed)])
        case .kubernetes(let call): return try perform(call, request)
        case .createWorkload(let namespace): return try createWorkload(in: namespace, request)
        case .getWorkload(let key): return try getWorkload(key, request)
        case .updateWorkload(let key): return try updateWorkload(key, request)
        case .getWorkflowRun(let key): return try getWorkflowRun(key, request)
        case .updateWorkflowRun(let key): return try updateWorkflowRun(key, request)
        case .listWorkloads(let namespace): return try list(\.workloads, in: namespace, request, right: .workloadView)
        case .getComponent(let key): return try getComponent(key, request)
        case .getComponentRelease(let key): return try getComponentRelease(key, request)
        case .getReleaseBinding(let key): return try getReleaseBinding(key, request)
        case .listReleaseBindings(let namespace):
            return try list(\.releaseBindings, in: namespace, request, right: .releaseBindingView)
        case .profile: return try profile(request)
        case .publicPage(let page): return publicPage(page)
        }
    }

    /// The part of every API call before anything else: a token that is accepted.
    mutating func authenticate(_ request: HTTPRequest) throws(Refusal) {
        let values = request.headers.values(of: "Authorization")
        guard values.count == 1, let token = values[0].credentials(of: "Bearer") else {
            throw .unauthorized(.missingToken)
        }
        guard configuration.acceptedTokens.contains(where: token.isIdentical) || tokens.use(token) else {
            throw .unauthorized(configuration.tokenRefusal)
        }
    }

    /// The part after it.
    func authorize(_ permission: MockControlPlane.Permission) throws(Refusal) {
        guard configuration.permissions.contains(permission) else {
            throw Refusal(status: 403, message: "You do not have permission to perform this operation")
        }
    }

    /// The object that a body holds.
    func decode(_ body: [UInt8]) throws(Refusal) -> JSONObject {
        do throws(JSONError) {
            if let object = try JSONValue(parsing: body).object { return object }
        } catch {
            throw Refusal(status: 400, message: "can't decode JSON body: \(error)", form: .plainText)
        }
        throw Refusal(status: 400, message: "can't decode JSON body: not an object", form: .plainText)
    }

    /// Whether a host of its own says that the OAuth server is meant.
    private func isForOAuth(_ request: HTTPRequest) -> Bool {
        configuration.hostRouting?.oauth.matchesIgnoringCase(request.hostName) == true
    }

    /// A `uid` that no other object of this server has.
    mutating func makeUID() -> String {
        objectsMade += 1
        let digits = String(objectsMade)
        return "00000000-0000-4000-8000-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    }
}
