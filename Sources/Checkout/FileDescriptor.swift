import Glibc

/// The number by which a system call says why it failed.
struct SystemError: Error, Equatable {
    let code: CInt

    static var current: SystemError { SystemError(code: errno) }

    var text: String { String(cString: strerror(code)) }
}

/// One open file of the operating system, closed when nothing refers to it any more.
final class FileDescriptor: Sendable {
    /// `O_PATH`, which the import leaves out: a hold on a place in the file system that reads nothing and never waits.
    static let placeOnly: CInt = 0o10_000_000

    private let number: CInt

    private init(adopting number: CInt) {
        self.number = number
    }

    deinit {
        _ = Glibc.close(number)
    }

    /// Opens a path of the operating system, following links.
    static func open(_ path: String, flags: CInt) throws(SystemError) -> FileDescriptor {
        try open(Array(path.utf8), in: AT_FDCWD, flags: flags)
    }

    /// Opens one name in this folder; the link that may stand there is not followed.
    func open(_ name: [UInt8], flags: CInt) throws(SystemError) -> FileDescriptor {
        try Self.open(name, in: number, flags: flags | O_NOFOLLOW)
    }

    private static func open(_ path: [UInt8], in folder: CInt, flags: CInt) throws(SystemError) -> FileDescriptor {
        let path = path.map { CChar(bitPattern: $0) } + [0]
        while true {
            let number = openat(folder, path, flags | O_CLOEXEC)
            if number >= 0 { return FileDescriptor(adopting: number) }
            if errno != EINTR { throw SystemError.current }
        }
    }

    func status() throws(SystemError) -> FileStatus {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw SystemError.current }
        return FileStatus(status)
    }

    /// The text of the link that this descriptor holds (opened as `placeOnly`).
    func linkTarget() throws(SystemError) -> [UInt8] {
        var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = readlinkat(number, "", &target, target.count)
        guard count >= 0 else { throw SystemError.current }
        guard count < target.count else { throw SystemError(code: ENAMETOOLONG) }
        return target.prefix(count).map { UInt8(bitPattern: $0) }
    }

    /// Reads to the end, but stops as soon as there is more than `limit` bytes.
    func read(upTo limit: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        // Room for all of a regular file at once: an array that grows takes up to twice as much.
        var status = stat()
        if fstat(number, &status) == 0 { bytes.reserveCapacity(min(max(0, Int(status.st_size)), limit) + 1) }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let wanted = min(chunk.count, max(1, limit - bytes.count))
            let count = Glibc.read(number, &chunk, wanted)
            if count < 0 {
                if errno == EINTR { continue }
                throw SystemError.current
            }
            if count == 0 { break }
            bytes += chunk.prefix(count)
        }
        return bytes
    }

    /// The names in this folder without `.` and `..`, each with whether it may be a folder.
    func entries() throws(SystemError) -> [(name: [UInt8], mayBeFolder: Bool)] {
        let listed = openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard listed >= 0 else { throw SystemError.current }
        guard let stream = fdopendir(listed) else {
            let error = SystemError.current
            _ = Glibc.close(listed)
            throw error
        }
        defer { closedir(stream) }
        var entries: [(name: [UInt8], mayBeFolder: Bool)] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw SystemError.current }
                return entries
            }
            // In place: the record is only as long as its name, so a copy of the whole structure would read beyond it.
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                let start = UnsafeRawPointer(name)
                let length = strlen(start.assumingMemoryBound(to: CChar.self))
                return [UInt8](UnsafeRawBufferPointer(start: start, count: length))
            }
            if name == [0x2E] || name == [0x2E, 0x2E] { continue }
            let type = Int(entry.pointee.d_type)
            entries.append((name, type == Int(DT_DIR) || type == Int(DT_UNKNOWN)))
        }
    }
}
