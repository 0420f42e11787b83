import ControlPlaneAccess
import HTTP
public import JSON
public import Objects

/// A kind of objects, by the name that it has in rights and results.
enum ObjectKind: String {
    case workload
    case workflowRun = "workflowrun"
    case component
    case componentRelease = "componentrelease"
    case releaseBinding = "releasebinding"

    /// The right to do something with them.
    func right(_ action: String) -> Right { Right(resource: rawValue, action: action) }
}

/// The objects of one kind in a namespace.
public struct KindCollection: ObjectCollection {
    let api: OpenChoreoAPI
    let kind: ObjectKind

    /// `POST`.
    public func create(_ object: JSONValue) throws(Problem) -> Creation {
        try api.client.write(creation(of: object)) { response throws(Problem) in
            switch response.status {
            case 409: return .exists
            case 200..<300: return .created(stored: try stored(object["metadata"]?["name"]?.string, in: response))
            default: throw api.problem(response, kind.right("create"))
            }
        }
    }

    /// `GET`.
    public func read(_ name: String) throws(Problem) -> Reading {
        try reading(name, try api.client.send(reading(of: name)))
    }

    /// `PUT`; the API has no version to compare.
    public func replace(_ name: String, with object: JSONValue, live: JSONValue?) throws(Problem) -> Replacement {
        try api.client.write(replacement(of: name, with: object)) { response throws(Problem) in
            switch response.status {
            case 200..<300: return .replaced(stored: try stored(name, in: response))
            case 409: return .retry(api.client.conflict(response), mayHaveTakenEffect: false)
            default:
                let problem = api.problem(response, kind.right("update"))
                if problem.kind == .absent { return .absent(problem) }
                throw problem
            }
        }
    }

    /// Those of the API's client.
    public func pauses() -> any Pauses { api.client.pauses() }
}

extension KindCollection {
    /// What a response to a read means; 403, 404 and 405 are refusals that the caller may live with.
    func reading(_ name: String, _ response: HTTPResponse) throws(Problem) -> Reading {
        if 200..<300 ~= response.status { return .found(try api.client.object(in: response, named: name)) }
        let problem = api.problem(response, kind.right("view"))
        switch (response.status, problem.kind) {
        case (404, .absent): return .absent(problem)
        case (403, _), (405, .refused): return .unreadable(problem)
        default: throw problem
        }
    }

    /// What a write's response says that the server keeps; nil where it is empty.
    ///
    /// Throws where it is no JSON, or is about an object of another name.
    private func stored(_ name: String?, in response: HTTPResponse) throws(Problem) -> JSONValue? {
        if response.body.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) { return nil }
        let stored = try api.client.json(in: response)
        try api.client.check(stored, isNamed: name, in: response)
        return stored
    }
}

/// The requests, made in one place for what sends them and what shows them.
extension KindCollection {
    private var path: [String] { ["api", "v1", "namespaces", api.namespace, "\(kind.rawValue)s"] }

    func creation(of object: JSONValue) -> HTTPRequest {
        api.client.location.request(.post, path, body: .json(object.serialized()))
    }

    func reading(of name: String) -> HTTPRequest { api.client.location.request(.get, path + [name]) }

    /// Those that belong to a component, so many at once as the API gives.
    func listing(of component: String, cursor: String? = nil) -> HTTPRequest {
        let query = [("component", component), ("limit", "100")] + (cursor.map { [("cursor", $0)] } ?? [])
        return api.client.location.request(.get, path, query: query)
    }

    func replacement(of name: String, with object: JSONValue) -> HTTPRequest {
        api.client.location.request(.put, path + [name], body: .json(object.serialized()))
    }
}
