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
    /// Whether an empty mapping or list says no more than none; it does in many kinds (`emptyDir: {}`).
    var ignoresEmpty = false

    init(_ index: ManifestIndex, at path: String, found: FoundManifest?, written: [MemberPath], isDryRun: Bool) {
        (self.index, self.path, self.found, self.written, self.isDryRun) = (index, path, found, written, isDryRun)
    }

    /// Reads the object.
    public func read(_ name: String) -> Reading {
        found.map { .found($0.object) } ?? .absent(Problem(.absent, at: path, "there is no such object"))
    }

    /// Writes a file of its own for the object, and names it in the kustomization beside it.
    public func create(_ object: JSONValue) throws(Problem) -> WriteAttempt {
        if found != nil { return .isOtherwise(Problem(.conflict, at: path, "there is such an object")) }
        // A dry run writes nothing, and yet what it would have written stands in the place.
        guard try index.kind(of: path) == nil, index.taken.insert(path).inserted else {
            throw Problem(
                .invalid, at: Printable.line(path), "something else stands in the place for the new object",
                cause: TreeProblem.placeIsTaken)
        }
        try write(Array(object.yaml.utf8), over: nil, to: path)
        try list(path)
        return .done(stored: object)
    }

    /// Changes the values in which the object differs, and no other byte of its file.
    public func replace(
        _ name: String, with object: JSONValue, live: JSONValue?
    ) throws(Problem) -> WriteAttempt {
        guard let found else { return .isOtherwise(Problem(.absent, at: path, "there is no such object")) }
        var first: JSONValue?
        try edit(path, of: found.document) { editor throws(Problem) in
            // As it is read by now: an alias changes with its anchor, and takes what it stood for in the next round.
            guard let root = Self.root(found.document, in: editor.bytes), let now = root[steps: found.steps] else {
                throw Problem(.invalid, at: Printable.line(path), "the object is not there any more; run this again")
            }
            var differences = Differences(ignoringEmpty: ignoresEmpty)
            differences.add(from: now, to: object, at: written, below: found.steps)
            let others = root.without(written, below: found.steps[...])
            guard (first ?? others) == others else {
                throw Problem(
                    .invalid, at: Printable.line(path),
                    "an alias elsewhere would change with its anchor in this object; "
                        + "write its value in its place")
            }
            first = others
            return differences.changes
        }
        return .done(stored: object)
    }

    private static func root(_ document: Int, in bytes: [UInt8]) -> JSONValue? {
        let roots = try? YAMLDocument.positioned(in: bytes, limits: ManifestIndex.limits)
        let root = roots?.first { $0.position == document }?.root
        return root.flatMap { try? JSONValue(asKubernetesReads: $0) }
    }

    private static let maximumRounds = 5

    /// Makes changes of a document until none are left to be made.
    private func edit(
        _ path: String, of document: Int,
        _ changes: (YAMLEditor) throws(Problem) -> [(path: [YAMLEditor.Step], change: YAMLEditor.Change)]
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
        guard editor.documents.indices.contains(document) else {
            throw Problem(.invalid, at: shown, "the file holds nothing")
        }
        for round in 0...Self.maximumRounds {
            let changes = try changes(editor)
            if changes.isEmpty { break }
            guard SOPSSeal(editor.documents) == nil else {
                throw Problem(
                    .invalid, at: shown, "SOPS has encrypted this file, and takes it for broken after a change")
            }
            guard round < Self.maximumRounds else {
                throw Problem(.invalid, at: shown, "its aliases keep it from being what it is to be; write them out")
            }
            do throws(YAMLEditor.Refusal) {
                for change in changes { try editor.apply(change.change, at: change.path, in: document) }
            } catch {
                throw Problem(.invalid, at: "\(shown):\(error.mark.line):\(error.mark.column)", error.message)
            }
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
                try edit(kustomization, of: 0) { editor throws(Problem) in
                    let list = editor.documents[0]["resources"]
                    switch list?.content {
                    case nil, .scalar(_, .null), .sequence: break
                    default: throw Problem(.invalid, at: "", "they are no list")
                    }
                    let resources = list?.children ?? []
                    let isListed = resources.contains { resource in
                        resource.text.map { Self.normalized("\(folder)/\($0)") } == Self.normalized(path)
                    }
                    if isListed { return [] }
                    return resources.isEmpty
                        ? [([], .add(key: "resources", [.string(String(file))]))]
                        : [([.key("resources")], .append(.string(String(file))))]
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

extension JSONValue {
    /// What stands at the end of a path; nil where nothing does.
    fileprivate subscript(steps steps: [YAMLEditor.Step]) -> JSONValue? {
        steps.reduce(self as JSONValue?) { value, step in
            switch step {
            case .key(let key): value?[key]
            case .index(let index): value?.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            }
        }
    }

    /// The same without what stands at some paths in an object of it.
    fileprivate func without(_ paths: [MemberPath], below steps: ArraySlice<YAMLEditor.Step>) -> JSONValue {
        switch steps.first {
        case .key(let key)?:
            guard var object = object, let value = object[key] else { return self }
            object[key] = value.without(paths, below: steps.dropFirst())
            return .object(object)
        case .index(let index)?:
            guard var elements = array, elements.indices.contains(index) else { return self }
            elements[index] = elements[index].without(paths, below: steps.dropFirst())
            return .array(elements)
        case nil: return paths.reduce(self) { $0.setting(nil, at: $1) }
        }
    }
}
