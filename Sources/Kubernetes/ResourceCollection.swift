import HTTP
public import JSON
public import Objects
import WorkloadModel

/// The objects of one kind, in one namespace where they are in any.
///
/// An object here needs neither apiVersion nor kind: they are written with it.
public struct ResourceCollection: ObjectCollection {
    let api: KubernetesAPI
    let kind: ResourceKind
    let namespace: String?

    /// `POST`.
    public func create(_ object: JSONValue) throws(Problem) -> Creation {
        try api.client.write(creation(of: object)) { response throws(Problem) in
            switch response.status {
            case 200..<300:
                return .created(stored: try api.client.object(in: response, named: object["metadata"]?["name"]?.string))
            case 409:
                guard api.client.refusal(response).code != "AlreadyExists" else { return .exists }
                return .retry(api.client.conflict(response), mayHaveTakenEffect: false)
            default: throw api.problem(response, right("create"))
            }
        }
    }

    /// `GET`.
    public func read(_ name: String) throws(Problem) -> Reading {
        let response = try api.client.send(reading(of: name))
        if 200..<300 ~= response.status { return .found(try api.client.object(in: response, named: name)) }
        let problem = api.problem(response, right("get"))
        switch (response.status, problem.kind) {
        case (404, .absent): return .absent(problem)
        case (403, .denied): return .unreadable(problem)
        default: throw problem
        }
    }

    /// `PUT` of the version that was read: with all that the server and others keep in its metadata, and labels and annotations
    /// of the new object.
    public func replace(_ name: String, with object: JSONValue, live: JSONValue?) throws(Problem) -> Replacement {
        try change(name, by: replacement(of: name, with: object, live: live ?? [:]), "update")
    }

    /// Those of the API's client.
    public func pauses() -> any Pauses { api.client.pauses() }
}

extension ResourceCollection {
    /// Tries a request that changes an object, once; `verb` is the right that it takes.
    func change(_ name: String, by request: HTTPRequest, _ verb: String) throws(Problem) -> Replacement {
        try api.client.write(request) { response throws(Problem) in
            switch response.status {
            case 200..<300: return .replaced(stored: try api.client.object(in: response, named: name))
            case 409: return .retry(api.client.conflict(response), mayHaveTakenEffect: false)
            default:
                let problem = api.problem(response, right(verb))
                if problem.kind == .absent { return .absent(problem) }
                throw problem
            }
        }
    }

    func right(_ verb: String) -> String { "\(verb) \(kind.plural)\(kind.group.isEmpty ? "" : ".\(kind.group)")" }

    var path: [String] { kind.path(in: namespace) }

    func creation(of object: JSONValue) -> HTTPRequest {
        // What is made anew has the labels that the OpenChoreo API sets, whatever an update would change.
        let object = kind == .workload ? Workload.labelled(object) : object
        return api.request(.post, path, .json(typed(object).serialized()))
    }

    func reading(of name: String) -> HTTPRequest { api.request(.get, path + [name]) }

    func replacement(of name: String, with object: JSONValue, live: JSONValue) -> HTTPRequest {
        var metadata = live["metadata"]?.object ?? JSONObject()
        metadata["managedFields"] = nil
        for member in ["name", "namespace"] where metadata[member] == nil {
            metadata[member] = object["metadata"]?[member]
        }
        for member in ["labels", "annotations"] { metadata[member] = object["metadata"]?[member] }
        var body = typed(object).object ?? JSONObject()
        body["metadata"] = .object(metadata)
        body["status"] = nil
        return api.request(.put, path + [name], .json(JSONValue.object(body).serialized()))
    }

    private func typed(_ object: JSONValue) -> JSONValue {
        object.setting(.string(kind.apiVersion), at: ["apiVersion"]).setting(.string(kind.kind), at: ["kind"])
    }
}

/// Objects of which annotations are written and nothing else, by a merge patch.
public struct AnnotatedCollection: ExistingObjects {
    let resources: ResourceCollection

    /// `GET`.
    public func read(_ name: String) throws(Problem) -> Reading { try resources.read(name) }

    /// `PATCH` of the annotations that differ from those that were read.
    public func replace(_ name: String, with object: JSONValue, live: JSONValue?) throws(Problem) -> Replacement {
        try resources.change(name, by: patch(of: name, with: object, live: live ?? [:]), "patch")
    }

    /// Those of the API's client.
    public func pauses() -> any Pauses { resources.pauses() }

    func patch(of name: String, with object: JSONValue, live: JSONValue) -> HTTPRequest {
        let path = ["metadata", "annotations"]
        let old = live[path: path]?.object ?? JSONObject()
        let new = object[path: path]?.object ?? JSONObject()
        var changes = JSONObject()
        for member in old.members where new[member.name] == nil { changes[member.name] = .null }
        for member in new.members where old[member.name] != member.value { changes[member.name] = member.value }
        let body = JSONValue.object(JSONObject()).setting(.object(changes), at: path)
        return resources.api.request(
            .patch, resources.path + [name], .data(body.serialized(), contentType: "application/merge-patch+json"))
    }
}
