import Glibc

/// What a path leads to once every link is resolved.
public enum FileKind: Equatable, Sendable, CustomStringConvertible {
    /// A regular file, the only kind that is ever read.
    case regular
    /// A folder.
    case folder
    /// A pipe, a socket, a device or the like, in words with their article.
    case other(String)

    /// The kind in words, with its article.
    public var description: String {
        switch self {
        case .regular: "a regular file"
        case .folder: "a folder"
        case .other(let words): words
        }
    }
}

/// What the system says about an open file: enough to tell it from every other.
public struct FileStatus: Sendable {
    /// The number of its file system.
    public let device: UInt
    /// Its number in the file system.
    public let inode: UInt
    /// Its size in bytes.
    public let size: Int
    /// Whether it is a symbolic link.
    public let isLink: Bool
    /// Its kind.
    public let kind: FileKind
    /// Its permissions for owner, group and others.
    public let permissions: UInt32

    init(_ status: stat) {
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
        size = Int(status.st_size)
        permissions = status.st_mode & 0o777
        let type = status.st_mode & S_IFMT
        isLink = type == S_IFLNK
        kind =
            switch type {
            case S_IFREG: .regular
            case S_IFDIR: .folder
            case S_IFIFO: .other("a named pipe")
            case S_IFSOCK: .other("a socket")
            case S_IFCHR: .other("a character device")
            case S_IFBLK: .other("a block device")
            default: .other("a file of an unknown kind")
            }
    }

    /// Whether both are of one file.
    public func isSameFile(as other: FileStatus) -> Bool {
        device == other.device && inode == other.inode
    }
}
