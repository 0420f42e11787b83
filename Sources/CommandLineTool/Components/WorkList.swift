import Synchronization
import System

/// Pieces of work that several threads share; each takes the next one that is left.
final class WorkList<Result: Sendable>: Sendable {
    private struct State {
        var next = 0
        var done = 0
        var results: [Result?]
    }

    private let state: Mutex<State>

    private init(count: Int) {
        state = Mutex(State(results: Array(repeating: nil, count: count)))
    }

    /// Runs a worker in so many threads, of which this is one, and returns the results in the order of the pieces.
    ///
    /// The worker of this thread is given what it has of its own already. A worker calls `next` for its pieces until there is none, and `finish` for each. Where the system has fewer threads to
    /// give, there are fewer workers.
    static func run<Own>(
        count: Int, jobs: Int, _ own: Own, _ worker: @escaping @Sendable (WorkList<Result>, Own?) -> Void
    ) -> [Result] {
        let list = WorkList(count: count)
        let threads = (1..<max(1, min(jobs, count))).compactMap { _ in WorkerThread { worker(list, nil) } }
        worker(list, own)
        for thread in threads { thread.join() }
        return list.state.withLock { $0.results.compactMap { $0 } }
    }

    /// The next piece, nil where none is left.
    func next() -> Int? {
        state.withLock { state in
            guard state.next < state.results.count else { return nil }
            state.next += 1
            return state.next - 1
        }
    }

    /// Keeps the result of a piece; how many there are now.
    func finish(_ index: Int, _ result: Result) -> Int {
        state.withLock { state in
            state.results[index] = result
            state.done += 1
            return state.done
        }
    }
}
