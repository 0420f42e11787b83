public import Checkout

/// The files that a descriptor in some folder of a source tree may name: those inside the tree, and no others.
public struct FencedFiles: ReferencedFiles {
    private let tree: SourceTree
    private let folder: String

    /// Paths are relative to `folder`, the descriptor's own, which is relative to the tree's root.
    public init(tree: SourceTree, folder: String) {
        self.tree = tree
        self.folder = folder
    }

    /// The bytes of the file of that path as the descriptor wrote it, at most `limit` bytes.
    public func contents(of path: String, limit: Int) throws(ReferencedFileError) -> [UInt8] {
        do throws(SourceTreeError) {
            return try tree.contents(of: path, from: folder, limit: limit)
        } catch {
            let advice = error.isAbsence ? "; write the path relative to the descriptor's folder" : ""
            throw ReferencedFileError(DiagnosticRule(error), "\(error)\(advice)")
        }
    }
}
