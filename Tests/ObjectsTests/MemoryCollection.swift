import JSON
import Objects

/// A collection in memory that notes its calls, and where the test says so fails, forgets or is interfered with.
final class MemoryCollection: ObjectCollection {
    /// What becomes of one write.
    enum Fate {
        /// It fails for now, and nothing is written.
        case fails
        /// It takes effect, and its response is lost.
        case isLost
        /// Something happens to the object just before.
        case comesAfter((inout JSONValue?) -> Void)
    }

    private(set) var object: JSONValue?
    private(set) var calls: [String] = []
    private(set) var waits = 0
    /// What becomes of the next writes, in order; then all succeed.
    var fates: [Fate] = []
    /// Why reads show nothing.
    var refusal: Problem?
    /// What the store makes of an object before it keeps it.
    var keeping: (JSONValue) -> JSONValue = { $0 }
    /// How often the object is still there while it is being deleted.
    var readsUntilGone = 0
    private let maxRetries: Int

    init(_ object: JSONValue?, maxRetries: Int = 3) {
        self.object = object
        self.maxRetries = maxRetries
    }

    static let notFound = Problem(.absent, at: "GET objects/x", "404 Not Found")
    static let failure = Problem(.temporary, at: "objects/x", "503 Service Unavailable")

    func create(_ object: JSONValue) -> WriteAttempt {
        calls.append("create")
        switch nextFate() {
        case .fails: return .retry(Self.failure, mayHaveTakenEffect: false)
        case .isLost:
            if self.object == nil { self.object = keeping(object) }
            return .retry(Self.failure, mayHaveTakenEffect: true)
        case .comesAfter(let change): change(&self.object)
        case nil: break
        }
        guard self.object == nil else { return .isOtherwise(Self.failure) }
        self.object = keeping(object)
        return .done(stored: self.object)
    }

    func read(_ name: String) -> Reading {
        calls.append("read")
        if let refusal { return refusal.kind == .absent ? .absent(refusal) : .unreadable(refusal) }
        if object?["metadata"]?["deletionTimestamp"] != nil {
            if readsUntilGone == 0 { object = nil }
            readsUntilGone -= 1
        }
        return object.map { .found($0) } ?? .absent(Self.notFound)
    }

    func replace(_ name: String, with object: JSONValue, live: JSONValue?) -> WriteAttempt {
        calls.append("replace")
        switch nextFate() {
        case .fails: return .retry(Self.failure, mayHaveTakenEffect: false)
        case .isLost:
            self.object = keeping(object)
            return .retry(Self.failure, mayHaveTakenEffect: true)
        case .comesAfter(let change):
            let before = self.object
            change(&self.object)
            if let now = self.object, now != before, live != nil {
                return .retry(Problem(.conflict, at: "objects/x", "it was changed"), mayHaveTakenEffect: false)
            }
        case nil: break
        }
        guard self.object != nil else { return .isOtherwise(Self.notFound) }
        self.object = keeping(object)
        return .done(stored: self.object)
    }

    func wait(after problem: Problem, tries: Int) throws(Problem) {
        guard tries <= maxRetries else { throw problem }
    }

    func waitForStore(_ problem: Problem) throws(Problem) {
        guard waits < maxRetries else { throw problem }
        waits += 1
    }

    private func nextFate() -> Fate? { fates.isEmpty ? nil : fates.removeFirst() }
}
