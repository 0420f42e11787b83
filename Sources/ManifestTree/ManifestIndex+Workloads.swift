import Checkout
import JSON
public import Objects
import Text

/// Which Workload of a tree is meant.
public struct WorkloadPlace: Sendable {
    /// Where it belongs.
    public let namespace: String, project: String, component: String
    /// Its name where no Workload of the component is found.
    public let name: String
    /// The file or folder that the search is confined to and a new file goes to.
    public let path: String?

    /// The Workload of a component.
    public init(namespace: String, project: String, component: String, name: String, path: String?) {
        (self.namespace, self.project, self.component) = (namespace, project, component)
        (self.name, self.path) = (name, path)
    }
}

extension ManifestIndex {
    /// What has to be known of a tree to find a component's Workload in it.
    public static let workloadKinds: Set = ["Workload", "Component"]

    private static let group = "openchoreo.dev"
    private static let file = "workload.yaml"

    /// The Workload of a component as the tree has it, or the place for a new one.
    ///
    /// `renames` says that its name is to change.
    public func workload(_ place: WorkloadPlace, renames: Bool, isDryRun: Bool) throws(Problem) -> TreeObject {
        var written = [["spec"], ["metadata", "labels"], ["metadata", "annotations"]]
        if renames { written.append(["metadata", "name"]) }
        let found = try find(place)
        let path = if let found { found.path } else { try newPath(place) }
        let object = TreeObject(self, at: path, found: found, written: written, isDryRun: isDryRun)
        object.ignoresEmpty = true
        return object
    }

    private func find(_ place: WorkloadPlace) throws(Problem) -> FoundManifest? {
        let workloads = manifests.filter { $0.isOf(Self.group, "Workload") && $0.isIn(place.namespace) }
        let owned = workloads.filter { $0.owner.map { $0 == (place.project, place.component) } ?? false }
        let named = workloads.filter { $0.name.isExactly(place.name) }
        // A patch of an overlay names no owner, and is not the Workload while that is there.
        let bases = named.filter { $0.owner != nil }
        return try one(of: owned.isEmpty ? bases.isEmpty ? named : bases : owned)
    }

    func one(of found: [FoundManifest]) throws(Problem) -> FoundManifest? {
        guard found.count > 1 else { return found.first }
        let places = found.prefix(2).map { "\(Printable.line($0.path)):\($0.mark.line)" }.joined(separator: " and ")
        throw Problem(
            .invalid, at: "", "two manifests hold the \(found[0].kind) \(Printable.line(found[0].name)): \(places)",
            cause: TreeProblem.severalManifests)
    }

    private func newPath(_ place: WorkloadPlace) throws(Problem) -> String {
        let components = manifests.filter {
            $0.isOf(Self.group, "Component") && $0.name.isExactly(place.component) && $0.isIn(place.namespace)
                && $0.owner?.project.map { $0.isExactly(place.project) } ?? true
        }
        if let component = try one(of: components) {
            return component.folder == "." ? Self.file : "\(component.folder)/\(Self.file)"
        }
        if let path = place.path { return try newPath(below: path, file: Self.file) }
        let hasProjects = try kind(of: "projects") == .folder
        let isFlat = try hasProjects ? kind(of: "namespaces") == nil : false
        let parts = ["projects", place.project, "components", place.component, Self.file]
        return ((isFlat ? [] : ["namespaces", place.namespace]) + parts).joined(separator: "/")
    }
}

extension ManifestIndex {
    /// A path that is named for a file, or that file in a folder that is named.
    func newPath(below path: String, file: String) throws(Problem) -> String {
        let path = Self.simplified(path)
        if path == "." { return file }
        if path.hasSuffix("/") { return path + file }
        return try kind(of: path) == .folder ? "\(path)/\(file)" : path
    }
}

/// What about a tree takes another parameter to be settled.
public enum TreeProblem: Error, Sendable {
    /// Two manifests hold what only one should.
    case severalManifests
    /// Something else is in the place for a new object.
    case placeIsTaken
    /// Nothing says where a new object goes.
    case noPlace
}
