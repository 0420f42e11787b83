import JSON

extension ControlPlaneState {
    /// `POST …/workloads`: whether the name is free is decided before the rest of the body is looked at.
    mutating func createWorkload(
        in namespace: String, _ request: HTTPRequest
    ) throws(Refusal) -> MockControlPlane.Answer {
        try authenticate(request)
        let body = try decode(request.body)
        try authorize(.workloadCreate)
        try ObjectMetadata.checkAddress(body, namespace: namespace, name: nil)
        let key = ObjectKey(namespace: namespace, name: body["metadata"]?["name"]?.string ?? "")
        if workloads[key] != nil {
            throw Refusal(status: 409, message: "Workload '\(key.name)' already exists")
        }
        if let components = configuration.existingComponents,
            let component = body["spec"]?["owner"]?["componentName"]?.string, !components.contains(component)
        {
            throw .badRequest("spec.owner.componentName", "Component '\(component)' not found")
        }
        try validate(body, request, problems: [])
        let object = complete(JSONValue.object(JSONObject()).replacingContents(by: body), key, kind: "Workload")
        workloads[key] = object
        return .json(201, object)
    }

    /// `GET …/workloads/{name}`.
    mutating func getWorkload(_ key: ObjectKey, _ request: HTTPRequest) throws(Refusal) -> MockControlPlane.Answer {
        try authenticate(request)
        try authorize(.workloadView)
        return .json(200, try existingWorkload(key))
    }

    /// `PUT …/workloads/{name}`: replaces spec, labels and annotations and keeps what the server made.
    mutating func updateWorkload(_ key: ObjectKey, _ request: HTTPRequest) throws(Refusal) -> MockControlPlane.Answer {
        try authenticate(request)
        let body = try decode(request.body)
        try authorize(.workloadUpdate)
        try ObjectMetadata.checkAddress(body, namespace: key.namespace, name: key.name)
        let old = try existingWorkload(key)
        var problems: [SchemaValidation.Problem] = []
        if let owner = body["spec"]?["owner"], owner != old["spec"]?["owner"] {
            problems.append(SchemaValidation.Problem(field: "spec.owner", message: "spec.owner is immutable"))
        }
        try validate(body, request, problems: problems)
        let object = old.replacingContents(by: body)
        workloads[key] = object
        return .json(200, object)
    }

    private func existingWorkload(_ key: ObjectKey) throws(Refusal) -> JSONValue {
        guard let object = workloads[key] else {
            throw Refusal(status: 404, message: "Workload '\(key.name)' not found")
        }
        return object
    }

    private func validate(
        _ body: JSONObject, _ request: HTTPRequest, problems: [SchemaValidation.Problem]
    ) throws(Refusal) {
        let problems =
            SchemaValidation.problems(of: .object(body), at: "", .workload(configuration.apiVersion))
            + ObjectMetadata.problems(body["metadata"]) + problems
        guard problems.isEmpty else { throw .invalid(problems, configuration.apiVersion) }
        guard request.body.count <= ObjectMetadata.maximumObjectSize else { throw .tooLarge }
    }
}
