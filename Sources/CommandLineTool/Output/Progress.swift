import Publishing
import Synchronization

/// What has been done so far, so that a program that is stopped can say it.
final class Progress: Sendable {
    private let done = Mutex<[String]>([])

    /// Remembers what matters of an event: what was written.
    func note(_ event: PublishingEvent) {
        switch event {
        case .workloadWritten(let name, let action):
            done.withLock { $0.append("workload/\(name) was \(action.rawValue)") }
        case .runAnnotated(let name): done.withLock { $0.append("workflowrun/\(name) was annotated") }
        case .replacedUnread, .annotationShortened, .annotationImpossible: break
        }
    }

    /// What was written, or that nothing is known to have been.
    var summary: String {
        let done = done.withLock { $0 }
        return done.isEmpty ? "nothing is known to have been written" : done.joined(separator: ", ")
    }
}
