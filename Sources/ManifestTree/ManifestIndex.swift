public import Checkout
public import JSON
import Objects
import System
import Text
import YAML

/// An object in a manifest of a tree, and where in its file it stands.
public struct FoundManifest: Sendable {
    /// The file, relative to the tree.
    public let path: String
    /// The object, aliases and merge keys resolved.
    public let object: JSONValue
    let document: Int
    let steps: [YAMLEditor.Step]
    /// Where it begins.
    let mark: YAMLMark

    var kind: String { object["kind"]?.string ?? "" }
    /// Its name.
    public var name: String { object[path: ["metadata", "name"]]?.string ?? "" }
    /// The owner, as project and component; nil where it names none.
    var owner: (project: String?, component: String?)? {
        guard let owner = object[path: ["spec", "owner"]]?.object else { return nil }
        return (owner["projectName"]?.string, owner["componentName"]?.string)
    }

    /// Whether it is of the same API group, in whatever version, and of that kind.
    func isOf(_ group: String, _ kind: String) -> Bool {
        self.kind.isExactly(kind) && object.apiGroup.isExactly(group)
    }

    /// Whether it may be in that namespace: one that names none is in whichever it is applied to.
    func isIn(_ namespace: String?) -> Bool {
        guard let own = object[path: ["metadata", "namespace"]]?.string, let namespace else { return true }
        return own.isExactly(namespace)
    }

    var folder: String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
    }
}

/// Every object of a tree's manifests, read once.
public final class ManifestIndex {
    /// The tree.
    public let tree: SourceTree
    /// What was left alone, a line each.
    public private(set) var warnings: [String] = []
    private(set) var manifests: [FoundManifest] = []
    /// The places of new files, be they written or only planned.
    var taken: Set<String> = []
    private var seen: Set<SourceTree.FileIdentity> = []
    private var linked: [String] = []

    /// More than any manifest that a cluster takes.
    static let limits = YAMLLimits(bytes: 16 << 20, keyBytes: 1 << 10, depth: 100, nodes: 1_000_000)
    private let kinds: Set<String>

    /// Reads the manifests of some kinds below a path, which may be a file; none where nothing is there.
    public init(_ tree: SourceTree, below path: String, kinds: Set<String>) throws(Problem) {
        self.tree = tree
        self.kinds = kinds
        var path = Self.simplified(path)
        if path.hasSuffix("/") && path.utf8.count > 1 { path.removeLast() }
        do throws(SourceTreeError) {
            switch try tree.kind(of: path, from: ".") {
            case .folder: try search(path == "." ? "" : path + "/", depth: 0)
            case .regular: read(path, isNamed: true)
            case nil: break
            case let kind?: throw .notARegularFile(path, kind)
            }
        } catch {
            throw Problem(error)
        }
        // A file that has a name of its own in the tree goes by that.
        for path in linked { read(path, isNamed: true) }
    }

    /// A relative path without what means nothing in it; a slash at its end stays, `.` is the root.
    static func simplified(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        let names = path.split(separator: "/").filter { $0 != "." }
        return names.isEmpty ? "." : names.joined(separator: "/") + (path.hasSuffix("/") ? "/" : "")
    }

    private func search(_ folder: String, depth: Int) throws(SourceTreeError) {
        let names = try tree.names(in: folder.isEmpty ? "." : folder)
        if names.contains(where: { $0.name == "Chart.yaml" && !$0.mayBeFolder }) {
            let chart = folder.isEmpty ? "." : String(folder.dropLast())
            return warn(chart, "a Helm chart, whose templates are no manifests, is left alone")
        }
        for (name, mayBeFolder) in names {
            if mayBeFolder && name.utf8.first != UInt8(ascii: ".") && name != "node_modules" && depth < 100 {
                do throws(SourceTreeError) { try search("\(folder)\(name)/", depth: depth + 1) } catch {
                    guard case .notAFolder = error else {
                        warnings.append(Problem(error).text)
                        continue
                    }
                    read("\(folder)\(name)")
                }
            } else if !mayBeFolder {
                read("\(folder)\(name)")
            }
        }
    }

    /// Reads a file that is named, or whose name says that it may be a manifest.
    private func read(_ path: String, isNamed: Bool = false) {
        let lower = path.lowercased()
        let isJSON = lower.hasSuffix(".json")
        let isManifest =
            isJSON || lower.hasSuffix(".yaml") || lower.hasSuffix(".yml") || path.hasSuffix("Kustomization")
        guard isNamed || isManifest else { return }
        do throws(SourceTreeError) {
            let (bytes, identity, isLinked) = try tree.file(path, limit: Self.limits.bytes)
            guard isNamed || !isLinked else { return linked.append(path) }
            guard seen.insert(identity).inserted else { return }
            // Other JSON than manifests may be in any dialect.
            if isJSON && !bytes.contains("\"apiVersion\"".utf8) { return }
            index(bytes, at: path)
        } catch {
            warnings.append(Problem(error).text)
        }
    }

    /// Takes in what stands in a file by now, in the place of what was known of it.
    func index(again bytes: [UInt8], at path: String) {
        manifests.removeAll { $0.path.isExactly(path) }
        index(bytes, at: path)
    }

    private func index(_ bytes: [UInt8], at path: String) {
        do throws(YAMLProblem) {
            for (position, root) in try YAMLDocument.positioned(in: bytes, limits: Self.limits) {
                try add(root, at: path, document: position, steps: [])
            }
        } catch {
            warn(path, "left alone: \(error)")
        }
    }

    private func add(
        _ node: YAMLNode, at path: String, document: Int, steps: [YAMLEditor.Step]
    ) throws(YAMLProblem) {
        guard case .mapping(let entries) = node.content,
            case .scalar(let kind)? = entries.first(where: { $0.key.isExactly("kind") })?.value.content
        else { return }
        if kind.text.isExactly("List"),
            case .sequence(let items)? = entries.first(where: { $0.key.isExactly("items") })?.value.content
        {
            for (position, item) in items.enumerated() {
                try add(item, at: path, document: document, steps: steps + [.key("items"), .index(position)])
            }
        } else if kinds.contains(kind.text) {
            let object = try JSONValue(asKubernetesReads: node)
            manifests.append(
                FoundManifest(path: path, object: object, document: document, steps: steps, mark: node.mark))
        }
    }

    /// What a path leads to; nil where nothing is there.
    func kind(of path: String) throws(Problem) -> FileKind? {
        do throws(SourceTreeError) { return try tree.kind(of: path, from: ".") } catch { throw Problem(error) }
    }

    func warn(_ path: String, _ text: String) {
        warnings.append("\(Printable.line(path)): \(text)")
    }

    /// Forgets the warnings, which have been passed on.
    public func takeWarnings() -> [String] {
        defer { warnings = [] }
        return warnings
    }
}

extension JSONValue {
    /// The API group of a manifest; empty for the core.
    var apiGroup: String {
        let version = self["apiVersion"]?.string ?? ""
        return version.split(separator: "/", omittingEmptySubsequences: false).dropLast().first.map(String.init) ?? ""
    }
}

extension Problem {
    /// What keeps a file of the tree from being read or written.
    init(_ error: SourceTreeError) {
        var kind = Kind.unreadableInput
        if case .unwritable = error { kind = .unwritableOutput }
        let text =
            switch error {
            case .outside(let path): "\(Quoted(path)) leads outside the tree; name a path inside of it"
            case .absolutePath(let path): "\(Quoted(path)) is an absolute path; write it relative to the tree"
            default: "\(error)"
            }
        self.init(kind, at: "", text, cause: error)
    }
}
