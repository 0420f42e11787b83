import Checkout
import JSON
import ManifestTree
import Objects
import Text

extension Parameter {
    static let tree = Parameter(
        flag: "--tree", variables: ["PUBLISH_TREE"], argument: .value("DIR"), defaultNote: "to git: required",
        summary: "To git: the checkout that is written to, and outside of which nothing is read or written",
        completion: .folders)

    static let treePath = Parameter(
        flag: "--tree-path", variables: ["PUBLISH_TREE_PATH"], argument: .value("PATH"),
        defaultNote: "the whole tree; a new file goes beside its Component's manifest",
        summary:
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

    /// Reads the manifests of some kinds; says what was left alone.
    func index(_ kinds: Set<String>, _ context: CommandContext) throws -> ManifestIndex {
        let tree: SourceTree
        do throws(SourceTreeError) {
            let isAbsolute = root.utf8.first == UInt8(ascii: "/")
            tree = try SourceTree(root: isAbsolute ? root : "\(context.workingDirectory)/\(root)", as: root)
        } catch {
            throw InputError(.tree, error)
        }
        let index = try ManifestIndex(tree, below: path ?? ".", kinds: kinds)
        tell(index, context)
        return index
    }

    /// Says what of a tree was left alone.
    func tell(_ index: ManifestIndex, _ context: CommandContext) {
        for warning in index.takeWarnings() { context.console.log(.warning, "left-alone", warning) }
    }

    /// The difference of each file, one after the other.
    static func diff(of changes: [TreeObject.Change]) -> String {
        changes.map { change in
            let name = Printable.line(change.path)
            return UnifiedDiff(
                from: String(decoding: change.before ?? [], as: UTF8.self),
                named: change.before == nil ? "/dev/null" : name, to: String(decoding: change.after, as: UTF8.self),
                named: name
            ).text
        }.joined()
    }
}
