public import System
import Text

/// Why a file or folder of the source dir is not read; every path is as the user wrote it.
public enum SourceTreeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Nothing has this name.
    case missing(String)
    /// The path goes through a link whose target, the second text, is not there.
    case brokenLink(String, target: String)
    /// The path, or the named component in it, is taken for a folder and is none.
    case notAFolder(String, component: String)
    /// A folder where a file is wanted, or a pipe, socket or device, which is never opened for reading.
    case notARegularFile(String, FileKind)
    /// The path, or a link on it, leaves the source dir.
    case outside(String)
    /// A path that starts at the root of the machine where a relative one is wanted.
    case absolutePath(String)
    /// The file has more bytes than the caller reads.
    case tooLarge(String, size: Int, limit: Int)
    /// The system refused, for the reason in the second text.
    case unreadable(String, reason: String)
    /// The path goes through more links than are followed.
    case tooManyLinks(String, limit: Int)
    /// The path goes through more folders than are kept open.
    case tooDeep(String, limit: Int)
    /// A search below this folder met more files and folders than it looks at.
    case tooManyFiles(String, limit: Int)
    /// No file can have this path, for the reason in the second text.
    case invalidPath(String, reason: String)
    /// The path goes into what belongs to Git alone.
    case git(String)
    /// The system refused to write it, for the reason in the second text.
    case unwritable(String, reason: String)
    /// Another file took the place of this one between finding and opening it.
    case replaced(String)

    /// Whether nothing is where the path leads, so that it may be the path that is wrong.
    public var isAbsence: Bool {
        switch self {
        case .missing, .brokenLink, .notAFolder: true
        default: false
        }
    }

    /// What is wrong with which path and, where there is a way, what to do about it.
    public var description: String {
        switch self {
        case .missing(let path):
            "\(Quoted(path)) does not exist"
        case .brokenLink(let path, let target):
            "\(Quoted(path)) goes through a symbolic link to \(Quoted(target)), which does not exist"
        case .notAFolder(let path, let component):
            path.utf8.elementsEqual(component.utf8)
                ? "\(Quoted(path)) is not a folder"
                : "\(Quoted(path)) does not exist: \(Quoted(component)) is not a folder"
        case .notARegularFile(let path, .folder):
            "\(Quoted(path)) is a folder, not a file"
        case .notARegularFile(let path, let kind):
            "\(Quoted(path)) is \(kind), and only regular files are read"
        case .outside(let path):
            "\(Quoted(path)) leads outside the source dir; name a path that stays inside it"
        case .absolutePath(let path):
            "\(Quoted(path)) is an absolute path; write it relative to the descriptor's folder"
        case .tooLarge(let path, let size, let limit):
            "\(Quoted(path)) is too large: \(size) bytes or more, and at most \(ByteCount(bytes: limit)) is "
                + "read; shorten it"
        case .unreadable(let path, let reason):
            "\(Quoted(path)) cannot be read: \(reason)"
        case .tooManyLinks(let path, let limit):
            "\(Quoted(path)) goes through more than \(limit) symbolic links, perhaps in a circle; remove some"
        case .tooDeep(let path, let limit):
            "\(Quoted(path)) is nested deeper than \(limit) folders; move it up"
        case .tooManyFiles(let path, let limit):
            "\(Quoted(path)) holds more than \(limit) files and folders; search a smaller folder"
        case .invalidPath(let path, let reason):
            "\(Quoted(path)) is not a usable path: \(reason)"
        case .git(let path):
            "\(Quoted(path)) leads into '.git', where nothing is written; name another path"
        case .unwritable(let path, let reason):
            "\(Quoted(path)) cannot be written: \(reason)"
        case .replaced(let path):
            "\(Quoted(path)) was replaced while it was being opened; run again when nothing writes to it"
        }
    }
}

extension SourceTreeError {
    /// Throws where no file can have that path.
    static func check(_ path: String) throws(SourceTreeError) {
        if path.isEmpty { throw .invalidPath(path, reason: "it is empty") }
        if path.utf8.contains(0) { throw .invalidPath(path, reason: "it contains a NUL character") }
    }

    /// What a failed system call means for the path on whose behalf it was made.
    init(_ error: SystemError, path: String) {
        self =
            switch error {
            case .missing: .missing(path)
            case .notAFolder: .notAFolder(path, component: path)
            case .tooManyLinks: .tooManyLinks(path, limit: SourceTreeWalk.maximumLinks)
            case .nameTooLong: .invalidPath(path, reason: "a name in it is longer than the file system allows")
            case _ where error.isDenial: .unreadable(path, reason: "\(error.text); make it readable for this user")
            default: .unreadable(path, reason: error.text)
            }
    }
}
