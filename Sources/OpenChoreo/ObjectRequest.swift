public import ControlPlaneAccess
public import HTTP
public import JSON

/// A request about objects of one kind in one namespace, made in one place for those who send it and those who show it.
public struct ObjectRequest: Sendable {
    /// What is done.
    public let method: HTTPMethod
    /// The segments of the path below the API's base URL.
    public let path: [String]
    /// The parameters of the query.
    public var query: [(name: String, value: String)] = []
    /// The object that is sent.
    public let object: JSONValue?

    /// The request that is sent, without credentials.
    public func http(at location: APILocation) -> HTTPRequest {
        var request = location.request(method, path, body: object.map { .json($0.serialized()) })
        if !query.isEmpty { request.url = request.url.appending(query: query) }
        return request
    }
}

/// A kind of objects in a namespace.
struct ObjectKind: Sendable {
    /// The plural, as paths have it.
    let plural: String
    /// The name in rights and results: `workload`.
    let singular: String
    let namespace: String

    static func workloads(in namespace: String) -> ObjectKind {
        ObjectKind(plural: "workloads", singular: "workload", namespace: namespace)
    }

    static func workflowRuns(in namespace: String) -> ObjectKind {
        ObjectKind(plural: "workflowruns", singular: "workflowrun", namespace: namespace)
    }

    static func components(in namespace: String) -> ObjectKind {
        ObjectKind(plural: "components", singular: "component", namespace: namespace)
    }

    static func componentReleases(in namespace: String) -> ObjectKind {
        ObjectKind(plural: "componentreleases", singular: "componentrelease", namespace: namespace)
    }

    static func releaseBindings(in namespace: String) -> ObjectKind {
        ObjectKind(plural: "releasebindings", singular: "releasebinding", namespace: namespace)
    }

    private var path: [String] { ["api", "v1", "namespaces", namespace, plural] }

    func create(_ object: JSONValue) -> ObjectRequest {
        ObjectRequest(method: .post, path: path, object: object)
    }

    func read(_ name: String) -> ObjectRequest {
        ObjectRequest(method: .get, path: path + [name], object: nil)
    }

    /// Those that belong to a component, so many at once as the API gives.
    func list(of component: String, cursor: String? = nil) -> ObjectRequest {
        ObjectRequest(
            method: .get, path: path,
            query: [("component", component), ("limit", "100")] + (cursor.map { [("cursor", $0)] } ?? []), object: nil)
    }

    func replace(_ name: String, with object: JSONValue) -> ObjectRequest {
        ObjectRequest(method: .put, path: path + [name], object: object)
    }
}
