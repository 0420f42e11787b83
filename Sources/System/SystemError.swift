import Glibc

/// The number by which a system call says why it failed (errno).
public struct SystemError: Error, Hashable, Sendable {
    /// The number.
    public let code: CInt

    /// The error of that number.
    public init(code: CInt) {
        self.code = code
    }

    /// The error of the last call of this thread.
    public static var current: SystemError { SystemError(code: errno) }

    /// Nothing has this name.
    public static let missing = SystemError(code: ENOENT)
    /// A part of the path before its last is no folder.
    public static let notAFolder = SystemError(code: ENOTDIR)
    /// The path leads to a folder.
    public static let isAFolder = SystemError(code: EISDIR)
    /// Something has this name already.
    public static let exists = SystemError(code: EEXIST)
    /// More links than the system follows; or, where none is to be followed, a link.
    public static let tooManyLinks = SystemError(code: ELOOP)
    /// A name is longer than the file system allows.
    public static let nameTooLong = SystemError(code: ENAMETOOLONG)
    /// A socket, or a pipe that is not read by anyone.
    public static let noDevice = SystemError(code: ENXIO)
    /// The other end of a pipe is closed.
    public static let brokenPipe = SystemError(code: EPIPE)

    /// Whether the place is held by another use, as a file that is mounted by itself is, or is of another file system.
    public var isBusy: Bool { [EBUSY, EXDEV, ETXTBSY].contains(code) }

    /// Whether this user may not do this, or no user may.
    public var isDenial: Bool { [EACCES, EPERM, EROFS].contains(code) }

    /// The system's words, as `No such file or directory`.
    public var text: String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let start = buffer.baseAddress else { return "error \(code)" }
            buffer.initialize(repeating: 0)
            return strerror_r(code, start, buffer.count) == 0 ? String(cString: start) : "error \(code)"
        }
    }
}
