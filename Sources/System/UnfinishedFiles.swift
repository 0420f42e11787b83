import Glibc
import Synchronization

/// The files that are being written, so that what stops the program can take them away.
public enum UnfinishedFiles {
    private static let paths = Mutex<[String]>([])

    /// Notes a file that is not whole yet.
    public static func add(_ path: String) {
        paths.withLock { $0.append(path) }
    }

    /// Forgets a file that has its place, or is gone.
    public static func remove(_ path: String) {
        paths.withLock { paths in paths.removeAll { $0 == path } }
    }

    /// Removes all that are not whole.
    public static func unlinkAll() {
        for path in paths.withLock({ $0 }) { unlink(path) }
    }
}
