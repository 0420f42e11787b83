import Glibc
import System
import Text

/// Writes files whole or not at all.
struct OutputFile {
    /// Writes the bytes beside the file's place and renames them into it, so that nobody ever reads half of them.
    ///
    /// What is no file, as a pipe or a device, is written to where it stands; a link stays and the file behind it is
    /// replaced; a file that is there keeps its permissions.
    static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
        var status = stat()
        let exists = stat(path, &status) == 0
        if exists && status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR {
            return try write(bytes, opening: path, O_WRONLY, showing: path)
        }
        let place = exists ? resolved(path) : path
        let temporary = "\(place).\(getpid()).tmp"
        UnfinishedFiles.add(temporary)
        defer { UnfinishedFiles.remove(temporary) }
        do throws(OutputError) {
            try write(bytes, opening: temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, showing: path)
            if exists { chmod(temporary, status.st_mode & 0o777) }
            guard rename(temporary, place) == 0 else { throw failure(path, errno) }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private static func write(
        _ bytes: [UInt8], opening path: String, _ flags: Int32, showing shownPath: String
    ) throws(OutputError) {
        let descriptor = open(path, flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(shownPath, errno) }
        var written = 0
        var code: Int32 = 0
        while written < bytes.count && code == 0 {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { written += count } else if errno != EINTR { code = errno }
        }
        if close(descriptor) != 0 && code == 0 { code = errno }
        if code != 0 { throw failure(shownPath, code) }
    }

    /// Where a path leads once every link is followed.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private static func failure(_ path: String, _ code: Int32) -> OutputError {
        OutputError(description: "cannot write \(Quoted(path)): \(String(cString: strerror(code)))\(advice(code))")
    }

    /// What to do about an error of the file system, where there is something; container images have a read-only root.
    private static func advice(_ code: Int32) -> String {
        switch code {
        case ENOENT, ENOTDIR: "; name a place in a folder that exists"
        case EISDIR: "; name a file"
        case EACCES, EPERM, EROFS: "; name a place that this user can write to"
        default: ""
        }
    }

    /// Appends the bytes to a file that others write to as well.
    static func append(_ bytes: [UInt8], to path: String) throws(OutputError) {
        try write(bytes, opening: path, O_WRONLY | O_CREAT | O_APPEND, showing: path)
    }

    /// Makes a folder and those above it, where they are missing.
    static func makeFolder(_ path: String) throws(OutputError) {
        var made = path.utf8.first == UInt8(ascii: "/") ? "/" : ""
        for component in path.utf8.split(separator: UInt8(ascii: "/")) {
            made += String(decoding: component, as: UTF8.self) + "/"
            if mkdir(made, 0o755) == 0 { continue }
            let code = errno
            var status = stat()
            if code == EEXIST, stat(made, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { continue }
            let reason =
                code == EEXIST
                ? "a file has this name; name another folder" : "\(String(cString: strerror(code)))\(advice(code))"
            throw OutputError(description: "cannot create the folder \(Quoted(made)): \(reason)")
        }
    }
}
