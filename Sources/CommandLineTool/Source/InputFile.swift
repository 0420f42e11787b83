import System
import Text

/// A file that a parameter names, read whole.
enum InputFile {
    /// The bytes of the file, a pipe or a device as well, or with `-` of standard input; throws where it cannot be read or
    /// has more than `limit` bytes.
    static func read(_ path: String, limit: Int, namedBy name: String) throws(InputError) -> [UInt8] {
        let problem: String
        do throws(SystemError) {
            let file: FileDescriptor = path == "-" ? .standardInput : try .open(path, .read)
            let bytes = try file.read(upTo: limit)
            if bytes.count <= limit { return bytes }
            problem = "has more than \(limit) bytes; name another file"
        } catch {
            let advice =
                error == .missing
                ? "; write the path relative to the current folder" : error == .isAFolder ? "; name a file" : ""
            problem = "cannot be read: \(error.text)\(advice)"
        }
        let place = path == "-" ? "standard input" : "\(Quoted(path))"
        throw InputError(description: "\(name): \(place) \(problem) (nothing was done)")
    }
}
