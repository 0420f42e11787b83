import Checkout
public import JSON
public import Objects
import Text
import YAML

/// One object of a tree as a collection of one: the manifest that holds it, or the place for a new one.
public final class TreeObject: ObjectCollection {
    /// A file that was, or would be, written.
    public struct Change: Sendable {
        /// The file, relative to the tree.
        public let path: String
        /// What was in it; nil for a new one.
        public let before: [UInt8]?
        /// What is in it.
        public let after: [UInt8]
    }

    /// The file that holds the object, or is to hold it.
    public let path: String
    /// The object that is there.
    public let found: FoundManifest?
    /// What was written, or would be.
    public private(set) var changes: [Change] = []

    private let index: ManifestIndex
    /// The values that an update may write.
    private let written: [MemberPath]
    private let isDryRun: Bool

    init(_ index: ManifestIndex, at path: String, found: FoundManifest?, written: [MemberPath], isDryRun: Bool) {
        (self.index, self.path, self.found, self.written, self.isDryRun) = (index, path, found, written, isDryRun)
    }

    /// Reads the object.
    public func read(_ name: String) -> Reading {
        found.map { .found($0.object) } ?? .absent(Problem(.absent, at: path, "there is no such object"))
    }

    /// Writes a file of its own for the object, and names it in the kustomization beside it.
    public func create(_ object: JSONValue) throws(Problem) -> Creation {
        if found != nil { return .exists }
        guard try index.kind(of: path) == nil else {
            throw Problem(
                .invalid, at: Printable.line(path), "something else stands in the place for the new object",
                cause: TreeProblem.placeIsTaken)
        }
        let text: String
        do throws(YAMLWritingError) { text = try object.yaml } catch {
            throw Problem(.invalid, at: Printable.line(path), "\(error)")
        }
        try write(Array(text.utf8), over: nil, to: path)
        try list(path)
        return .created(stored: object)
    }

    /// Changes the values in which the object differs, and no other byte of its file.
    public func replace(
        _ name: String, with object: JSONValue, live: JSONValue?
    ) throws(Problem) -> Replacement {
        guard let found else { return .absent(Problem(.absent, at: path, "there is no such object")) }
        let differences = Differences(from: found.object, to: object, at: written, below: found.steps)
        try edit(path, of: found.document) { _ in differences.changes }
        return .replaced(stored: object)
    }

    private func edit(
        _ path: String, of document: Int,
        _ changes: (YAMLSyntax) -> [(path: [YAMLEditor.Step], change: YAMLEditor.Change)]
    ) throws(Problem) {
        let before: [UInt8]
        do throws(SourceTreeError) {
            before = try index.tree.file(path, limit: ManifestIndex.limits.bytes).bytes
        } catch {
            throw Problem(error)
        }
        let shown = Printable.line(path)
        var editor: YAMLEditor
        do throws(YAMLProblem) { editor = try YAMLEditor(before, limits: ManifestIndex.limits) } catch {
            throw Problem(.invalid, at: "\(shown):\(error.mark.line):\(error.mark.column)", error.message)
        }
        let changes = editor.documents.indices.contains(document) ? changes(editor.documents[document]) : []
        if changes.isEmpty { return }
        guard SOPSSeal(editor.documents) == nil else {
            throw Problem(.invalid, at: shown, "SOPS has encrypted this file, and takes it for broken after a change")
        }
        do throws(YAMLEditor.Refusal) {
            for change in changes { try editor.apply(change.change, at: change.path, in: document) }
        } catch {
            throw Problem(.invalid, at: "\(shown):\(error.mark.line):\(error.mark.column)", error.message)
        }
        try write(editor.bytes, over: before, to: path)
    }

    private func write(_ bytes: [UInt8], over before: [UInt8]?, to path: String) throws(Problem) {
        if bytes == before { return }
        changes.append(Change(path: path, before: before, after: bytes))
        if isDryRun { return }
        do throws(SourceTreeError) { try index.tree.write(bytes, to: path) } catch { throw Problem(error) }
        index.index(again: bytes, at: path)
    }

    /// Adds a file to the resources of the kustomization in its folder, unless they have it in any spelling.
    private func list(_ path: String) throws(Problem) {
        let parts = path.split(separator: "/")
        guard let file = parts.last else { return }
        let folder = parts.dropLast().joined(separator: "/")
        for name in ["kustomization.yaml", "kustomization.yml", "Kustomization"] {
            let kustomization = folder.isEmpty ? name : "\(folder)/\(name)"
            guard (try? index.tree.kind(of: kustomization, from: ".")) == .regular else { continue }
            do throws(Problem) {
                try edit(kustomization, of: 0) { root in
                    let resources = root["resources"]?.children ?? []
                    let isListed = resources.contains { $0.text.map(Self.normalized) == String(file) }
                    if isListed { return [] }
                    return resources.isEmpty
                        ? [([], .add(key: "resources", YAMLSyntax([.string(String(file))])))]
                        : [([.key("resources")], .append(YAMLSyntax(String(file))))]
                }
            } catch  where error.kind == .invalid {
                index.warn(kustomization, "\(file) is not added to its resources: \(error.text)")
            }
            return
        }
    }

    /// A relative path without what means nothing in it.
    private static func normalized(_ path: String) -> String {
        var names: [Substring] = []
        for name in path.split(separator: "/") where name != "." {
            if name == ".." && !names.isEmpty && names.last != ".." { names.removeLast() } else { names.append(name) }
        }
        return names.joined(separator: "/")
    }
}
