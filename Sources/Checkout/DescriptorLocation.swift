internal import System

/// Which fence a descriptor that is named on its own, apart from the app path, belongs to.
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

    /// Decides where a descriptor is read from: the tree that fences it, its folder in that tree and its file name.
    public func resolve(
        descriptor: String
    ) throws(SourceTreeError) -> (tree: SourceTree, folder: String, file: String) {
        try Self.check(descriptor)
        let names = PathComponents(descriptor, in: workingDirectory).names
        let sourceTree = try openSourceDir()
        guard let file = names.last, names != PathComponents(sourceDir, in: workingDirectory).names else {
            throw .isAFolder(descriptor)
        }
        let (tree, folder) = try fence(around: names.dropLast(), sourceTree, named: descriptor)
        guard let folder = PathComponents.text(folder), let file = PathComponents.text([file]) else {
            throw Self.notUTF8(descriptor)
        }
        return (tree, folder.isEmpty ? "." : folder, file)
    }

    /// Decides where a path is looked up that may be a file or a folder: the tree and the path in it, `.` for its root.
    public func resolve(fileOrFolder path: String) throws(SourceTreeError) -> (tree: SourceTree, path: String) {
        try Self.check(path)
        let names = PathComponents(path, in: workingDirectory).names
        guard let text = PathComponents.text(names), (try? SourceTree(root: "/\(text)")) != nil else {
            let (tree, folder, file) = try resolve(descriptor: path)
            return (tree, folder == "." ? file : "\(folder)/\(file)")
        }
        let (tree, folder) = try fence(around: names[...], try openSourceDir(), named: path)
        guard let inside = PathComponents.text(folder) else { throw Self.notUTF8(path) }
        return (tree, inside.isEmpty ? "." : inside)
    }

    private func openSourceDir() throws(SourceTreeError) -> SourceTree {
        let location = sourceDir.utf8.first == UInt8(ascii: "/") ? sourceDir : "\(workingDirectory)/\(sourceDir)"
        return try SourceTree(root: location, as: sourceDir)
    }

    private func fence(
        around folder: ArraySlice<[UInt8]>, _ sourceTree: SourceTree, named path: String
    ) throws(SourceTreeError) -> (SourceTree, ArraySlice<[UInt8]>) {
        let source = PathComponents(sourceDir, in: workingDirectory)
        if let inside = PathComponents.remainder(of: Array(folder), below: source) { return (sourceTree, inside) }
        guard let text = PathComponents.text(folder) else { throw Self.notUTF8(path) }
        let real: PathComponents
        do throws(SystemError) {
            real = try PathComponents(real: "/\(text)")
        } catch {
            throw SourceTreeError(error, path: path)
        }
        if let inside = PathComponents.remainder(of: real.names, below: sourceTree.canonicalPath) {
            return (sourceTree, inside)
        }
        if sourceDirWasGiven { throw .outside(path) }
        return (try SourceTree(root: "/\(text)"), [])
    }

    private static func check(_ path: String) throws(SourceTreeError) {
        if path.isEmpty { throw .invalidPath(path, reason: "it is empty") }
        if path.utf8.contains(0) { throw .invalidPath(path, reason: "it contains a NUL character") }
    }

    private static func notUTF8(_ path: String) -> SourceTreeError {
        .invalidPath(path, reason: "its folder's real path is not UTF-8")
    }
}
