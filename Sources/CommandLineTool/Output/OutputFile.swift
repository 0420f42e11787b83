import Glibc

/// Writes files whole or not at all.
struct OutputFile {
    /// Writes the bytes beside the file's place and renames them into it, so that nobody ever reads half of them.
    static func write(_ bytes: [UInt8], to path: String) throws(OutputError) {
        let temporary = "\(path).\(getpid()).tmp"
        func failure(_ code: Int32) -> OutputError {
            OutputError(description: "cannot write \(path): \(String(cString: strerror(code)))")
        }
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw failure(errno) }
        UnfinishedFiles.add(temporary)
        var written = 0
        var code: Int32 = 0
        while written < bytes.count && code == 0 {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { written += count } else if errno != EINTR { code = errno }
        }
        if close(descriptor) != 0 && code == 0 { code = errno }
        if code == 0 && rename(temporary, path) != 0 { code = errno }
        UnfinishedFiles.remove(temporary)
        guard code == 0 else {
            unlink(temporary)
            throw failure(code)
        }
    }

    /// Makes a folder and those above it, where they are missing.
    static func makeFolder(_ path: String) throws(OutputError) {
        var made = path.utf8.first == UInt8(ascii: "/") ? "/" : ""
        for component in path.utf8.split(separator: UInt8(ascii: "/")) {
            made += String(decoding: component, as: UTF8.self) + "/"
            guard mkdir(made, 0o755) != 0, errno != EEXIST else { continue }
            throw OutputError(description: "cannot make the folder \(made): \(String(cString: strerror(errno)))")
        }
    }
}
