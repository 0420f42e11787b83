/// A request to the Kubernetes API, taken apart.
struct KubernetesCall {
    /// What it asks for.
    enum Action {
        case versions
        case groups
        case resources
        case review
        case get, create, replace, apply, mergePatch
        /// A patch of a media type that is not taken.
        case unknownPatch
        case unknownMethod
    }

    private(set) var action = Action.unknownMethod
    private(set) var group = ""
    private(set) var version = ""
    private(set) var plural = ""
    private(set) var namespace: String?
    private(set) var name: String?
    private let query: [FormField]

    /// Nil where the path is none of this API's: the core's path is OpenChoreo's as well, so of it only `kinds` are.
    init?(_ request: HTTPRequest, base: [String], kinds: [MockControlPlane.KubernetesKind]) {
        guard request.segments.starts(with: base) else { return nil }
        query = FormField.fields(request.queryBytes) ?? []
        var path = request.segments.dropFirst(base.count)
        let root = path.popFirst()
        guard root == "api" || root == "apis" else { return nil }
        if path.isEmpty, request.method == "GET" { action = root == "api" ? .versions : .groups }
        if root == "apis" { group = path.popFirst() ?? "" }
        guard let version = path.popFirst() else {
            guard group.isEmpty else { return nil }
            return
        }
        self.version = version
        if path.first == "namespaces", path.count > 2 {
            namespace = path[path.startIndex + 1]
            path = path.dropFirst(2)
        }
        plural = path.popFirst() ?? ""
        name = path.popFirst()
        guard path.isEmpty else { return nil }
        if group.isEmpty, !plural.isEmpty {
            guard version == "v1", kinds.contains(where: { $0.group.isEmpty && $0.plural == plural }) else {
                return nil
            }
        }
        action = Self.action(request, group, plural)
    }

    private static func action(_ request: HTTPRequest, _ group: String, _ plural: String) -> Action {
        if plural.isEmpty { return request.method == "GET" ? .resources : .unknownMethod }
        switch request.method {
        case "GET": return .get
        case "POST": return group == "authorization.k8s.io" ? .review : .create
        case "PUT": return .replace
        case "PATCH":
            switch request.mediaType {
            case "application/apply-patch+yaml": return .apply
            case "application/merge-patch+json": return .mergePatch
            default: return .unknownPatch
            }
        default: return .unknownMethod
        }
    }

    /// The value of a parameter of the query; nil where it is absent.
    subscript(parameter: String) -> String? {
        query.first { $0.name.isIdentical(to: parameter) }?.value
    }

    /// The route that scripts and records know it by.
    var route: MockControlPlane.Route {
        switch action {
        case .versions, .groups, .resources: .kubernetesDiscovery
        case .review: .kubernetesReview
        case .get: .kubernetesGet
        case .create: .kubernetesCreate
        case .replace: .kubernetesReplace
        case .apply: .kubernetesApply
        case .mergePatch: .kubernetesMergePatch
        case .unknownPatch, .unknownMethod: .other
        }
    }

    /// The verb that a right is given for.
    var verb: String {
        switch action {
        case .create: "create"
        case .replace: "update"
        case .apply, .mergePatch, .unknownPatch: "patch"
        default: "get"
        }
    }
}

extension HTTPRequest {
    /// What stands behind the question mark.
    fileprivate var queryBytes: [UInt8] {
        let target = Array(target.utf8)
        return Array(target.drop { $0 != UInt8(ascii: "?") }.dropFirst())
    }

    /// The media type of the body, in small letters and without parameters.
    var mediaType: String {
        let type = Array((header("Content-Type") ?? "").utf8).prefix { $0 != UInt8(ascii: ";") }.trimmed
        return String(decoding: type.map(\.loweredASCII), as: UTF8.self)
    }
}
