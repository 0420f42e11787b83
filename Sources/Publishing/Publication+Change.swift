import JSON
import Text
import WorkloadModel

extension Publication {
    /// What the update mode makes of a Workload that exists.
    var change: CreateOrUpdate.Update {
        switch update {
        case .replace: .replacement
        case .merge: .change { live throws(PublishingError) in merged(into: live) }
        case .image: .change { live throws(PublishingError) in try withNewImage(live) }
        }
    }

    /// The built Workload, with the labels and annotations that others put on the object.
    private func merged(into live: JSONValue) -> JSONValue {
        var payload = workload.payload.object ?? JSONObject()
        payload["metadata"] = .object(
            withOwnLabelsAndAnnotations(payload["metadata"]?.object ?? JSONObject(), beside: live))
        return .object(payload)
    }

    /// The object as it is, with the new image, and with the labels and annotations that were asked for.
    private func withNewImage(_ live: JSONValue) throws(PublishingError) -> JSONValue {
        try checkOwner(of: live)
        var object = live.object ?? JSONObject()
        var spec = live["spec"]?.object ?? JSONObject()
        var container = spec["container"]?.object ?? JSONObject()
        container["image"] = workload.payload["spec"]?["container"]?["image"]
        spec["container"] = .object(container)
        object["spec"] = .object(spec)
        object["metadata"] = .object(
            withOwnLabelsAndAnnotations(live["metadata"]?.object ?? JSONObject(), beside: live))
        return .object(object)
    }

    private func withOwnLabelsAndAnnotations(_ metadata: JSONObject, beside live: JSONValue) -> JSONObject {
        var metadata = metadata
        for field in ["labels", "annotations"] {
            let theirs = live["metadata"]?[field]?.object?.members ?? []
            let own = workload.payload["metadata"]?[field]?.object?.members ?? []
            var values = JSONObject()
            // One by one, so that a key that a careless server repeats is not sent back twice.
            for member in theirs + own { values[member.name] = member.value }
            if !values.isEmpty { metadata[field] = .object(values) }
        }
        return metadata
    }

    /// Nothing in such an update names the owner, so the server would not notice a foreign one.
    private func checkOwner(of live: JSONValue) throws(PublishingError) {
        guard let owner = live["spec"]?["owner"], let expected = workload.payload["spec"]?["owner"] else { return }
        func text(_ owner: JSONValue) -> String {
            ["projectName", "componentName"].map { Printable.line(owner[$0]?.string ?? "?", limit: 63) }
                .joined(separator: "/")
        }
        guard owner["projectName"] != expected["projectName"] || owner["componentName"] != expected["componentName"]
        else { return }
        throw .foreignOwner(name: workload.parameters.workloadName, owner: text(owner), expected: text(expected))
    }
}
