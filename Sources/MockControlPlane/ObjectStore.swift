import JSON

/// A namespace and a name, compared byte by byte.
struct ObjectKey: Hashable, Sendable {
    let namespace: String
    let name: String

    static func == (left: ObjectKey, right: ObjectKey) -> Bool {
        left.namespace.isIdentical(to: right.namespace) && left.name.isIdentical(to: right.name)
    }

    func hash(into hasher: inout Hasher) {
        for byte in name.utf8 { hasher.combine(byte) }
    }
}

/// The objects of one kind.
struct ObjectStore: Sendable {
    private var objects: [ObjectKey: JSONValue] = [:]

    /// The keys of all objects, in no order.
    var keys: [ObjectKey] { Array(objects.keys) }

    /// The objects of a namespace of which the condition holds, in order of their names.
    func values(in namespace: String, where isMeant: (JSONValue) -> Bool = { _ in true }) -> [JSONValue] {
        // A list of one component's leaves most out, and those are not worth a place in the order.
        objects.filter { $0.key.namespace.isIdentical(to: namespace) && isMeant($0.value) }
            .sorted { $0.key.name < $1.key.name }.map(\.value)
    }

    /// The object of that key; setting nil removes it.
    subscript(key: ObjectKey) -> JSONValue? {
        get { objects[key] }
        set { objects[key] = newValue }
    }
}

extension ControlPlaneState {
    /// An object with everything in it that the server makes, where it is not there yet.
    mutating func complete(_ source: JSONValue, _ key: ObjectKey, kind: String) -> JSONValue {
        var object = source.object ?? JSONObject()
        object["apiVersion"] = "openchoreo.dev/v1alpha1"
        object["kind"] = .string(kind)
        object["status"] = object["status"] ?? [:]
        let metadata = source["metadata"]
        return JSONValue.object(object).mergingMetadata([
            ("name", .string(key.name)),
            ("namespace", .string(key.namespace)),
            ("uid", metadata?["uid"] ?? .string(makeUID())),
            ("creationTimestamp", metadata?["creationTimestamp"] ?? .string(configuration.creationTimestamp)),
        ])
    }
}

extension JSONValue {
    /// The same object with spec, labels and annotations from a body, absent where the body has none.
    func replacingContents(by body: JSONObject) -> JSONValue {
        var object = object ?? JSONObject()
        object["spec"] = body["spec"]
        return JSONValue.object(object).mergingMetadata([
            ("labels", body["metadata"]?["labels"]),
            ("annotations", body["metadata"]?["annotations"]),
        ])
    }

    /// The same object with these members of its metadata set, or removed where they are nil.
    fileprivate func mergingMetadata(_ members: [(String, JSONValue?)]) -> JSONValue {
        var object = object ?? JSONObject()
        var metadata = object["metadata"]?.object ?? JSONObject()
        for (name, value) in members { metadata[name] = value }
        object["metadata"] = .object(metadata)
        return .object(object)
    }
}
