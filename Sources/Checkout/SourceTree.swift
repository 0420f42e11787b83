public import System
import Text

/// The source dir as a fence: files are read inside it only, whatever links and `..` a path goes through.
///
/// The folder is opened once and stays the same one, even when its name is given to another folder later.
public struct SourceTree: Sendable {
    /// The folder's path as it was given.
    public let path: String
    private let root: FileDescriptor
    /// The folder's real path, for links that name their target absolutely.
    let canonicalPath: PathComponents

    /// Opens a folder, relative to the process's current folder, and names it by another path in errors where one is given;
    /// throws when it is missing, no folder or out of reach.
    public init(root location: String, as name: String? = nil) throws(SourceTreeError) {
        path = name ?? location
        for text in [path, location] { try SourceTreeError.check(text) }
        do throws(SystemError) {
            root = try FileDescriptor.open(location, [.placeOnly, .folder])
            // That needs no permission on the folder itself; looking up a name in it does.
            _ = try root.open([UInt8(ascii: ".")], [.placeOnly])
            canonicalPath = try PathComponents(real: location)
        } catch {
            throw SourceTreeError(error, path: path)
        }
    }

    /// Throws unless a path leads to a folder, relative to the root; `""` and `.` are the root itself.
    public func checkFolder(_ path: String) throws(SourceTreeError) {
        _ = try open(folder: path)
    }

    /// The whole contents of a regular file that has at most `limit` bytes, its path relative to `folder`.
    ///
    /// `folder` is relative to the root. The path may go up again while it stays inside the root.
    public func contents(
        of file: String, from folder: String, limit: Int
    ) throws(SourceTreeError) -> [UInt8] {
        try find(file, from: folder).contents(limit: max(0, limit))
    }

    /// A file of the disk, by whatever path it is reached.
    public struct FileIdentity: Hashable, Sendable {
        let device: UInt
        let inode: UInt
    }

    /// The contents of a regular file of at most `limit` bytes, its path relative to the root, which file it is, and whether
    /// a link leads to it.
    ///
    /// As where it is written, nothing in `.git` is one.
    public func file(
        _ path: String, limit: Int
    ) throws(SourceTreeError) -> (bytes: [UInt8], identity: FileIdentity, isLinked: Bool) {
        let found = try find(path, isForWriting: true)
        let identity = FileIdentity(device: found.status.device, inode: found.status.inode)
        return (try found.contents(limit: limit), identity, found.isLinked)
    }

    /// The names in a folder, each with whether it may be a folder; a name that is not UTF-8 is left out.
    public func names(in path: String) throws(SourceTreeError) -> [(name: String, mayBeFolder: Bool)] {
        let folder = try open(folder: path)
        do throws(SystemError) {
            return try folder.entries().compactMap { entry in
                String(validating: entry.name, as: UTF8.self).map { ($0, entry.mayBeFolder) }
            }.sorted { $0.name.precedes($1.name) }
        } catch {
            throw SourceTreeError(error, path: path)
        }
    }

    /// What a path leads to, relative to `folder`; nothing when no such name or folder exists.
    ///
    /// A link that leads nowhere is an error and not nothing: it was meant to be there.
    public func kind(of file: String, from folder: String) throws(SourceTreeError) -> FileKind? {
        do throws(SourceTreeError) { return try find(file, from: folder).kind } catch {
            if case .missing = error { return nil }
            throw error
        }
    }

    /// Opens a folder by its path relative to the root, through the fence.
    func open(folder: String) throws(SourceTreeError) -> FileDescriptor {
        var walk = walk()
        return try walk.enter(folder)
    }

    /// Walks to a file or folder without opening it.
    func find(
        _ file: String, from folder: String = ".", isForWriting: Bool = false
    ) throws(SourceTreeError) -> FoundFile {
        var walk = walk(isForWriting: isForWriting)
        _ = try walk.enter(folder)
        return try walk.find(file)
    }

    func walk(isForWriting: Bool = false) -> SourceTreeWalk {
        SourceTreeWalk(root: root, canonicalRoot: canonicalPath, isForWriting: isForWriting)
    }
}
