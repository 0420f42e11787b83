import HTTP
import JSON
import Redaction

/// The Workloads of one namespace, over the API.
struct WorkloadCollection: ControlPlaneObjects, ObjectCollection {
    let controlPlane: ControlPlane
    let namespace: String

    static func path(namespace: String) -> [String] {
        ["api", "v1", "namespaces", namespace, "workloads"]
    }

    func create(_ object: JSONValue) throws(PublishingError) -> Creation {
        let response = try controlPlane.send(.post, Self.path(namespace: namespace), body: object)
        switch response.status {
        case 409: return .exists
        case 201: return .created
        case 200..<300:
            try controlPlane.checkWritten(object["metadata"]?["name"]?.string, in: response)
            return .created
        default: throw controlPlane.answer(response).error
        }
    }

    /// Spec, labels and annotations: what a `PUT` replaces, empty ones as if they were not there.
    func writablePart(of object: JSONValue) -> JSONValue {
        var part = JSONObject()
        part["spec"] = object["spec"]
        for field in ["labels", "annotations"] {
            guard let values = object["metadata"]?[field]?.object, !values.isEmpty else { continue }
            part[field] = .object(values)
        }
        return .object(part)
    }
}

/// The WorkflowRuns of one namespace, over the API.
struct WorkflowRunCollection: ControlPlaneObjects {
    let controlPlane: ControlPlane
    let namespace: String

    static func path(namespace: String) -> [String] {
        ["api", "v1", "namespaces", namespace, "workflowruns"]
    }

    func writablePart(of object: JSONValue) -> JSONValue {
        object
    }
}

/// The objects of one kind in one namespace, over the API.
protocol ControlPlaneObjects: ReplaceableObjects {
    var controlPlane: ControlPlane { get }
    var namespace: String { get }

    /// The segments of the path of all of them.
    static func path(namespace: String) -> [String]
}

extension ControlPlaneObjects {
    /// The segments of the path of one of them.
    static func path(namespace: String, name: String) -> [String] {
        path(namespace: namespace) + [name]
    }

    func get(_ name: String) throws(PublishingError) -> Reading {
        try controlPlane.read(Self.path(namespace: namespace, name: name))
    }

    func replace(_ name: String, with object: JSONValue) throws(PublishingError) -> Replacement {
        try controlPlane.replace(Self.path(namespace: namespace, name: name), with: object)
    }

    func retries() -> Retries {
        controlPlane.retries()
    }
}

extension ControlPlane {
    /// Reads an object; 403, 404 and 405 are refusals that the caller may live with.
    func read(_ path: [String]) throws(PublishingError) -> Reading {
        let response = try send(.get, path)
        switch response.status {
        case 200..<300:
            let object = try object(in: response)
            guard object["metadata"]?.object != nil else {
                throw unexpected(response, "the answer is an object without metadata")
            }
            try checkName(of: object, is: path.last, in: response)
            return .found(object)
        case 403, 404, 405: return .refused(answer(response))
        default: throw answer(response).error
        }
    }

    /// Replaces an object, in one try.
    func replace(_ path: [String], with object: JSONValue) throws(PublishingError) -> Replacement {
        let response = try attempt(.put, path, body: object)
        switch response.status {
        case 404: return .absent(answer(response))
        case 200..<300:
            try checkWritten(path.last, in: response)
            return .replaced
        default: throw answer(response).error
        }
    }

    /// Throws where the answer to a write is no JSON, or is about an object of another name; an empty one is none.
    fileprivate func checkWritten(_ name: String?, in response: HTTPResponse) throws(PublishingError) {
        let isEmpty = response.body.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        // A server sends back what was written, a megabyte perhaps.
        if !isEmpty { try checkName(of: try json(in: response, keepingOnly: "metadata"), is: name, in: response) }
    }

    /// An object of another name comes from a cache or a gateway that mixes answers up: nothing of it is to be trusted.
    private func checkName(
        of object: JSONValue, is name: String?, in response: HTTPResponse
    ) throws(PublishingError) {
        guard let name, let found = object["metadata"]?["name"]?.string, !found.utf8.elementsEqual(name.utf8) else {
            return
        }
        let shown = redactor.excerpt(of: Array(found.utf8), limit: 300)
        throw unexpected(response, "the answer is about '\(shown)', not '\(name)'")
    }
}
