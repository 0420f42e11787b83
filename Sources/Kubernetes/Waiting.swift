import JSON
public import Objects
import Text

/// The time for a wait is over.
public struct TimeIsUp: Error {}

/// Waits for objects to become what was meant, and ends where one of them cannot.
public struct Waiting {
    private let api: KubernetesAPI
    private let wanted: [StatusCondition]
    private let fatal: [StatusCondition]

    /// A wait for all of the first to hold and none of the second, for each object.
    public init(_ api: KubernetesAPI, wanted: [StatusCondition], fatal: [StatusCondition]) {
        self.api = api
        self.wanted = wanted
        self.fatal = fatal
    }

    /// Whether there is nothing to wait for.
    public var isEmpty: Bool { wanted.isEmpty }

    /// Waits for all of these objects; returns what kept some of them from it, by their position.
    ///
    /// Where a fatal condition holds or an object is deleted the wait ends at once, and that is the one problem there is.
    public func wait(for objects: [Applying.Applied]) -> [Int: Problem] {
        var pending = Array(objects.indices)
        var problems: [Int: Problem] = [:]
        var pause = Duration.milliseconds(100)
        while true {
            for index in pending {
                do throws(Problem) {
                    problems[index] = try missing(objects[index])
                } catch {
                    guard error.isEndOfTime else { return [index: error] }
                    // The time is up in the middle of a read: what was seen before says what is awaited.
                    for unread in pending.drop(while: { $0 != index }) where problems[unread] == nil {
                        problems[unread] = error
                    }
                    return problems
                }
            }
            pending = pending.filter { problems[$0] != nil }
            guard !pending.isEmpty, api.client.pause(pause) else { return problems }
            pause = min(pause * 2, .seconds(1))
        }
    }

    /// What is missing, as the problem that it is when the time is up; nil where all that is wanted holds.
    private func missing(_ applied: Applying.Applied) throws(Problem) -> Problem? {
        let identity = applied.identity
        let deleted = Problem(.refused, at: "\(identity)", "it was deleted while it was waited for")
        let object: JSONValue
        switch try applied.collection.read(identity.name) {
        case .found(let found): object = found
        case .absent: throw deleted
        case .unreadable(let problem): throw problem
        }
        let uid = ["metadata", "uid"]
        guard object[path: ["metadata", "deletionTimestamp"]] == nil, object[path: uid] == applied.object[path: uid]
        else {
            throw deleted
        }
        if let condition = fatal.first(where: { $0.holds(for: object) }) {
            throw Problem(.refused, at: "\(identity)", "\(condition) holds: \(story(condition, object))")
        }
        let missing = wanted.filter { !$0.holds(for: object) }
        guard let first = missing.first else { return nil }
        return Problem(
            .temporary, at: "\(identity)",
            "the time is up while \(missing.map(\.description).joined(separator: " and ")) is awaited: "
                + story(first, object), cause: TimeIsUp())
    }

    private func story(_ condition: StatusCondition, _ object: JSONValue) -> String {
        api.client.redactor.excerpt(of: Array(condition.story(of: object).utf8))
    }
}
