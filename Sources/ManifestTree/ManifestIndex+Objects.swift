public import JSON
import Objects
import Text

extension ManifestIndex {
    /// The object of that kind and name as the tree has it, or the place for a new one, which only a path can give.
    public func object(
        like manifest: JSONValue, path: String?, isDryRun: Bool
    ) throws(Problem) -> TreeObject {
        let kind = manifest["kind"]?.string ?? ""
        let name = manifest[path: ["metadata", "name"]]?.string ?? ""
        let namespace = manifest[path: ["metadata", "namespace"]]?.string
        let found = manifests.filter {
            $0.isOf(manifest.apiGroup, kind) && $0.name.isExactly(name) && $0.isIn(namespace)
        }
        let place: String
        if let found = try one(of: found) {
            place = found.path
        } else {
            guard let path else {
                throw Problem(.invalid, at: "", "the tree has no \(kind) \(name)", cause: TreeProblem.noPlace)
            }
            place = try newPath(below: path, file: "\(kind.lowercased())-\(name).yaml")
        }
        let members = manifest.object?.members.map { [$0.name] } ?? []
        return TreeObject(self, at: place, found: found.first, written: members, isDryRun: isDryRun)
    }
}

extension TreeObject {
    /// Merges a manifest into the object, which is created where there is none.
    ///
    /// Mappings are merged, and what the tree has beyond the manifest stays; lists and scalars are replaced.
    public func merge(_ manifest: JSONValue) throws(Problem) -> WriteAction {
        guard let live = found?.object else {
            _ = try create(manifest)
            return .created
        }
        _ = try replace("", with: live.merged(with: manifest), live: live)
        return changes.isEmpty ? .unchanged : .updated
    }
}

extension JSONValue {
    fileprivate func merged(with other: JSONValue) -> JSONValue {
        guard case .object(var object) = self, let others = other.object else { return other }
        for member in others.members {
            object[member.name] = object[member.name]?.merged(with: member.value) ?? member.value
        }
        return .object(object)
    }
}
