import Glibc
import Synchronization

/// The files that are being written, so that what stops the program can take them away.
public enum UnfinishedFiles {
    private struct State {
        var paths: [String] = []
        var isClosed = false
    }

    private static let state = Mutex(State())

    /// Makes a file that is not whole yet, and notes it; both at once, for a stop may come at any point.
    ///
    /// Once all were removed there is no further one: the caller waits for the end of the process.
    static func add<File>(
        _ path: String, making make: () throws(SystemError) -> File
    ) throws(SystemError) -> File {
        while true {
            var made: File?
            try state.withLock { state throws(SystemError) in
                guard !state.isClosed else { return }
                made = try make()
                state.paths.append(path)
            }
            if let made { return made }
            SystemClock.sleep(.seconds(1))
        }
    }

    /// Forgets a file that has its place, or is gone.
    ///
    /// Once all were removed the caller waits for the end of the process: that a file went is no error then.
    static func remove(_ path: String) {
        let isClosed = state.withLock { state in
            state.paths.removeAll { $0 == path }
            return state.isClosed
        }
        while isClosed { SystemClock.sleep(.seconds(1)) }
    }

    /// Removes all that are not whole, and lets no other be made; for a process that is about to end.
    public static func unlinkAll() {
        state.withLock { state in
            state.isClosed = true
            for path in state.paths { unlink(path) }
        }
    }
}
