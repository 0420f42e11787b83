import Synchronization

/// What has been done so far, so that a program that is stopped can say it.
final class Progress: Sendable {
    private let done = Mutex<[String]>([])

    /// Remembers what was written.
    func note(_ text: String) {
        done.withLock { $0.append(text) }
    }

    /// What was written, or that nothing is known to have been.
    var summary: String {
        let done = done.withLock { $0 }
        return done.isEmpty ? "nothing is known to have been written" : done.joined(separator: ", ")
    }
}
