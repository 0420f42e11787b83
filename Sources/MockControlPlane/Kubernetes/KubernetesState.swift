import JSON

/// Where an object of the Kubernetes API is.
struct KubernetesKey: Hashable, Sendable {
    /// The plural with its group.
    let resource: String
    let object: ObjectKey
}

/// An object and who owns its fields.
struct KubernetesObject: Sendable {
    /// The object as a `GET` shows it, but for managedFields.
    var content: JSONValue
    var managers: [FieldManager] = []
    /// How often it was read since it was written last.
    var reads = 0

    /// The object as a `GET` shows it.
    var shown: JSONValue {
        guard !managers.isEmpty else { return content }
        return content.settingMetadata("managedFields", .array(managers.map(\.json)))
    }
}

/// What the Kubernetes API holds and serves.
struct KubernetesState: Sendable {
    var kinds: [MockControlPlane.KubernetesKind]
    var objects: [KubernetesKey: KubernetesObject] = [:]
    var lastVersion = 271
    /// Kinds whose definition exists and that are served after so many more requests for their group and version.
    var upcoming: [(kind: MockControlPlane.KubernetesKind, requests: Int)] = []

    /// Serves the kinds of a definition, at once or after so many requests.
    mutating func register(_ made: [MockControlPlane.KubernetesKind], after requests: Int) {
        for kind in made {
            if let index = kinds.firstIndex(where: { $0.apiVersion == kind.apiVersion && $0.plural == kind.plural }) {
                kinds[index] = kind
            } else {
                upcoming.removeAll { $0.kind.apiVersion == kind.apiVersion && $0.kind.plural == kind.plural }
                upcoming.append((kind, requests))
            }
        }
        serveUpcoming()
    }

    /// Counts a request for a group and version, and serves what has waited long enough from the next one on.
    mutating func countRequest(group: String, version: String) {
        for index in upcoming.indices
        where upcoming[index].kind.group == group && upcoming[index].kind.version == version {
            upcoming[index].requests -= 1
        }
    }

    mutating func serveUpcoming() {
        kinds += upcoming.filter { $0.requests <= 0 }.map(\.kind)
        upcoming.removeAll { $0.requests <= 0 }
    }
}

extension JSONValue {
    /// The same with one member of its metadata set, or removed.
    func settingMetadata(_ name: String, _ value: JSONValue?) -> JSONValue {
        var object = object ?? JSONObject()
        var metadata = object["metadata"]?.object ?? JSONObject()
        metadata[name] = value
        object["metadata"] = .object(metadata)
        return .object(object)
    }

    /// How many bytes it takes in the store, where `<`, `>`, `&`, U+2028 and U+2029 take six each.
    var storedSize: Int {
        var size = 0
        for scalar in text().unicodeScalars {
            switch scalar {
            case "<", ">", "&", "\u{2028}", "\u{2029}": size += 6
            default: size += UTF8.width(scalar)
            }
        }
        return size
    }
}
