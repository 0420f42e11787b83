import JSON

/// What a client reads to see what becomes of a Workload.
extension ControlPlaneState {
    /// `GET …/components/{name}`: an absent one is a 404 for everyone, one that may not be read a 403.
    mutating func getComponent(_ key: ObjectKey, _ request: HTTPRequest) throws(Refusal) -> MockControlPlane.Response {
        try authenticate(request)
        guard hasComponent(key) else { throw .notFound("Component") }
        try authorize(.componentView)
        advanceRollout(key)
        let fallback: JSONValue = ["spec": ["autoDeploy": true]]
        return .json(200, components[key] ?? complete(fallback, key, kind: "Component"))
    }

    /// `GET …/componentreleases/{name}`.
    mutating func getComponentRelease(
        _ key: ObjectKey, _ request: HTTPRequest
    ) throws(Refusal) -> MockControlPlane.Response {
        try authenticate(request)
        guard let object = componentReleases[key] else { throw .notFound("ComponentRelease") }
        try authorize(.componentReleaseView)
        return .json(200, object)
    }

    /// `GET …/releasebindings/{name}`.
    mutating func getReleaseBinding(
        _ key: ObjectKey, _ request: HTTPRequest
    ) throws(Refusal) -> MockControlPlane.Response {
        try authenticate(request)
        guard let object = releaseBindings[key] else { throw .notFound("ReleaseBinding") }
        try authorize(.releaseBindingView)
        return .json(200, object)
    }

    /// A list, of one component where the query names one: without the right to see the items it is empty, no refusal.
    mutating func list(
        _ store: KeyPath<ControlPlaneState, ObjectStore>, in namespace: String, _ request: HTTPRequest,
        right: MockControlPlane.Permission
    ) throws(Refusal) -> MockControlPlane.Response {
        try authenticate(request)
        let component = request.query["component"]
        if let component { advanceRollout(ObjectKey(namespace: namespace, name: component)) }
        let items = self[keyPath: store].values(in: namespace) {
            component == nil || $0["spec"]?["owner"]?["componentName"] == component.map { .string($0) }
        }
        let isSeen = configuration.permissions.contains(right)
        let limit = request.query["limit"].flatMap { Int($0) } ?? 20
        let page = items.prefix(limit)
        let pagination: JSONValue = isSeen && page.count < items.count ? ["nextCursor": "more"] : [:]
        return .json(200, ["items": .array(isSeen ? Array(page) : []), "pagination": pagination])
    }

    /// `GET /api/v1/authz/profile`: the rights of the token's bearer.
    mutating func profile(_ request: HTTPRequest) throws(Refusal) -> MockControlPlane.Response {
        try authenticate(request)
        let rights = configuration.permissions.map(\.rawValue).sorted().map { right in
            JSONObject.Member(
                name: right, value: ["allowed": [["path": .string(configuration.permissionPath)]], "denied": []])
        }
        let subject = configuration.clients.first?.id ?? ""
        return .json(
            200,
            [
                "capabilities": .object(JSONObject(rights)), "evaluatedAt": .string(timestamp),
                "user": [
                    "entitlement_claim": "sub", "entitlement_values": [.string(subject)], "type": "service_account",
                ],
            ])
    }

    /// What the API says to everyone.
    func publicPage(_ page: PublicPage) -> MockControlPlane.Response {
        switch page {
        case .health: return MockControlPlane.Response(status: 200, headers: [.plainText], body: Array("OK".utf8))
        case .ready: return MockControlPlane.Response(status: 200, headers: [.plainText], body: Array("Ready".utf8))
        case .version:
            return .json(
                200,
                [
                    "buildTime": "not-set", "gitRevision": "not-set", "goArch": "amd64", "goOS": "linux",
                    "goVersion": "go1.26.8", "name": "openchoreo-api",
                    "version": .string(configuration.apiVersion.rawValue),
                ])
        case .resourceMetadata:
            return .json(
                200,
                [
                    "authorization_servers": [.string(configuration.issuer)], "bearer_methods_supported": ["header"],
                    "openchoreo_clients": [],
                    "openchoreo_security_enabled": true,
                    "resource": "http://api.openchoreo.localhost:8080/mcp",
                    "resource_name": "OpenChoreo MCP Server", "scopes_supported": ["openid", "profile", "email"],
                ])
        }
    }

    private func hasComponent(_ key: ObjectKey) -> Bool {
        components[key] != nil || configuration.existingComponents?.contains(key.name) ?? true
    }
}

/// A page of the API that wants no token.
enum PublicPage {
    case health
    case ready
    case version
    case resourceMetadata

    init?(_ segments: [String]) {
        switch segments {
        case ["health"]: self = .health
        case ["ready"]: self = .ready
        case ["version"]: self = .version
        case [".well-known", "oauth-protected-resource"]: self = .resourceMetadata
        default: return nil
        }
    }
}

extension MockControlPlane.Header {
    /// As the API marks its pages for probes.
    fileprivate static let plainText = MockControlPlane.Header("Content-Type", "text/plain")
}
