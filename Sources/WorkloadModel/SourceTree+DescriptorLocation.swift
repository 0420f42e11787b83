/// Which fence a descriptor that is named on its own, apart from the app path, belongs to.
public enum DescriptorLocation {
    /// Decides where `descriptor` is read from: the tree that fences it, its folder in that tree and its file name.
    ///
    /// Both paths are relative to `workingDirectory`, which is absolute. A descriptor inside the source dir, by the text
    /// of its path or by where its folder really is, is read through the source dir. Any other is an error when the
    /// source dir was given; when it was not, the descriptor's own folder is the fence.
    public static func resolve(
        descriptor: String, workingDirectory: String, sourceDir: String, sourceDirWasGiven: Bool
    ) throws(SourceTreeError) -> (tree: SourceTree, folder: String, file: String) {
        if descriptor.isEmpty { throw .invalidPath(descriptor, reason: "it is empty") }
        if descriptor.utf8.contains(0) { throw .invalidPath(descriptor, reason: "it contains a NUL character") }

        let location = sourceDir.utf8.first == UInt8(ascii: "/") ? sourceDir : "\(workingDirectory)/\(sourceDir)"
        let tree = try SourceTree(root: location, as: sourceDir)
        let wanted = PathComponents(descriptor, in: workingDirectory).names
        let source = PathComponents(sourceDir, in: workingDirectory)
        if let inside = PathComponents.remainder(of: wanted, below: source) {
            guard let file = inside.last else { throw .isAFolder(descriptor) }
            return try place(file, in: inside.dropLast(), of: tree, named: descriptor)
        }

        guard let file = wanted.last, let folder = PathComponents.text(wanted.dropLast()) else {
            throw .isAFolder(descriptor)
        }
        let real: PathComponents
        do throws(SystemError) {
            real = try PathComponents(real: "/\(folder)")
        } catch {
            throw SourceTreeError(error, path: descriptor)
        }
        if let inside = PathComponents.remainder(of: real.names, below: tree.canonicalPath) {
            return try place(file, in: inside, of: tree, named: descriptor)
        }
        if sourceDirWasGiven { throw .outside(descriptor) }
        return try place(file, in: [], of: SourceTree(root: "/\(folder)"), named: descriptor)
    }

    private static func place(
        _ file: [UInt8], in folder: ArraySlice<[UInt8]>, of tree: SourceTree, named descriptor: String
    ) throws(SourceTreeError) -> (tree: SourceTree, folder: String, file: String) {
        guard let folder = PathComponents.text(folder), let file = PathComponents.text([file]) else {
            throw .invalidPath(descriptor, reason: "its folder's real path is not UTF-8")
        }
        return (tree, folder.isEmpty ? "." : folder, file)
    }
}
