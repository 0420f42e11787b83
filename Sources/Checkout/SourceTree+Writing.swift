internal import System

extension SourceTree {
    /// Writes a file, its path relative to the root.
    ///
    /// One that is there keeps its permissions and its links, the folders of a new one are made. A stop at any point leaves
    /// the old file or the new one. Nothing outside the root and nothing in `.git` is written, whatever links lead there.
    public func write(_ bytes: [UInt8], to path: String) throws(SourceTreeError) {
        guard !canonicalPath.names.contains(Array(".git".utf8)) else { throw .git(path) }
        var found: FoundFile?
        do throws(SourceTreeError) { found = try find(path, isForWriting: true) } catch {
            // What no path can be is said before any folder is made.
            if !error.isMissing { throw error }
        }
        if let found, found.kind != .regular { throw .notARegularFile(path, found.kind) }
        let (folder, name): (FileDescriptor, [UInt8])
        if let found {
            (folder, name) = (found.folder, found.name)
        } else {
            (folder, name) = try makeFolders(for: path)
        }
        do throws(SystemError) {
            // A file that may not be written is not replaced either, though its folder would allow it.
            if found != nil { _ = try folder.open(name, [.write, .withoutWaiting]) }
            try folder.replace(name, with: bytes, permissions: found?.status.permissions)
        } catch {
            throw .unwritable(path, reason: error.text)
        }
    }

    /// The folder of a file that is not there, made like those above it where nothing has its name, and the file's name.
    private func makeFolders(for path: String) throws(SourceTreeError) -> (folder: FileDescriptor, name: [UInt8]) {
        let names = path.utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
        guard let last = names.last, path.utf8.last != UInt8(ascii: "/") else { throw .notARegularFile(path, .folder) }
        var walk = walk(isForWriting: true)
        for name in names.dropLast() {
            do throws(SourceTreeError) { _ = try walk.enter(name) } catch {
                // The way back out of a folder that is not there leads nowhere.
                guard error.isMissing, !names.contains("..") else { throw error.isMissing ? .missing(path) : error }
                do throws(SystemError) { try walk.folder.makeFolder(Array(name.utf8)) } catch {
                    if error != .exists { throw .unwritable(path, reason: error.text) }
                }
                _ = try walk.enter(name)
            }
        }
        return (walk.folder, Array(last.utf8))
    }
}

extension SourceTreeError {
    fileprivate var isMissing: Bool { if case .missing = self { true } else { false } }
}
