internal import System

extension SourceTree {
    /// Writes a file, its path relative to the root.
    ///
    /// One that is there keeps its permissions and its links, the folders of a new one are made. A stop at any point leaves
    /// the old file or the new one. Nothing outside the root and nothing in `.git` is written, whatever links lead there.
    public func write(_ bytes: [UInt8], to path: String) throws(SourceTreeError) {
        var walk = try writingWalk(path)
        let names = path.utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
        guard let last = names.last, path.utf8.last != UInt8(ascii: "/") else { throw .isAFolder(path) }
        // The way back out of a folder that is not there leads nowhere.
        let makesFolders = !names.contains("..")
        for name in names.dropLast() { try Self.enter(name, of: path, &walk, makesFolders) }
        var place: SourceTreeWalk.Place?
        do throws(SourceTreeError) { place = try walk.find(last) } catch {
            if !error.isMissing { throw error.about(path) }
        }
        switch place {
        case .folder: throw .isAFolder(path)
        case .file(let file):
            guard file.kind == .regular else { throw .notARegularFile(path, file.kind) }
            do throws(SystemError) {
                // A file that may not be written is not replaced either, though its folder would allow it.
                _ = try file.folder.open(file.name, [.write, .withoutWaiting])
                try file.folder.replace(file.name, with: bytes, permissions: file.status.permissions)
            } catch {
                throw .unwritable(path, reason: error.text)
            }
        case nil:
            do throws(SystemError) {
                try walk.folder.replace(Array(last.utf8), with: bytes, permissions: nil)
            } catch {
                throw .unwritable(path, reason: error.text)
            }
        }
    }

    private func writingWalk(_ path: String) throws(SourceTreeError) -> SourceTreeWalk {
        guard !canonicalPath.names.contains(Array(".git".utf8)) else { throw .git(path) }
        // What no path can be is said before any folder is made.
        var walk = walk(isForWriting: true)
        do throws(SourceTreeError) { _ = try walk.find(path) } catch { if !error.isMissing { throw error } }
        return self.walk(isForWriting: true)
    }

    /// Goes into a folder, which is made where nothing has its name.
    private static func enter(
        _ name: String, of path: String, _ walk: inout SourceTreeWalk, _ makesFolders: Bool
    ) throws(SourceTreeError) {
        do throws(SourceTreeError) {
            _ = try walk.enter(name)
        } catch {
            guard error.isMissing, makesFolders else { throw error.about(path) }
            do throws(SystemError) {
                try walk.folder.makeFolder(Array(name.utf8))
            } catch {
                if error != .exists { throw .unwritable(path, reason: error.text) }
            }
            do throws(SourceTreeError) { _ = try walk.enter(name) } catch { throw error.about(path) }
        }
    }
}

extension SourceTreeError {
    fileprivate var isMissing: Bool { if case .missing = self { true } else { false } }

    /// The same of the whole path, where it was met at a part of it.
    fileprivate func about(_ path: String) -> SourceTreeError {
        switch self {
        case .missing: .missing(path)
        case .outside: .outside(path)
        case .git: .git(path)
        case .notAFolder(_, let component): .notAFolder(path, component: component)
        case .brokenLink(_, let target): .brokenLink(path, target: target)
        case .tooManyLinks(_, let limit): .tooManyLinks(path, limit: limit)
        case .tooDeep(_, let limit): .tooDeep(path, limit: limit)
        default: self
        }
    }
}
