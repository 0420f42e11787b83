/// The copy of a Workload that its WorkflowRun carries as an annotation.
public struct WorkloadAnnotation: Sendable, Equatable {
    /// What had to be left out of a copy.
    public enum Omission: String, Sendable {
        /// The contents of all `schema`s of endpoints.
        case schemaContents = "schema contents"
        /// The values of all files.
        case fileValues = "file values"
    }

    /// The payload as compact JSON; nil where it is too large even without those parts.
    public let text: String?
    /// What was left out, in that order.
    public let omissions: [Omission]
}

extension Workload {
    /// The copy for an annotation of at most `limit` bytes: schema contents are left out first, then file values.
    ///
    /// Kubernetes allows an object 256 KiB of annotations in all, keys and values together.
    public func annotation(limit: Int) -> WorkloadAnnotation {
        let steps: [[WorkloadAnnotation.Omission]] = [[], [.schemaContents], [.schemaContents, .fileValues]]
        for omissions in steps {
            let text = payload(leavingOut: Set(omissions)).text()
            if text.utf8.count <= limit { return WorkloadAnnotation(text: text, omissions: omissions) }
        }
        return WorkloadAnnotation(text: nil, omissions: [.schemaContents, .fileValues])
    }
}
