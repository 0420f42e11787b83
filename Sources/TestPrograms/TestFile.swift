import Glibc
import Loopback

/// Files of a test's own folder.
public enum TestFile {
    /// The text of a file, empty where there is none.
    public static func text(of path: String) -> String {
        String(decoding: bytes(of: path), as: UTF8.self)
    }

    /// The bytes of a file, none where it cannot be read.
    public static func bytes(of path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// Writes a file anew.
    public static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(SystemCallError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemCallError("open \(path)") }
        defer { close(descriptor) }
        let bytes = Array(bytes)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw SystemCallError("write \(path)") }
            written += count
        }
    }
}

/// A folder of a test's own, removed with everything in it when the last reference goes.
public final class TemporaryFolder: Sendable {
    /// Its path, without a symbolic link.
    public let path: String

    /// Makes an empty one.
    public init() throws(SystemCallError) {
        var template = Array("/tmp/workload-publisher.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemCallError("mkdtemp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        Self.remove(path)
    }

    /// Removes a folder with everything in it.
    public static func remove(_ path: String) {
        _ = try? ProgramCall("/bin/rm", ["-rf", path]).run()
    }
}
