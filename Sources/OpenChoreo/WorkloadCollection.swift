public import JSON
public import Objects

/// The Workloads of one namespace.
public struct WorkloadCollection: ObjectCollection {
    let api: OpenChoreoAPI

    private var kind: ObjectKind { .workloads(in: api.namespace) }

    /// `POST`.
    public func create(_ object: JSONValue) throws(Problem) -> Creation { try api.create(object, of: kind) }

    /// `GET`.
    public func read(_ name: String) throws(Problem) -> Reading { try api.read(name, of: kind) }

    /// `PUT`; the API has no version to compare.
    public func replace(_ name: String, with object: JSONValue, live: JSONValue?) throws(Problem) -> Replacement {
        try api.replace(name, of: kind, with: object)
    }

    /// Those of the API's client.
    public func pauses() -> any Pauses { api.client.pauses() }
}

/// The WorkflowRuns of one namespace.
struct WorkflowRunCollection: ExistingObjects {
    let api: OpenChoreoAPI

    private var kind: ObjectKind { .workflowRuns(in: api.namespace) }

    func read(_ name: String) throws(Problem) -> Reading { try api.read(name, of: kind) }

    func replace(_ name: String, with object: JSONValue, live: JSONValue?) throws(Problem) -> Replacement {
        try api.replace(name, of: kind, with: object)
    }

    func pauses() -> any Pauses { api.client.pauses() }
}
