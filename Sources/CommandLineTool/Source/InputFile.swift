import System
import Text

/// A file that a parameter names, read whole.
enum InputFile {
    /// The bytes of the file, a pipe or a device as well; throws where it cannot be read or has more than `limit` bytes.
    static func read(_ path: String, limit: Int, namedBy name: String) throws(InputError) -> [UInt8] {
        let problem: String
        do throws(SystemError) {
            let bytes = try FileDescriptor.open(path, .read).read(upTo: limit)
            if bytes.count <= limit { return bytes }
            problem = "has more than \(limit) bytes; name the file that the build left"
        } catch {
            let advice = error == .missing ? "; write the path relative to the current folder" : ""
            problem = "cannot be read: \(error.text)\(advice)"
        }
        throw InputError(description: "\(name): \(Quoted(path)) \(problem) (nothing was done)")
    }
}
