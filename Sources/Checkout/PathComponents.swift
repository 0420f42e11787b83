internal import System

/// The names of which an absolute path consists, as bytes, because file names need not be UTF-8.
struct PathComponents: Equatable {
    let names: [[UInt8]]

    /// Makes a path absolute against a folder and takes `.` and `..` out of its text, without looking at the disk.
    init(_ path: String, in workingDirectory: String) {
        let absolute = path.utf8.first == UInt8(ascii: "/") ? path : "\(workingDirectory)/\(path)"
        var names: [[UInt8]] = []
        for name in absolute.utf8.split(separator: UInt8(ascii: "/")) {
            if name.elementsEqual("..".utf8) {
                _ = names.popLast()
            } else if !name.elementsEqual(".".utf8) {
                names.append(Array(name))
            }
        }
        self.names = names
    }

    /// Asks the system where a path leads, every link resolved.
    init(real path: String) throws(SystemError) {
        names = try FileSystem.resolved(path).split(separator: UInt8(ascii: "/")).map(Array.init)
    }

    /// What is left of `path` below `folder`; nothing when it is not inside, an empty list when they are the same.
    static func remainder(of path: [[UInt8]], below folder: PathComponents) -> ArraySlice<[UInt8]>? {
        path.starts(with: folder.names) ? path.dropFirst(folder.names.count) : nil
    }

    /// The names with slashes between them; nothing when they are not UTF-8.
    static func text(_ names: some Sequence<[UInt8]>) -> String? {
        String(validating: names.joined(separator: [UInt8(ascii: "/")]), as: UTF8.self)
    }
}
