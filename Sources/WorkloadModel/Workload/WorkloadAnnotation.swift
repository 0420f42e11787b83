import JSON

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
        var copy = payload
        var size = copy.serializedCount
        var omissions: [WorkloadAnnotation.Omission] = []
        for omission in [WorkloadAnnotation.Omission.schemaContents, .fileValues] where size > limit {
            let shorter = copy.leavingOut(omission)
            let shorterSize = shorter.serializedCount
            // Where there is nothing of that kind, nothing was left out.
            if shorterSize < size { omissions.append(omission) }
            copy = shorter
            size = shorterSize
        }
        // Only what fits is written: a Workload may have a megabyte.
        return WorkloadAnnotation(text: size > limit ? nil : copy.text(), omissions: omissions)
    }
}

extension JSONValue {
    /// A Workload's payload without those parts.
    fileprivate func leavingOut(_ omission: WorkloadAnnotation.Omission) -> JSONValue {
        var payload = self
        switch omission {
        case .schemaContents:
            let endpoints = payload["spec"]["endpoints"]?.object?.members.map { endpoint in
                var endpoint = endpoint
                endpoint.value["schema"]["content"] = nil
                if endpoint.value["schema"] == [:] { endpoint.value["schema"] = nil }
                return endpoint
            }
            payload["spec"]["endpoints"] = endpoints.map { .object(JSONObject($0)) }
        case .fileValues:
            let files = payload["spec"]["container"]["files"]?.array?.map { file in
                var file = file
                file["value"] = nil
                return file
            }
            payload["spec"]["container"]["files"] = files.map { .array($0) }
        }
        return payload
    }
}
