import JSON

extension ControlPlaneState {
    /// Responds to a request to the Kubernetes API.
    mutating func perform(_ call: KubernetesCall, _ request: HTTPRequest) throws(Refusal) -> MockControlPlane.Response {
        let user = try kubernetesUser(request)
        kubernetes.serveUpcoming()
        switch call.action {
        case .versions: return .json(200, ["kind": "APIVersions", "versions": ["v1"]])
        case .groups: return .json(200, kubernetes.groupList)
        case .review: return try review(request, user)
        case .unknownMethod:
            throw .status(405, "MethodNotAllowed", "the server does not allow this method on the requested resource")
        default: break
        }
        defer { kubernetes.countRequest(group: call.group, version: call.version) }
        guard call.action != .resources else {
            guard let list = kubernetes.resourceList(call.group, call.version) else { throw .notServed }
            return .json(200, list)
        }
        guard
            let kind = kubernetes.kinds.first(where: {
                $0.group == call.group && $0.version == call.version && $0.plural == call.plural
            }), kind.isNamespaced == (call.namespace != nil)
        else { throw .notServed }
        let key = KubernetesKey(
            resource: kind.resource, object: ObjectKey(namespace: call.namespace ?? "", name: call.name ?? ""))
        let write = try KubernetesWrite(call, kind, key, request, user)
        try authorize(user, call.verb, write)
        switch call.action {
        case .get: return .json(200, try read(write))
        case .create: return try create(write)
        case .replace: return try replace(write)
        case .apply: return try apply(write)
        default: return try mergePatch(write)
        }
    }

    /// The user of a request: whom its token or its certificate stands for.
    private mutating func kubernetesUser(_ request: HTTPRequest) throws(Refusal) -> String {
        let values = request.headers.values(of: "Authorization")
        guard let value = values.first else { return configuration.kubernetes.certificateUser ?? "system:anonymous" }
        guard values.count == 1, let token = value.credentials(of: "Bearer"),
            configuration.acceptedTokens.contains(where: token.isIdentical) || tokens.use(token)
        else { throw .status(401, "Unauthorized", "Unauthorized") }
        return configuration.kubernetes.user
    }

    /// Whether a user may do that; who is anonymous may nothing.
    private func isAllowed(_ user: String, _ verb: String, _ plural: String) -> Bool {
        user != "system:anonymous" && !configuration.kubernetes.denied.contains("\(verb) \(plural)")
    }

    func authorize(_ user: String, _ verb: String, _ write: KubernetesWrite) throws(Refusal) {
        let kind = write.kind
        guard !isAllowed(user, verb, kind.plural) else { return }
        let name = write.action == .create ? "" : write.key.object.name
        let what = name.isEmpty ? kind.resource : "\(kind.resource) \"\(name)\""
        let place = kind.isNamespaced ? "in the namespace \"\(write.key.object.namespace)\"" : "at the cluster scope"
        throw .status(
            403, "Forbidden",
            "\(what) is forbidden: User \"\(user)\" cannot \(verb) resource \"\(kind.plural)\" in API group "
                + "\"\(kind.group)\" \(place)", Refusal.details(kind.group, kind.plural, name))
    }

    /// A SelfSubjectAccessReview.
    private func review(_ request: HTTPRequest, _ user: String) throws(Refusal) -> MockControlPlane.Response {
        var body = try KubernetesWrite.decode(request, "SelfSubjectAccessReview")
        let asked = body["spec"]?["resourceAttributes"]
        let allowed = isAllowed(user, asked?["verb"]?.string ?? "", asked?["resource"]?.string ?? "")
        body["status"] = allowed ? ["allowed": true, "reason": "RBAC: allowed by RoleBinding"] : ["allowed": false]
        return .json(201, .object(body))
    }

    private mutating func read(_ write: KubernetesWrite) throws(Refusal) -> JSONValue {
        guard var object = kubernetes.objects[write.key] else { throw write.notFound }
        object.reads += 1
        let isDefined = !kubernetes.upcoming.contains {
            $0.kind.plural == object.content["spec"]?["names"]?["plural"]?.string
        }
        let status: JSONValue? =
            write.kind.plural == MockControlPlane.KubernetesKind.definition.plural
            ? ["conditions": [["type": "Established", "status": isDefined ? "True" : "False"]]]
            : configuration.kubernetes.status?(write.kind.kind, object.content, object.reads)
        if let status, var content = object.content.object, content["status"] != status {
            content["status"] = status
            kubernetes.lastVersion += 1
            object.content = JSONValue.object(content)
                .settingMetadata("resourceVersion", .string(String(kubernetes.lastVersion)))
        }
        kubernetes.objects[write.key] = object
        return object.shown
    }

    private mutating func create(_ write: KubernetesWrite) throws(Refusal) -> MockControlPlane.Response {
        let object = try write.object()
        try checkNamespace(write)
        let key = KubernetesKey(
            resource: write.key.resource,
            object: ObjectKey(namespace: write.key.object.namespace, name: object["metadata"]?["name"]?.string ?? ""))
        try write.validate(object, old: nil)
        if let old = kubernetes.objects[key] {
            let isDeleted = old.content["metadata"]?["deletionTimestamp"] != nil
            throw .status(
                409, "AlreadyExists",
                "\(isDeleted ? "object is being deleted: " : "")\(write.kind.resource) \"\(key.object.name)\" already exists",
                Refusal.details(write.kind.group, write.kind.plural, key.object.name))
        }
        return try store(write.at(key), object, over: nil, managers: nil, status: 201)
    }

    private mutating func replace(_ write: KubernetesWrite) throws(Refusal) -> MockControlPlane.Response {
        guard !write.key.object.name.isEmpty else { throw .badRequestStatus("name must be provided") }
        let object = try write.object()
        guard let old = kubernetes.objects[write.key] else { throw write.notFound }
        try write.checkVersion(object["metadata"], old.content, isRequired: true)
        try write.validate(object, old: old.content)
        return try store(write, object, over: old, managers: nil, status: 200)
    }

    private mutating func mergePatch(_ write: KubernetesWrite) throws(Refusal) -> MockControlPlane.Response {
        guard write.action == .mergePatch else { throw write.unsupportedPatch }
        guard let old = kubernetes.objects[write.key] else { throw write.notFound }
        let patch = try write.anyObject()
        try write.checkVersion(patch["metadata"], old.content, isRequired: false)
        guard let patched = old.content.mergePatched(.object(patch)).object else { throw write.notFound }
        let object = try write.pruned(patched)
        try write.validate(object, old: old.content)
        return try store(write, object, over: old, managers: nil, status: 200)
    }

    /// Server-side apply.
    private mutating func apply(_ write: KubernetesWrite) throws(Refusal) -> MockControlPlane.Response {
        guard let manager = write.fieldManager else {
            let message = "Required value: is required for apply patch"
            let cause = Refusal.Cause(reason: "FieldValueRequired", message: message, field: "fieldManager")
            throw .invalid("PatchOptions.meta.k8s.io", "", [cause])
        }
        let applied = try write.appliedObject()
        let old = kubernetes.objects[write.key]
        if let old {
            try write.checkVersion(applied["metadata"], old.content, isRequired: false)
        } else {
            try authorize(write.user, "create", write)
            try checkNamespace(write)
        }
        let schema = write.kind.schema
        var own = FieldManager(
            name: manager, operation: .apply, apiVersion: write.kind.apiVersion, time: configuration.creationTimestamp)
        own.fields = JSONValue.object(applied).fields(schema, containers: false)
        let others = (old?.managers ?? []).filter { !$0.isSame(as: own) }
        let live = old?.content ?? .object(JSONObject())
        let conflicts = others.flatMap { other in
            own.fields.intersection(other.fields).filter {
                live.value(at: $0[...], schema) != JSONValue.object(applied).value(at: $0[...], schema)
            }.map { (other, $0.fieldPath, $0) }
        }.sorted { $0.1 < $1.1 }
        if !conflicts.isEmpty, write.call["force"] != "true" { throw .applyConflict(conflicts.map { ($0.0, $0.1) }) }
        var managers = others
        for index in managers.indices {
            for (other, _, path) in conflicts where other.isSame(as: managers[index]) {
                managers[index].fields.remove(path)
            }
        }
        managers.removeAll(where: \.fields.isEmpty)
        let dropped = (old?.managers ?? []).first { $0.isSame(as: own) }?.fields.withContainers ?? []
        let kept = managers.reduce(own.fields.withContainers) { $0.union($1.fields.withContainers) }
        var merged = live.applying(.object(applied), schema)
        // Entries of lists go as a whole, before the keys by which they differ; what holds others goes after those.
        let gone = dropped.subtracting(kept)
        let entries = gone.filter { $0.last?.hasPrefix("k:") == true }
        for path in entries + gone.subtracting(entries).sorted(by: { $0.count > $1.count }) {
            merged = merged.removing(path[...], schema)
        }
        if !own.fields.isEmpty { managers.append(own) }
        let object = merged.object ?? JSONObject()
        try write.validate(object, old: old?.content)
        return try store(write, object, over: old, managers: managers, status: old == nil ? 201 : 200)
    }
}

extension Refusal {
    /// Fields that other managers own.
    fileprivate static func applyConflict(_ conflicts: [(manager: FieldManager, path: String)]) -> Refusal {
        func text(_ manager: FieldManager) -> String {
            "\"\(manager.name)\"" + (manager.operation == .update ? " using \(manager.apiVersion)" : "")
        }
        let causes = conflicts.map {
            Cause(reason: "FieldManagerConflict", message: "conflict with \(text($0.manager))", field: $0.path)
        }
        let message: String
        if conflicts.count == 1 {
            message = "1 conflict: conflict with \(text(conflicts[0].manager)): \(conflicts[0].path)"
        } else {
            let lines = Dictionary(grouping: conflicts, by: { text($0.manager) }).sorted { $0.key < $1.key }.map {
                "conflicts with \($0.key):\n" + $0.value.map { "- \($0.path)" }.joined(separator: "\n")
            }
            message = "\(conflicts.count) conflicts: " + lines.joined(separator: "\n")
        }
        return status(409, "Conflict", "Apply failed with \(message)", causes: causes)
    }
}
