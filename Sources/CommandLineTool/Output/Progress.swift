import Synchronization

/// What has been done so far, so that a program that is stopped can say it.
final class Progress: Sendable {
    private struct State {
        var done: [String] = []
        var left: [String] = []
    }

    private let state = Mutex(State())

    /// Remembers what is to be written, where that is more than one thing.
    func expect(_ things: [String]) {
        state.withLock { $0.left = things }
    }

    /// Remembers what was written of a thing, which may have been expected under another name.
    func note(_ thing: String, _ action: String, expected: String? = nil) {
        state.withLock { state in
            state.done.append("\(thing) was \(action)")
            if let index = state.left.firstIndex(of: expected ?? thing) { state.left.remove(at: index) }
        }
    }

    /// What was written and, of several things, what was not; or that nothing is known to have been.
    var summary: String {
        let (done, left) = state.withLock { ($0.done, $0.left) }
        let text = done.isEmpty ? "nothing is known to have been written" : done.joined(separator: ", ")
        return left.isEmpty ? text : "\(text); not known to have been written: \(left.joined(separator: ", "))"
    }
}
