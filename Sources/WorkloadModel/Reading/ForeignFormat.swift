import Text
import YAML

/// A format that is no descriptor's, known by the keys at its top.
struct ForeignFormat {
    /// Where it shows.
    let mark: YAMLMark
    /// What it is and what to do with it.
    let message: String

    /// The format of a mapping with those entries; nil where it may be a descriptor, however wrong.
    init?(of entries: [YAMLEntry]) {
        func entry(_ key: String) -> YAMLEntry? { entries.first { $0.key.hasLetters(of: key) } }
        let version = entry("apiVersion")?.value.text ?? ""
        let kind = entry("kind")?.value.text
        let found: (entry: YAMLEntry?, message: String)
        if version.utf8.starts(with: "score.dev/".utf8) {
            found = (
                entry("apiVersion"),
                "a Score file; write its ports as 'endpoints', its variables and files as 'configurations'"
            )
        } else if version.utf8.starts(with: "core.choreo.dev/".utf8) {
            found = (
                entry("apiVersion"), "Choreo's component.yaml; write its endpoints and connections as a descriptor's"
            )
        } else if version.isEmpty, let number = entry("schemaVersion") {
            found = (number, "Choreo's component.yaml; \(Self.fromChoreo)")
        } else if let kind, kind != "Workload" || entry("spec") != nil {
            let name =
                kind == "Workload" ? "a Workload manifest" : "a Kubernetes manifest of kind \(ShownText.quoted(kind))"
            found = (entry("kind"), "\(name); send it with 'apply', or write a descriptor")
        } else if case .mapping = entry("spec")?.value.content {
            found = (
                entry("spec"), "the body of a Workload; write a descriptor: endpoints, dependencies, configurations"
            )
        } else if version.isEmpty, case .mapping = entry("services")?.value.content {
            found = (entry("services"), "a Compose file; write a workload.yaml for each of its services")
        } else if version.isEmpty, let number = entry("version"), case .sequence = entry("endpoints")?.value.content {
            found = (number, "Choreo's endpoints.yaml; \(Self.fromChoreo)")
        } else {
            return nil
        }
        mark = found.entry?.keyMark ?? YAMLMark(line: 1, column: 1)
        message = "this is not a descriptor but \(found.message)"
    }

    private static let fromChoreo =
        "write 'apiVersion: openchoreo.dev/v1alpha1' in its place and keep the endpoints, whose former keys are shown then"
}
