import JSON

extension ControlPlaneState {
    /// `GET …/workflowruns/{run}`.
    mutating func getWorkflowRun(_ key: ObjectKey, _ request: HTTPRequest) throws(Refusal) -> MockControlPlane.Response
    {
        try authenticate(request)
        try authorize(.workflowRunView)
        return .json(200, try existingRun(key))
    }

    /// `PUT …/workflowruns/{run}`: replaces spec, labels and annotations; the workflow itself can never change.
    mutating func updateWorkflowRun(
        _ key: ObjectKey, _ request: HTTPRequest
    ) throws(Refusal) -> MockControlPlane.Response {
        try authenticate(request)
        let body = try decode(request.body)
        try authorize(.workflowRunUpdate)
        try ObjectMetadata.checkAddress(body, namespace: key.namespace, name: key.name)
        let old = try existingRun(key)
        var problems = ObjectMetadata.problems(body["metadata"])
        for map in ["labels", "annotations"] {
            guard let value = body["metadata"]?[map] else { continue }
            problems += SchemaValidation.problems(of: value, at: "metadata.\(map)", .map(.string()))
        }
        // A client that loses a part of what it read shows here, parameters included.
        if body["spec"]?["workflow"] != old["spec"]?["workflow"] {
            problems.append(SchemaValidation.Problem(field: "spec.workflow", message: "spec.workflow is immutable"))
        }
        guard problems.isEmpty else { throw .invalid(problems, configuration.apiVersion) }
        guard request.body.count <= ObjectMetadata.maximumObjectSize else { throw .internalError }
        let object = old.replacingContents(by: body)
        workflowRuns[key] = object
        return .json(200, object)
    }

    private func existingRun(_ key: ObjectKey) throws(Refusal) -> JSONValue {
        guard let object = workflowRuns[key] else {
            throw .notFound("WorkflowRun")
        }
        return object
    }
}
