import JSON

extension KubernetesState {
    /// `GET /apis`.
    var groupList: JSONValue {
        let groups = Dictionary(grouping: kinds.filter { !$0.group.isEmpty }, by: \.group).sorted { $0.key < $1.key }
        return [
            "kind": "APIGroupList", "apiVersion": "v1",
            "groups": .array(
                groups.map { group, kinds in
                    let versions = Set(kinds.map(\.version)).sorted().map { version -> JSONValue in
                        ["groupVersion": .string("\(group)/\(version)"), "version": .string(version)]
                    }
                    return [
                        "name": .string(group), "versions": .array(versions), "preferredVersion": versions.last ?? [:],
                    ]
                }),
        ]
    }

    /// `GET /apis/{group}/{version}`; nil where that is not served.
    func resourceList(_ group: String, _ version: String) -> JSONValue? {
        let served = kinds.filter { $0.group == group && $0.version == version }
        guard let first = served.first else { return nil }
        var resources: [JSONValue] = []
        for kind in served {
            let entry: JSONValue = [
                "name": .string(kind.plural), "singularName": .string(kind.kind.lowercased()),
                "namespaced": .bool(kind.isNamespaced), "kind": .string(kind.kind),
                "verbs": ["create", "get", "patch", "update"],
            ]
            resources.append(entry)
            guard kind.hasStatus, var status = entry.object else { continue }
            status["name"] = .string("\(kind.plural)/status")
            status["singularName"] = ""
            resources.append(.object(status))
        }
        return [
            "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": .string(first.apiVersion),
            "resources": .array(resources),
        ]
    }
}
