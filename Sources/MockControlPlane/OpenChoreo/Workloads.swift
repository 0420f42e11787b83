import JSON

extension ControlPlaneState {
    /// `POST …/workloads`: whether the name is free is decided before the rest of the body is looked at.
    mutating func createWorkload(
        in namespace: String, _ request: HTTPRequest
    ) throws(Refusal) -> MockControlPlane.Response {
        try authenticate(request)
        let body = try decode(request.body)
        try authorize(.workloadCreate)
        try ObjectMetadata.checkAddress(body, namespace: namespace, name: nil)
        let key = ObjectKey(namespace: namespace, name: body["metadata"]?["name"]?.string ?? "")
        if let component = body["spec"]?["owner"]?["componentName"]?.string,
            let existing = configuration.existingComponents, !existing.contains(component),
            components[ObjectKey(namespace: namespace, name: component)] == nil
        {
            throw Refusal(status: 400, message: "Referenced component not found")
        }
        countDeletion(key)
        if workloads[key] != nil { throw Refusal(status: 409, message: "Workload already exists") }
        try validate(body, request, problems: [])
        let object = complete(JSONValue.object(JSONObject()).replacingContents(by: stored(body)), key, kind: "Workload")
        workloads[key] = object
        roll(key)
        return .json(201, object)
    }

    /// `GET …/workloads/{name}`.
    mutating func getWorkload(_ key: ObjectKey, _ request: HTTPRequest) throws(Refusal) -> MockControlPlane.Response {
        try authenticate(request)
        try authorize(.workloadView)
        countDeletion(key)
        return .json(200, try existingWorkload(key))
    }

    /// `PUT …/workloads/{name}`: replaces spec, labels and annotations and keeps what the server made.
    mutating func updateWorkload(_ key: ObjectKey, _ request: HTTPRequest) throws(Refusal) -> MockControlPlane.Response
    {
        try authenticate(request)
        let body = try decode(request.body)
        try authorize(.workloadUpdate)
        try ObjectMetadata.checkAddress(body, namespace: key.namespace, name: key.name)
        countDeletion(key)
        let old = try existingWorkload(key)
        var problems: [SchemaValidation.Problem] = []
        if let owner = body["spec"]?["owner"], owner != old["spec"]?["owner"] {
            problems.append(
                SchemaValidation.Problem(field: "spec.owner", message: "Invalid value: spec.owner is immutable"))
        }
        try validate(body, request, problems: problems)
        let object = old.replacingContents(by: stored(body))
        workloads[key] = object
        roll(key)
        return .json(200, object)
    }

    /// What of a body is stored: with the labels that the server sets, whatever was sent, and without what it does not
    /// know.
    private func stored(_ body: JSONObject) -> JSONObject {
        var body = body
        if configuration.setsOwnerLabels {
            let owner = body["spec"]?["owner"]
            let metadata = body["metadata"] ?? [:]
            let labels = (metadata["labels"] ?? [:]).with("openchoreo.dev/component", owner?["componentName"])
            body["metadata"] = metadata.with("labels", labels.with("openchoreo.dev/project", owner?["projectName"]))
        }
        for member in configuration.droppedMembers {
            let path = member.split(separator: ".").map(String.init)
            body["spec"] = body["spec"]?.without(path[...])
        }
        return body
    }

    /// A Workload that is being deleted is there for so many requests and then gone.
    private mutating func countDeletion(_ key: ObjectKey) {
        guard let left = deletions[key] else { return }
        deletions[key] = left > 0 ? left - 1 : nil
        if left == 0 { workloads[key] = nil }
    }

    private func existingWorkload(_ key: ObjectKey) throws(Refusal) -> JSONValue {
        guard let object = workloads[key] else {
            throw .notFound("Workload")
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
        guard request.body.count <= ObjectMetadata.maximumObjectSize else { throw .internalError }
    }
}
