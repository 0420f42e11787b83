import Glibc
import Synchronization

/// The files that are being written, so that whoever stops the program can take them away.
enum UnfinishedFiles {
    private static let paths = Mutex<[String]>([])

    static func add(_ path: String) {
        paths.withLock { $0.append(path) }
    }

    static func remove(_ path: String) {
        paths.withLock { paths in paths.removeAll { $0 == path } }
    }

    static func unlinkAll() {
        for path in paths.withLock({ $0 }) { unlink(path) }
    }
}
