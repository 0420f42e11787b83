import JSON

extension ControlPlaneState {
    /// A namespace that exists and takes new objects.
    func checkNamespace(_ write: KubernetesWrite) throws(Refusal) {
        guard write.kind.isNamespaced else { return }
        let namespace = write.key.object.namespace
        let held = kubernetes.objects[
            KubernetesKey(resource: "namespaces", object: ObjectKey(namespace: "", name: namespace))]
        if held == nil, let existing = configuration.kubernetes.existingNamespaces, !existing.contains(namespace) {
            throw .status(
                404, "NotFound", "namespaces \"\(namespace)\" not found", Refusal.details("", "namespaces", namespace))
        }
        guard held?.content["metadata"]?["deletionTimestamp"] != nil else { return }
        let cause = Refusal.Cause(
            reason: "NamespaceTerminating", message: "namespace \(namespace) is being terminated",
            field: "metadata.namespace")
        throw .status(
            403, "Forbidden",
            "\(write.kind.resource) \"\(write.key.object.name)\" is forbidden: unable to create new content in namespace "
                + "\(namespace) because it is being terminated",
            Refusal.details(write.kind.group, write.kind.plural, write.key.object.name), causes: [cause])
    }

    /// Makes what the server makes, keeps the books on who owns what, and stores it unless it is a dry run.
    mutating func store(
        _ write: KubernetesWrite, _ object: JSONObject, over old: KubernetesObject?, managers: [FieldManager]?,
        status: Int
    ) throws(Refusal) -> MockControlPlane.Response {
        var content = object
        let metadata = old?.content["metadata"]
        content["apiVersion"] = .string(write.kind.apiVersion)
        content["kind"] = .string(write.kind.kind)
        if write.kind.hasStatus { content["status"] = old?.content["status"] }
        var made = JSONValue.object(content)
        for (name, value) in [
            ("name", .string(write.key.object.name)),
            ("namespace", write.kind.isNamespaced ? .string(write.key.object.namespace) : nil),
            ("creationTimestamp", metadata?["creationTimestamp"] ?? .string(configuration.creationTimestamp)),
            ("uid", metadata?["uid"] ?? .string(makeUID())), ("deletionTimestamp", metadata?["deletionTimestamp"]),
            ("resourceVersion", metadata?["resourceVersion"]), ("generation", metadata?["generation"]),
            ("managedFields", nil), ("selfLink", nil),
        ] as [(String, JSONValue?)] {
            made = made.settingMetadata(name, value)
        }
        for name in ["labels", "annotations"] where made["metadata"]?[name]?.object?.isEmpty == true {
            made = made.settingMetadata(name, nil)
        }
        var new = KubernetesObject(content: made)
        new.managers = managers ?? updated(old, made, write)
        if let old, Self.isUnchanged(old, new) { return write.response(status, old.shown) }
        let oldGeneration = metadata?["generation"]?.integer ?? 0
        if write.kind.hasGeneration, old.map({ Self.desired($0.content) != Self.desired(made) }) ?? true {
            new.content = new.content.settingMetadata("generation", .number(JSONNumber(oldGeneration + 1)))
        }
        if write.isDryRun { return write.response(status, new.shown) }
        guard new.shown.storedSize <= ObjectMetadata.maximumObjectSize else {
            throw .status(500, nil, "etcdserver: request is too large")
        }
        kubernetes.lastVersion += 1
        new.content = new.content.settingMetadata("resourceVersion", .string(String(kubernetes.lastVersion)))
        kubernetes.objects[write.key] = new
        if write.kind.plural == MockControlPlane.KubernetesKind.definition.plural {
            kubernetes.register(
                MockControlPlane.KubernetesKind.kinds(of: new.content),
                after: configuration.kubernetes.requestsUntilServed)
        }
        return write.response(status, new.shown)
    }

    /// Who owns what after an update: what it changed belongs to its manager, what is gone to none.
    private func updated(_ old: KubernetesObject?, _ new: JSONValue, _ write: KubernetesWrite) -> [FieldManager] {
        let schema = write.kind.schema
        let before = old?.content.fields(schema, containers: true) ?? []
        let after = new.fields(schema, containers: true)
        let leaves = new.fields(schema, containers: false)
        let changed = after.filter {
            !before.contains($0)
                || leaves.contains($0) && old?.content.value(at: $0[...], schema) != new.value(at: $0[...], schema)
        }
        var managers = old?.managers ?? []
        for index in managers.indices {
            managers[index].fields.subtract(before.subtracting(after))
            managers[index].fields.subtract(changed)
        }
        guard !changed.isEmpty else { return managers.filter { !$0.fields.isEmpty } }
        var own = FieldManager(
            name: write.updateManager, operation: .update, apiVersion: write.kind.apiVersion,
            time: configuration.creationTimestamp, fields: FieldSet(changed))
        own.fields.formUnion(managers.first { $0.isSame(as: own) }?.fields ?? [])
        return managers.filter { !$0.isSame(as: own) && !$0.fields.isEmpty } + [own]
    }

    /// Whether nothing is written: neither the object nor who owns it differs.
    private static func isUnchanged(_ old: KubernetesObject, _ new: KubernetesObject) -> Bool {
        func books(_ object: KubernetesObject) -> Set<String> {
            Set(object.managers.map { $0.json.text() })
        }
        return old.content == new.content && books(old) == books(new)
    }

    /// The part of an object that generations count.
    private static func desired(_ content: JSONValue) -> JSONValue {
        .object(JSONObject((content.object?.members ?? []).filter { !["metadata", "status"].contains($0.name) }))
    }
}
