import Glibc

/// How a file is opened; links are followed where nothing else is said.
public struct OpenOptions: OptionSet, Sendable {
    /// The flags of `open(2)`.
    public let rawValue: CInt

    /// The options with these flags.
    public init(rawValue: CInt) {
        self.rawValue = rawValue
    }

    /// To read it.
    public static let read = OpenOptions(rawValue: O_RDONLY)
    /// To write it.
    public static let write = OpenOptions(rawValue: O_WRONLY)
    /// Every write goes to its end.
    public static let append = OpenOptions(rawValue: O_APPEND)
    /// It is made where nothing has the name.
    public static let create = OpenOptions(rawValue: O_CREAT)
    /// It has to be made, and fails where something has the name.
    public static let exclusive = OpenOptions(rawValue: O_EXCL)
    /// What is in it goes.
    public static let truncate = OpenOptions(rawValue: O_TRUNC)
    /// It has to be a folder.
    public static let folder = OpenOptions(rawValue: O_DIRECTORY)
    /// The link that may stand there is not followed.
    public static let noFollow = OpenOptions(rawValue: O_NOFOLLOW)
    /// Opening it never waits, and a terminal does not become the process's own.
    public static let withoutWaiting = OpenOptions(rawValue: O_NONBLOCK | O_NOCTTY)
    /// A hold on a place in the file system that reads nothing and never waits (`O_PATH`, which the import leaves out).
    public static let placeOnly = OpenOptions(rawValue: 0o10_000_000)
}

/// One open file of the operating system, closed when nothing refers to it any more.
public final class FileDescriptor: Sendable {
    let number: CInt
    private let isStandard: Bool

    /// Standard input, which stays open.
    public static let standardInput = FileDescriptor(standard: STDIN_FILENO)
    /// Standard output, which stays open.
    public static let standardOutput = FileDescriptor(standard: STDOUT_FILENO)
    /// Standard error, which stays open.
    public static let standardError = FileDescriptor(standard: STDERR_FILENO)

    /// The open file of this process that a path stands for: `/dev/stdout`, `/dev/fd/3`; nil where it stands for none.
    public static func inherited(by path: String) -> FileDescriptor? {
        switch path {
        case "/dev/stdin": return FileDescriptor(standard: STDIN_FILENO)
        case "/dev/stdout": return standardOutput
        case "/dev/stderr": return standardError
        default: break
        }
        for folder in ["/dev/fd/", "/proc/self/fd/", "/proc/\(getpid())/fd/"] where path.utf8.starts(with: folder.utf8)
        {
            return CInt(path.dropFirst(folder.count)).map(FileDescriptor.init(standard:))
        }
        return nil
    }

    /// Gives the numbers of standard streams that are closed to the null device, for else the next file or socket that is
    /// opened would get them; output that was closed stays impossible to write to.
    public static func replaceClosedStreams() {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) == -1 {
            _ = Glibc.open("/dev/null", O_RDONLY)
        }
    }

    private init(standard number: CInt) {
        self.number = number
        isStandard = true
    }

    private init(adopting number: CInt) {
        self.number = number
        isStandard = false
    }

    deinit {
        if !isStandard { _ = Glibc.close(number) }
    }

    /// Opens a path of the operating system; a file that is made is writable for its owner and readable for all, as far as the
    /// process's mask allows.
    public static func open(_ path: String, _ options: OpenOptions) throws(SystemError) -> FileDescriptor {
        try open(Array(path.utf8), in: AT_FDCWD, options)
    }

    /// Opens one name in this folder; the link that may stand there is not followed.
    public func open(_ name: [UInt8], _ options: OpenOptions) throws(SystemError) -> FileDescriptor {
        try Self.open(name, in: number, options.union(.noFollow))
    }

    private static func open(
        _ path: [UInt8], in folder: CInt, _ options: OpenOptions
    ) throws(SystemError) -> FileDescriptor {
        let path = terminated(path)
        while true {
            let number = openat(folder, path, options.rawValue | O_CLOEXEC, 0o644)
            if number >= 0 { return FileDescriptor(adopting: number) }
            if errno != EINTR { throw SystemError.current }
        }
    }

    static func terminated(_ path: [UInt8]) -> [CChar] { path.map { CChar(bitPattern: $0) } + [0] }

    /// What the system says about it.
    public func status() throws(SystemError) -> FileStatus {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw SystemError.current }
        return FileStatus(status)
    }

    /// Whether it is a terminal.
    public var isTerminal: Bool { isatty(number) == 1 }

    /// The text of the link that this descriptor holds (opened as `placeOnly`).
    public func linkTarget() throws(SystemError) -> [UInt8] {
        var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = readlinkat(number, "", &target, target.count)
        guard count >= 0 else { throw SystemError.current }
        guard count < target.count else { throw SystemError.nameTooLong }
        return target.prefix(count).map { UInt8(bitPattern: $0) }
    }

    /// Reads to the end, but stops as soon as there is more than `limit` bytes.
    public func read(upTo limit: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        // Room for all of a regular file at once: an array that grows takes up to twice as much. A pipe has no size.
        let size = max(0, (try? status().size) ?? 0)
        bytes.reserveCapacity(min(size, limit) + 1)
        var chunk = [UInt8](repeating: 0, count: size == 0 ? 65_536 : min(size, 65_535) + 1)
        while bytes.count <= limit {
            let count = Glibc.read(number, &chunk, min(chunk.count, max(1, limit - bytes.count)))
            if count < 0 {
                try waitOrThrow(CShort(POLLIN))
                continue
            }
            if count == 0 { break }
            bytes += chunk.prefix(count)
        }
        return bytes
    }

    /// Writes all of it, and waits where a file that others have made non-blocking takes no more for now.
    public func write(_ bytes: [UInt8]) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
            if count < 0 { try waitOrThrow(CShort(POLLOUT)) } else { rest = rest.dropFirst(count) }
        }
    }

    /// Throws where what was written did not get to its place: some file systems say so at the end.
    public func finish() throws(SystemError) {
        let copy = dup(number)
        guard copy >= 0, Glibc.close(copy) == 0 else { throw SystemError.current }
    }

    /// After a call that failed: waits where that was for want of data or room, and throws where it was not.
    private func waitOrThrow(_ events: CShort) throws(SystemError) {
        let error = SystemError.current
        if error.code == EINTR { return }
        guard error.code == EAGAIN else { throw error }
        var wanted = pollfd(fd: number, events: events, revents: 0)
        poll(&wanted, 1, -1)
    }

    /// The names in this folder without `.` and `..`, each with whether it may be a folder.
    public func entries() throws(SystemError) -> [(name: [UInt8], mayBeFolder: Bool)] {
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
