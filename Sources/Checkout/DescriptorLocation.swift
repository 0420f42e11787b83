internal import System

/// Which fence a path that is named on its own, apart from the app path, belongs to.
///
/// A path inside the source dir, by its text or by where its folder really is, is read through the source dir. Any other
/// is an error when the source dir was given; when it was not, the folder is its own fence.
public struct DescriptorLocation: Sendable {
    private let workingDirectory: String
    private let sourceDir: String
    private let sourceDirWasGiven: Bool

    /// Locates paths that are relative to `workingDirectory`, which is absolute, as is the source dir.
    public init(workingDirectory: String, sourceDir: String, sourceDirWasGiven: Bool) {
        self.workingDirectory = workingDirectory
        self.sourceDir = sourceDir
        self.sourceDirWasGiven = sourceDirWasGiven
    }

    /// Decides where a path is looked up that may be a file or a folder: the tree and the path in it, `.` for its root.
    public func resolve(_ path: String) throws(SourceTreeError) -> (tree: SourceTree, path: String) {
        try SourceTreeError.check(path)
        let names = PathComponents(path, in: workingDirectory).names
        let isFolder = FileSystem.status(of: Self.absolute(names))?.kind == .folder
        let (tree, folder) = try fence(around: isFolder ? names : names.dropLast(), named: path)
        let inside = folder + (isFolder ? [] : names.suffix(1))
        guard let text = PathComponents.text(inside) else {
            throw .invalidPath(path, reason: "its folder's real path is not UTF-8")
        }
        return (tree, text.isEmpty ? "." : text)
    }

    private func fence(
        around folder: [[UInt8]], named path: String
    ) throws(SourceTreeError) -> (SourceTree, ArraySlice<[UInt8]>) {
        let source = PathComponents(sourceDir, in: workingDirectory)
        let sourceTree = try SourceTree(root: Self.absolute(source.names), as: sourceDir)
        if let inside = PathComponents.remainder(of: folder, below: source) { return (sourceTree, inside) }
        let real: PathComponents
        do throws(SystemError) {
            real = try PathComponents(real: Self.absolute(folder))
        } catch {
            throw SourceTreeError(error, path: path)
        }
        if let inside = PathComponents.remainder(of: real.names, below: sourceTree.canonicalPath) {
            return (sourceTree, inside)
        }
        if sourceDirWasGiven { throw .outside(path) }
        return (try SourceTree(root: Self.absolute(folder)), [])
    }

    private static func absolute(_ names: [[UInt8]]) -> String { "/" + (PathComponents.text(names) ?? "") }
}
