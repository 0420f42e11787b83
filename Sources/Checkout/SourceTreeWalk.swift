internal import System

/// One walk from the root of a source tree to a file or folder, a component at a time.
///
/// The kernel never resolves more than one name: each is opened in the folder that is already open, without following
/// it, and looked at through that very descriptor. So whatever moves on disk meanwhile, the walk stays inside.
/// `openat2(RESOLVE_BENEATH)` would do the same in one call, but sandboxes and older kernels do not have it.
struct SourceTreeWalk {
    /// The links that one walk follows, as many as Linux does.
    static let maximumLinks = 40
    /// The folders that one walk keeps open; far below the usual limit of 1024 descriptors.
    static let maximumDepth = 128
    /// The bytes of a path, as in Linux, whose limit a walk by components would otherwise not have.
    static let maximumPathBytes = 4095

    /// A name still to be walked, with the link that it comes from.
    private struct Step {
        let name: [UInt8]
        let link: [UInt8]?
    }

    /// The open folders from the root to where the walk stands, so that `..` needs no lookup.
    private var folders: [FileDescriptor]
    private let root: FileDescriptor
    private let canonicalRoot: PathComponents
    private var links = 0
    /// Whether something is about to be written, which is never inside of `.git`.
    private let isForWriting: Bool

    init(root: FileDescriptor, canonicalRoot: PathComponents, isForWriting: Bool = false) {
        self.root = root
        self.canonicalRoot = canonicalRoot
        self.isForWriting = isForWriting
        folders = [root]
    }

    /// The folder that the walk has come to.
    var folder: FileDescriptor { folders.last ?? root }

    /// Walks into a folder, from which the next walk goes on.
    mutating func enter(_ path: String) throws(SourceTreeError) -> FileDescriptor {
        let found = try find(path.isEmpty ? "." : path)
        guard found.kind == .folder else { throw .notAFolder(path, component: path) }
        return found.entry
    }

    /// Walks a relative path from where the walk stands.
    mutating func find(_ path: String) throws(SourceTreeError) -> FoundFile {
        try Self.check(path)
        var steps = Self.steps(Array(path.utf8), link: nil)
        while let step = steps.popLast() {
            if step.name.elementsEqual(".".utf8) { continue }
            if step.name.elementsEqual("..".utf8) {
                guard folders.count > 1 else { throw .outside(path) }
                folders.removeLast()
                continue
            }
            let (entry, status) = try look(at: step, in: folder, path: path)
            if status.isLink {
                steps += try follow(entry, path: path)
            } else if status.kind == .folder {
                guard folders.count <= Self.maximumDepth else { throw .tooDeep(path, limit: Self.maximumDepth) }
                folders.append(entry)
            } else if steps.isEmpty {
                return FoundFile(
                    folder: folder, name: step.name, entry: entry, status: status, path: path, isLinked: links > 0)
            } else {
                throw .notAFolder(path, component: String(decoding: step.name, as: UTF8.self))
            }
        }
        do throws(SystemError) {
            return FoundFile(
                folder: folder, name: [UInt8(ascii: ".")], entry: folder, status: try folder.status(), path: path,
                isLinked: links > 0)
        } catch {
            throw SourceTreeError(error, path: path)
        }
    }

    private static func check(_ path: String) throws(SourceTreeError) {
        try SourceTreeError.check(path)
        if path.utf8.first == UInt8(ascii: "/") { throw .absolutePath(path) }
        if path.utf8.count > maximumPathBytes {
            throw .invalidPath(path, reason: "it is longer than \(maximumPathBytes) bytes")
        }
    }

    /// The names of a path, the first one last; a slash at the end asks for a folder, as `/.` does.
    private static func steps(_ path: [UInt8], link: [UInt8]?) -> [Step] {
        let slash = UInt8(ascii: "/")
        var names = path.split(separator: slash).map(Array.init)
        if path.suffix(1).elementsEqual([slash]) { names.append([UInt8(ascii: ".")]) }
        return names.reversed().map { Step(name: $0, link: link) }
    }

    private func look(
        at step: Step, in folder: FileDescriptor, path: String
    ) throws(SourceTreeError) -> (FileDescriptor, FileStatus) {
        // A file system may take no notice of case.
        let isGit = String(decoding: step.name, as: UTF8.self).lowercased() == ".git"
        if isForWriting && isGit { throw .git(path) }
        do throws(SystemError) {
            let entry = try folder.open(step.name, [.placeOnly])
            return (entry, try entry.status())
        } catch {
            if error == .missing, let link = step.link {
                throw .brokenLink(path, target: String(decoding: link, as: UTF8.self))
            }
            throw SourceTreeError(error, path: path)
        }
    }

    private mutating func follow(_ link: FileDescriptor, path: String) throws(SourceTreeError) -> [Step] {
        links += 1
        if links > Self.maximumLinks { throw .tooManyLinks(path, limit: Self.maximumLinks) }
        let target: [UInt8]
        do throws(SystemError) { target = try link.linkTarget() } catch { throw SourceTreeError(error, path: path) }
        guard target.first == UInt8(ascii: "/") else { return Self.steps(target, link: target) }

        // What lies inside by its text is walked from the root again: the text is never handed to the kernel.
        let names = Self.steps(target, link: target).reversed().drop { $0.name == [UInt8(ascii: ".")] }
        guard let inside = PathComponents.remainder(of: names.map(\.name), below: canonicalRoot) else {
            throw .outside(path)
        }
        folders = [root]
        return inside.reversed().map { Step(name: $0, link: target) }
    }
}

/// A file or folder at the end of a walk, held without being open for reading.
struct FoundFile {
    let folder: FileDescriptor
    let name: [UInt8]
    /// The folder itself; of a file, it keeps the inode in use, so that no other can be given its number meanwhile.
    fileprivate let entry: FileDescriptor
    let status: FileStatus
    fileprivate let path: String
    /// Whether the walk followed a link.
    let isLinked: Bool

    var kind: FileKind { status.kind }

    /// Opens and reads the file, provided that it is still the one that was found.
    func contents(limit: Int) throws(SourceTreeError) -> [UInt8] {
        guard status.kind == .regular else { throw .notARegularFile(path, status.kind) }
        if status.size > limit { throw .tooLarge(path, size: status.size, limit: limit) }
        let file = try open()
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try file.read(upTo: limit) } catch { throw SourceTreeError(error, path: path) }
        if bytes.count > limit { throw .tooLarge(path, size: bytes.count, limit: limit) }
        return bytes
    }

    private func open() throws(SourceTreeError) -> FileDescriptor {
        do throws(SystemError) {
            // Should a pipe or a terminal take the file's place just now, opening it neither waits nor takes it over.
            let file = try folder.open(name, [.read, .withoutWaiting])
            let opened = try file.status()
            if opened.kind == .regular, opened.isSameFile(as: status) { return file }
        } catch {
            // Gone, or a link now: something else than what was found.
            if ![.missing, .tooManyLinks, .noDevice].contains(error) {
                throw SourceTreeError(error, path: path)
            }
        }
        throw .replaced(path)
    }
}
