extension MockControlPlane {
    /// A call that the server knows, to script faults for and to find records by.
    public enum Route: Sendable, Hashable, CaseIterable {
        case token
        case createWorkload
        case getWorkload
        case updateWorkload
        case getWorkflowRun
        case updateWorkflowRun
        /// `/api`, `/apis` and the lists of resources below them.
        case kubernetesDiscovery
        case kubernetesCreate
        case kubernetesGet
        case kubernetesReplace
        /// A `PATCH` that is a server-side apply.
        case kubernetesApply
        case kubernetesMergePatch
        /// A SelfSubjectAccessReview.
        case kubernetesReview
        case listWorkloads
        case getComponent
        case getComponentRelease
        case getReleaseBinding
        case listReleaseBindings
        case profile
        /// `/health`, `/ready`, `/version` and the metadata of the protected resource, for which no token is needed.
        case publicPage
        /// Everything else: unknown paths, methods and hosts.
        case other
    }
}

/// What a request asks for.
enum Destination {
    case token
    case createWorkload(namespace: String)
    case getWorkload(ObjectKey)
    case updateWorkload(ObjectKey)
    case getWorkflowRun(ObjectKey)
    case updateWorkflowRun(ObjectKey)
    case kubernetes(KubernetesCall)
    case listWorkloads(namespace: String)
    case getComponent(ObjectKey)
    case getComponentRelease(ObjectKey)
    case getReleaseBinding(ObjectKey)
    case listReleaseBindings(namespace: String)
    case profile
    case publicPage(PublicPage)
    case unknownHost
    case unknownPath
    case wrongMethod(allowed: String)

    /// Reads it from host, path and method.
    init(_ request: HTTPRequest, _ configuration: MockControlPlane.Configuration) {
        self = Self.resolve(request, configuration)
        guard let hosts = configuration.hostRouting else { return }
        let served: Bool =
            switch self {
            case .unknownPath: [hosts.api, hosts.oauth].contains { $0.matchesIgnoringCase(request.hostName) }
            case .token: hosts.oauth.matchesIgnoringCase(request.hostName)
            case .wrongMethod where request.isTokenRequest: hosts.oauth.matchesIgnoringCase(request.hostName)
            default: hosts.api.matchesIgnoringCase(request.hostName)
            }
        if !served { self = .unknownHost }
    }

    private static func resolve(_ request: HTTPRequest, _ configuration: MockControlPlane.Configuration) -> Destination
    {
        if request.isTokenRequest { return request.method == "POST" ? .token : .wrongMethod(allowed: "POST") }
        let base = configuration.basePath.split(separator: "/").map(String.init)
        let kinds = MockControlPlane.KubernetesKind.core + configuration.kubernetes.kinds
        if let call = KubernetesCall(request, base: base, kinds: kinds) {
            return .kubernetes(call)
        }
        if request.segments.starts(with: base) {
            let rest = Array(request.segments.dropFirst(base.count))
            if let page = PublicPage(rest) {
                return ["GET", "HEAD"].contains(request.method) ? .publicPage(page) : .wrongMethod(allowed: "GET, HEAD")
            }
            if rest == ["api", "v1", "authz", "profile"] { return read(request.method, .profile) }
        }
        let prefix = base + ["api", "v1", "namespaces"]
        guard request.segments.starts(with: prefix) else { return .unknownPath }
        let rest = Array(request.segments.dropFirst(prefix.count))
        guard rest.count >= 2, rest.allSatisfy({ !$0.isEmpty }) else { return .unknownPath }
        switch (rest[1], rest.count) {
        case ("workloads", 2):
            switch request.method {
            case "POST": return .createWorkload(namespace: rest[0])
            case "GET": return .listWorkloads(namespace: rest[0])
            default: return .wrongMethod(allowed: "GET, HEAD, POST")
            }
        case ("releasebindings", 2): return read(request.method, .listReleaseBindings(namespace: rest[0]))
        case ("releasebindings", 3):
            return read(request.method, .getReleaseBinding(ObjectKey(namespace: rest[0], name: rest[2])))
        case ("components", 3):
            return read(request.method, .getComponent(ObjectKey(namespace: rest[0], name: rest[2])))
        case ("componentreleases", 3):
            return read(request.method, .getComponentRelease(ObjectKey(namespace: rest[0], name: rest[2])))
        case ("workloads", 3):
            let key = ObjectKey(namespace: rest[0], name: rest[2])
            return select(request.method, get: .getWorkload(key), put: .updateWorkload(key))
        case ("workflowruns", 3):
            let key = ObjectKey(namespace: rest[0], name: rest[2])
            return select(request.method, get: .getWorkflowRun(key), put: .updateWorkflowRun(key))
        default:
            return .unknownPath
        }
    }

    private static func read(_ method: String, _ destination: Destination) -> Destination {
        method == "GET" ? destination : .wrongMethod(allowed: "GET, HEAD")
    }

    private static func select(_ method: String, get: Destination, put: Destination) -> Destination {
        switch method {
        case "GET": get
        case "PUT": put
        default: .wrongMethod(allowed: "GET, PUT")
        }
    }

    /// The route that scripts and records know it by.
    var route: MockControlPlane.Route {
        switch self {
        case .token: .token
        case .createWorkload: .createWorkload
        case .getWorkload: .getWorkload
        case .updateWorkload: .updateWorkload
        case .getWorkflowRun: .getWorkflowRun
        case .updateWorkflowRun: .updateWorkflowRun
        case .kubernetes(let call): call.route
        case .listWorkloads: .listWorkloads
        case .getComponent: .getComponent
        case .getComponentRelease: .getComponentRelease
        case .getReleaseBinding: .getReleaseBinding
        case .listReleaseBindings: .listReleaseBindings
        case .profile: .profile
        case .publicPage: .publicPage
        case .unknownHost, .unknownPath, .wrongMethod: .other
        }
    }
}

extension HTTPRequest {
    fileprivate var isTokenRequest: Bool { segments == ["oauth2", "token"] }
}
