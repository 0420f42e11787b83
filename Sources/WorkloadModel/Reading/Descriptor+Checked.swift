import JSON

extension Descriptor {
    /// The descriptor whose sections have been checked.
    init(_ root: CheckedMapping) {
        let sent = root.sent
        var spec = JSONObject()
        spec["endpoints"] = sent["endpoints"]
        var dependencies = sent["dependencies"]?.object ?? JSONObject()
        // The former name holds the same entries, and never beside the present one.
        if let former = root.value("connections"), !former.isEmpty { dependencies["endpoints"] = former }
        spec["dependencies"] = dependencies.isEmpty ? nil : .object(dependencies)
        self.init(spec: spec, container: sent["container"]?.object ?? JSONObject())
    }
}
