public import JSON

extension Workload {
    /// A payload with the labels that the OpenChoreo API sets by itself, for stores that do not.
    public static func labelled(_ payload: JSONValue) -> JSONValue {
        var object = payload.object ?? JSONObject()
        var metadata = object["metadata"]?.object ?? JSONObject()
        var labels = metadata["labels"]?.object ?? JSONObject()
        let owner = object["spec"]?["owner"]
        for (label, member) in [("project", "projectName"), ("component", "componentName")] {
            if let name = owner?[member] { labels["openchoreo.dev/\(label)"] = name }
        }
        metadata["labels"] = .object(labels)
        object["metadata"] = .object(metadata)
        return .object(object)
    }
}
