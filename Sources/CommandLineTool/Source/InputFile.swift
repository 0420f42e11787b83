import Glibc
import Text

/// A file that a parameter names, read whole.
enum InputFile {
    /// The bytes of the file, a pipe or a device as well; throws where it cannot be read or has more than `limit` bytes.
    static func read(_ path: String, limit: Int, namedBy name: String) throws(InputError) -> [UInt8] {
        func failure(_ problem: String) -> InputError {
            InputError(description: "\(name): \(Quoted(path)) \(problem) (nothing was done)")
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot be read: \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count > 0 { bytes += chunk.prefix(count) }
            if count < 0 && errno != EINTR { throw failure("cannot be read: \(String(cString: strerror(errno)))") }
        }
        throw failure("has more than \(limit) bytes; name the file that the build left")
    }
}
