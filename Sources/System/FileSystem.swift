import Glibc

/// What paths of the operating system lead to.
public enum FileSystem {
    /// What the system says about what a path leads to, links followed; nil where nothing is there.
    public static func status(of path: String) -> FileStatus? {
        var status = stat()
        return stat(path, &status) == 0 ? FileStatus(status) : nil
    }

    /// Whether this user may read what is there.
    public static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// The absolute path without links; file systems do not hold names to be UTF-8.
    public static func resolved(_ path: String) throws(SystemError) -> [UInt8] {
        guard let real = realpath(path, nil) else { throw SystemError.current }
        defer { free(real) }
        return Array(UnsafeRawBufferPointer(start: real, count: strlen(real)))
    }

    /// The bytes of a file; throws as well where there are more than `limit`.
    public static func bytes(of path: String, upTo limit: Int) throws(SystemError) -> [UInt8] {
        let bytes = try FileDescriptor.open(path, .read).read(upTo: limit)
        guard bytes.count <= limit else { throw SystemError(code: EFBIG) }
        return bytes
    }
}
