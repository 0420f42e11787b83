import Checkout
import Foundation
import Glibc

/// A folder of its own on disk with a source dir and a file beside it, removed when nothing refers to it any more.
///
///     BASE/outside/secret.txt     "outside"
///     BASE/source/a.txt           "inside"
///     BASE/source/svc/b.txt       "b"
///     BASE/source/svc/app/
final class SourceTreeFixture: Sendable {
    let base: String
    var source: String { base + "/source" }

    init() throws {
        var template = Array("/tmp/fence-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil, let real = realpath(template, nil) else { throw POSIXError(.EIO) }
        defer { free(real) }
        base = String(cString: real)
        for folder in ["outside", "source/svc/app"] { try makeFolder(folder) }
        try write("outside", to: "outside/secret.txt")
        try write("inside", to: "source/a.txt")
        try write("b", to: "source/svc/b.txt")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: base)
    }

    func tree() throws -> SourceTree {
        try SourceTree(root: source)
    }

    func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: "\(base)/\(path)", withIntermediateDirectories: true)
    }

    func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(base)/\(path)"))
    }

    /// Makes a link; `BASE` in its target stands for the folder's path.
    func link(_ path: String, to target: String) throws {
        guard symlink(inBase(target), "\(base)/\(path)") == 0 else { throw POSIXError(.EIO) }
    }

    func makePipe(_ path: String) throws {
        guard mkfifo("\(base)/\(path)", 0o600) == 0 else { throw POSIXError(.EIO) }
    }

    /// Makes a socket at the path; nothing listens on it.
    func makeSocket(_ path: String) throws {
        let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(number) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: "\(base)/\(path)".utf8) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw POSIXError(.EIO) }
    }

    func inBase(_ text: String) -> String {
        text.replacingOccurrences(of: "BASE", with: base)
    }

    /// The contents, or what the error says, with `BASE` for the folder's path.
    func reading(_ file: String, from folder: String = ".", limit: Int = 1024) throws -> String {
        let tree = try tree()
        do {
            return String(decoding: try tree.contents(of: file, from: folder, limit: limit), as: UTF8.self)
        } catch {
            return "\(error)".replacingOccurrences(of: base, with: "BASE")
        }
    }
}

extension SourceTree {
    /// The descriptors below a folder, where everything could be searched.
    func workloadDescriptors(
        below folder: String, limits: (depth: Int, entries: Int) = (128, 1_000_000)
    ) throws(SourceTreeError) -> [String] {
        let found = try searchDescriptors(below: folder, limits: limits)
        if let (_, error) = found.skipped.first { throw error }
        return found.descriptors
    }
}
