import YAML

/// A format that is no descriptor's, known by the keys at its top.
struct ForeignFormat {
    /// Where it shows.
    let mark: YAMLMark
    /// What it is and what to do with it.
    let message: String

    /// The format of a text; nil where it may be a descriptor, however wrong.
    init?(of root: YAMLNode) {
        let version = root.value("apiVersion")?.text ?? ""
        let kind = root.value("kind")?.text
        func isMapping(_ key: String) -> Bool { if case .mapping = root.value(key)?.content { true } else { false } }
        let formats: [(key: String, isFound: Bool, what: String)] = [
            (
                "apiVersion", version.hasPrefix("score.dev/"),
                "a Score file; write its ports as 'endpoints', its variables and files as 'configurations'"
            ),
            (
                "apiVersion", version.hasPrefix("core.choreo.dev/"),
                "Choreo's component.yaml; write its endpoints and connections as a descriptor's"
            ),
            ("schemaVersion", version.isEmpty, "Choreo's component.yaml; \(Self.fromChoreo)"),
            (
                "kind", kind == "Workload" && root.entry("spec") != nil,
                "a Workload manifest; send it with 'apply', or write a descriptor"
            ),
            (
                "kind", kind != nil && kind != "Workload",
                "a Kubernetes manifest of kind \(ShownText.quoted(kind ?? "")); send it with 'apply', or write a descriptor"
            ),
            (
                "spec", isMapping("spec"),
                "the body of a Workload; write a descriptor: endpoints, dependencies, configurations"
            ),
            (
                "services", version.isEmpty && isMapping("services"),
                "a Compose file; write a workload.yaml for each of its services"
            ),
            (
                "version", version.isEmpty && root.value("endpoints")?.elements.isEmpty == false,
                "Choreo's endpoints.yaml; \(Self.fromChoreo)"
            ),
        ]
        for (key, isFound, what) in formats where isFound {
            guard let entry = root.entry(key) else { continue }
            mark = entry.keyMark
            message = "this is not a descriptor but \(what)"
            return
        }
        return nil
    }

    private static let fromChoreo =
        "write 'apiVersion: openchoreo.dev/v1alpha1' in its place and keep the endpoints, whose former keys are shown then"
}
