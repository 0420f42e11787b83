import Checkout
import JSON
import ManifestTree
import Objects
import Text

extension Parameter {
    static let tree = Parameter(
        "--tree", .value("DIR"), env: ["PUBLISH_TREE"], default: .note("to git: required"),
        "To git: the checkout that is written to, and outside of which nothing is read or written")

    static let treePath = Parameter(
        "--tree-path", .value("PATH"), env: ["PUBLISH_TREE_PATH"],
        default: .note("the whole tree; a new file goes beside its Component's manifest"),
        "To git: the file or folder that the search is confined to and a new file goes to, relative to the tree")
}

/// The checkout that a run writes to, as its parameters name it.
struct TreeParameters {
    let root: String
    /// Where the search is confined to and a new file goes.
    let path: String?

    init?(_ reader: inout ParameterReader) {
        path = reader.values.text(.treePath)
        guard let root = reader.required(.tree, { $0 }) else { return nil }
        self.root = root
    }

    /// Reads the manifests of some kinds, and logs what was left alone.
    func index(_ kinds: Set<String>, _ context: CommandContext) throws -> ManifestIndex {
        let index = try ManifestIndex(try context.tree(root, of: .tree), below: path ?? ".", kinds: kinds)
        log(index, context)
        return index
    }

    /// Logs what of a tree was left alone.
    func log(_ index: ManifestIndex, _ context: CommandContext) {
        for warning in index.takeWarnings() { context.console.log(.warning, "left-alone", warning) }
    }

    /// The difference of each file, one after the other; nil where the files were written.
    static func diff(of changes: [TreeObject.Change], _ isDryRun: Bool) -> String? {
        guard isDryRun else { return nil }
        return changes.map { UnifiedDiff(of: $0.path, from: $0.before, to: $0.after).text }.joined()
    }
}
