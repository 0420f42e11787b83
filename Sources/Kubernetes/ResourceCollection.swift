public import ControlPlaneAccess
public import HTTP
public import JSON
public import Objects
import WorkloadModel

/// The objects of one kind, in one namespace where they are in any.
///
/// An object here needs neither apiVersion nor kind: they are written with it. Of WorkflowRuns annotations are written and nothing
/// else.
public struct ResourceCollection: RemoteCollection {
    let api: KubernetesAPI
    let kind: ResourceKind
    let namespace: String?

    /// The API's.
    public var client: APIClient { api.client }

    /// Without the right.
    public var unreadable: Set<Int> { [403] }

    /// Always.
    public var returnsWhatIsWritten: Bool { true }

    var path: [String] { kind.path(in: namespace) }

    /// `POST`.
    public func creation(of object: JSONValue) -> HTTPRequest {
        // What is made anew has the labels that the OpenChoreo API sets, whatever an update would change.
        let object = kind == .workload ? Workload.labelled(object) : object
        return api.request(.post, path, .json(typed(object).serialized()))
    }

    /// `GET`.
    public func reading(of name: String) -> HTTPRequest { api.request(.get, path + [name]) }

    /// `PUT` of the version that was read: with all that the server and others keep in its metadata, and labels and annotations
    /// of the new object; of a WorkflowRun `PATCH` of the annotations that differ.
    public func replacement(of name: String, with object: JSONValue, live: JSONValue) -> HTTPRequest {
        if kind == .workflowRun {
            let patch = annotations(of: object, differingFrom: live).serialized()
            return api.request(.patch, path + [name], .data(patch, contentType: "application/merge-patch+json"))
        }
        var metadata = live["metadata"]?.object ?? JSONObject()
        metadata["managedFields"] = nil
        for member in ["name", "namespace"] where metadata[member] == nil {
            metadata[member] = object["metadata"]?[member]
        }
        for member in ["labels", "annotations"] { metadata[member] = object["metadata"]?[member] }
        let body = typed(object).setting(.object(metadata), at: ["metadata"]).setting(nil, at: ["status"])
        return api.request(.put, path + [name], .json(body.serialized()))
    }

    /// The problem that a refusal is, with the right that the request takes.
    public func problem(_ response: HTTPResponse) -> Problem {
        let verb =
            switch response.request.method {
            case .get: "get"
            case .post: "create"
            case .put: "update"
            case .patch: "patch"
            }
        return api.problem(response, "\(verb) \(kind.plural)\(kind.group.isEmpty ? "" : ".\(kind.group)")")
    }

    private func typed(_ object: JSONValue) -> JSONValue {
        object.setting(.string(kind.apiVersion), at: ["apiVersion"]).setting(.string(kind.kind), at: ["kind"])
    }

    /// A merge patch (RFC 7386).
    private func annotations(of object: JSONValue, differingFrom live: JSONValue) -> JSONValue {
        let path = ["metadata", "annotations"]
        let old = live[path: path]?.object ?? JSONObject()
        let new = object[path: path]?.object ?? JSONObject()
        var changes = JSONObject()
        for member in old.members where new[member.name] == nil { changes[member.name] = .null }
        for member in new.members where old[member.name] != member.value { changes[member.name] = member.value }
        return JSONValue.object(JSONObject()).setting(.object(changes), at: path)
    }
}
