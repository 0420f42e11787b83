import JSON

extension MockControlPlane {
    /// How the Kubernetes API responds while nothing goes wrong.
    public struct KubernetesConfiguration: Sendable {
        /// The kinds that are served beside the core's and OpenChoreo's, as if their definitions had been applied.
        public var kinds: [KubernetesKind] = []
        /// Whom a token stands for.
        public var user = "publisher"
        /// Whom a request without a token stands for, a client certificate having been checked before; nil is anonymous.
        public var certificateUser: String?
        /// The rights that are missing, each a verb and a plural: `get workloads`.
        public var denied: Set<String> = []
        /// The namespaces that exist although no object says so; nil lets every namespace exist.
        public var existingNamespaces: Set<String>?
        /// How many requests for a kind are a 404 after its definition was created.
        public var requestsUntilServed = 2
        /// What a controller writes: called at each read with kind, object and how often it was read since its last
        /// write, counted from 1; what it returns is the status from then on.
        public var status: (@Sendable (_ kind: String, _ object: JSONValue, _ reads: Int) -> JSONValue?)?

        /// Everything exists and is allowed, and no controller runs.
        public init() {}
    }

    /// The objects of the Kubernetes API, as tests read and place them.
    public struct KubernetesObjects: Sendable {
        fileprivate let server: Server

        /// The object at a plural with its group (`workloads.openchoreo.dev`), a namespace (empty for none) and a name;
        /// nil deletes it.
        ///
        /// A new value is not validated; what the server makes is added to it where it is missing, and it has no field manager.
        public subscript(_ resource: String, _ namespace: String, _ name: String) -> JSONValue? {
            get {
                let key = KubernetesKey(resource: resource, object: ObjectKey(namespace: namespace, name: name))
                return server.state.withLock { $0.controlPlane.kubernetes.objects[key]?.shown }
            }
            nonmutating set {
                let key = KubernetesKey(resource: resource, object: ObjectKey(namespace: namespace, name: name))
                server.state.withLock { $0.controlPlane.place(newValue, key) }
            }
        }

        /// The paths of all objects, as `resource/namespace/name`, sorted.
        public var paths: [String] {
            server.state.withLock { state in
                state.controlPlane.kubernetes.objects.keys
                    .map { "\($0.resource)/\($0.object.namespace)/\($0.object.name)" }.sorted()
            }
        }

        /// Whether a kind of that group and version is served.
        public func serves(_ apiVersion: String, _ kind: String) -> Bool {
            server.state.withLock { state in
                state.controlPlane.kubernetes.kinds.contains { $0.apiVersion == apiVersion && $0.kind == kind }
            }
        }

        /// Serves a kind from now on.
        public func serve(_ kind: KubernetesKind) {
            server.state.withLock { $0.controlPlane.kubernetes.register([kind], after: 0) }
        }
    }

    /// The objects of the Kubernetes API.
    public var kubernetes: KubernetesObjects { KubernetesObjects(server: server) }
}

extension ControlPlaneState {
    /// Places an object without any check, or removes it.
    fileprivate mutating func place(_ value: JSONValue?, _ key: KubernetesKey) {
        guard let value, var object = value.object else {
            kubernetes.objects[key] = nil
            return
        }
        let kind = kubernetes.kinds.first { $0.resource == key.resource }
        let old = kubernetes.objects[key]?.content["metadata"]
        object["apiVersion"] = object["apiVersion"] ?? kind.map { .string($0.apiVersion) }
        object["kind"] = object["kind"] ?? kind.map { .string($0.kind) }
        var made = JSONValue.object(object)
        kubernetes.lastVersion += 1
        for (name, value) in [
            ("name", .string(key.object.name)),
            ("namespace", key.object.namespace.isEmpty ? nil : .string(key.object.namespace)),
            ("uid", made["metadata"]?["uid"] ?? old?["uid"] ?? .string(makeUID())),
            ("creationTimestamp", made["metadata"]?["creationTimestamp"] ?? .string(configuration.creationTimestamp)),
            ("generation", made["metadata"]?["generation"] ?? old?["generation"] ?? 1),
            ("managedFields", nil), ("resourceVersion", .string(String(kubernetes.lastVersion))),
        ] as [(String, JSONValue?)] {
            made = made.settingMetadata(name, value)
        }
        let managers = kubernetes.objects[key]?.managers ?? []
        kubernetes.objects[key] = KubernetesObject(content: made, managers: managers)
    }
}
