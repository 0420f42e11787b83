public import JSON

extension Workload {
    /// A payload with the labels that the OpenChoreo API sets by itself, for stores that do not.
    public static func labelled(_ payload: JSONValue) -> JSONValue {
        var labelled = payload
        for (label, member) in [("project", "projectName"), ("component", "componentName")] {
            guard let name = payload["spec"]["owner"][member] else { continue }
            labelled["metadata"]["labels"]["openchoreo.dev/\(label)"] = name
        }
        return labelled
    }
}
