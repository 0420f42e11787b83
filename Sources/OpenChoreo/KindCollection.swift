public import ControlPlaneAccess
public import HTTP
public import JSON
public import Objects

/// A kind of objects, by the name that it has in rights and results.
enum ObjectKind: String {
    case workload
    case workflowRun = "workflowrun"
    case component
    case componentRelease = "componentrelease"
    case releaseBinding = "releasebinding"

    /// The right to do something with them, as roles name it: `workload:view`.
    func right(_ action: String) -> String { "\(rawValue):\(action)" }
}

/// The objects of one kind in a namespace.
public struct KindCollection: RemoteCollection {
    let api: OpenChoreoAPI
    let kind: ObjectKind

    /// The API's.
    public var client: APIClient { api.client }

    /// Without the right, or where a gateway knows no such call.
    public var unreadable: Set<Int> { [403, 405] }

    /// Not every version does.
    public var returnsWhatIsWritten: Bool { false }

    private var path: [String] { ["api", "v1", "namespaces", api.namespace, "\(kind.rawValue)s"] }

    /// `POST`.
    public func creation(of object: JSONValue) -> HTTPRequest {
        client.location.request(.post, path, body: .json(object.serialized()))
    }

    /// `GET`.
    public func reading(of name: String) -> HTTPRequest { client.location.request(.get, path + [name]) }

    /// `PUT`; the API has no version to compare.
    public func replacement(of name: String, with object: JSONValue, live: JSONValue) -> HTTPRequest {
        client.location.request(.put, path + [name], body: .json(object.serialized()))
    }

    /// `GET` of those that belong to a component, so many at once as the API gives.
    public func listing(of component: String, cursor: String? = nil) -> HTTPRequest {
        let query = [("component", component), ("limit", "100")] + (cursor.map { [("cursor", $0)] } ?? [])
        return client.location.request(.get, path, query: query)
    }

    /// The problem that a refusal is, with the right that the request takes.
    public func problem(_ response: HTTPResponse) -> Problem {
        let action =
            switch response.request.method {
            case .get: "view"
            case .post: "create"
            case .put, .patch: "update"
            }
        return api.problem(response, kind.right(action))
    }
}
