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

    /// Where a path leads, its last name followed while that is a link, also where nothing is there; a path below `/dev` and
    /// `/proc`, where links are more than links, as it is.
    public static func followed(_ path: String) throws(SystemError) -> String {
        var path = path
        for _ in 0..<40 {
            if path.utf8.starts(with: "/dev/".utf8) || path.utf8.starts(with: "/proc/".utf8) { return path }
            var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
            let count = readlink(path, &target, target.count - 1)
            if count < 0 { return path }
            let text = String(decoding: target.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            path = text.utf8.first == UInt8(ascii: "/") ? text : folder(of: path) + text
        }
        throw SystemError.tooManyLinks
    }

    /// The path of the folder that a path's last name is in, with a slash at its end; empty for the current folder.
    public static func folder(of path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
    }

    /// Makes a folder.
    public static func makeFolder(_ path: String) throws(SystemError) {
        guard mkdir(path, 0o755) == 0 else { throw SystemError.current }
    }
}
