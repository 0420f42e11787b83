import CommandLineTool
import MockControlPlane

/// What a run owes to its faults.
struct Expectation {
    /// What becomes of the Workload.
    enum Outcome {
        case asBefore
        /// The built one, with the labels and annotations that others had put on it.
        case merged
        /// The built one and nothing else.
        case replaced
    }

    var code = ExitCode.success
    var counts: [MockControlPlane.Route: Int]
    var waits: [Duration] = []
    var workload = Outcome.merged
    var isAnnotated = true
    /// Whether the annotations hold a copy of the Workload.
    var hasCopy = true
    var action: String
    /// The request that the last line names, and what it says of it.
    var failure: (route: MockControlPlane.Route, words: String)?
}

extension FaultCell {
    /// The rules of product and protocols; what deviates from a rule stands in `exception`.
    var expectation: Expectation {
        if let exception { return exception }
        switch fault.reaction {
        case .retried where isStanding && !fault.reachesServer:
            var expectation = ended(.temporaryFailure, waits: waits(maxRetries, nil))
            expectation.counts[route] = nil
            // Every try of an update begins with a read, which has tries of its own and meets the same fault.
            if readBefore != nil { expectation.waits.insert(.milliseconds(250), at: 0) }
            return expectation
        case .retried(let asked) where isStanding:
            return ended(.temporaryFailure, tries: maxRetries + 1, waits: waits(maxRetries, asked))
        case .retried(let asked):
            var expectation = undisturbed
            expectation.waits = waits(1, asked)
            expectation.counts[route] = fault.reachesServer ? 2 : 1
            if let read = readBefore { expectation.counts[read] = 2 }
            return expectation
        case .refused(let code):
            // The OAuth server's 4xx says in OAuth's words that it refuses the client (RFC 6749 §5.2).
            return ended(route == .token && fault.status != nil ? .noPermission : code)
        case .senseless:
            return ended(.protocolError)
        }
    }

    /// The cells in which the flow has an answer of its own to a fault.
    private var exception: Expectation? {
        var expectation = undisturbed
        if route == .token && fault.description == "501" {
            // The body says server_error, which passes whatever the status.
            if isStanding {
                return ended(.temporaryFailure, tries: maxRetries + 1, waits: waits(maxRetries, nil))
            }
            expectation.counts[.token] = 2
            expectation.waits = waits(1, nil)
            return expectation
        }
        switch (route, fault.status, isStanding) {
        case (.token, _, _): return nil
        case (.createWorkload, 401, true):
            // The API may be behind: the token of a moment ago is tried again, the last time a fresh one.
            expectation = ended(.noPermission, tries: 3, waits: [.seconds(1), .seconds(2)])
            expectation.counts[.token] = 2
        case (.createWorkload, 401, false):
            expectation.counts[route] = 2
            expectation.waits = [.seconds(1)]
        case (_, 401, true):
            // A token that was good is renewed, and the new one is seconds old.
            expectation = ended(.noPermission, waits: [.seconds(1), .seconds(2)])
            expectation.counts[.token] = 3
            expectation.counts[route] = 4
        case (.updateWorkload, 409, true), (.updateWorkflowRun, 409, true):
            expectation = ended(.unavailable, tries: maxRetries + 1, waits: waits(maxRetries, nil))
        case (.updateWorkload, 409, false), (.updateWorkflowRun, 409, false):
            // What is read afresh may be written.
            expectation.counts[route] = 2
            expectation.waits = waits(1, nil)
            if let read = readBefore { expectation.counts[read] = 2 }
        case (_, 401, false):
            expectation.counts[.token] = 2
            expectation.counts[route] = 2
        case (.getWorkload, 403, _), (.getWorkload, 404, _), (.getWorkload, 405, _):
            expectation.workload = .replaced
        case (.createWorkload, 409, false):
            // What the conflict named is gone when it is read and replaced, and so it is created.
            expectation.counts[.createWorkload] = 2
            expectation.counts[.getWorkload] = 1
            expectation.counts[.updateWorkload] = 1
        case (.updateWorkload, 404, false):
            expectation.counts[.createWorkload] = 2
            expectation.counts[.getWorkload] = 2
            expectation.counts[.updateWorkload] = 2
        case (.createWorkload, 409, true), (.updateWorkload, 404, true):
            expectation = ended(.unavailable)
            for route in [Route.createWorkload, .getWorkload, .updateWorkload] { expectation.counts[route] = 4 }
            expectation.failure = (.updateWorkload, "404 Not Found")
        case (.updateWorkflowRun, 413, _):
            // A copy that is too large never fails the step: the next try goes without it.
            if isStanding { expectation = ended(.invalidData) }
            expectation.counts[.getWorkflowRun] = 2
            expectation.counts[.updateWorkflowRun] = 2
            expectation.hasCopy = false
        default:
            return fault.doesWork ? lostAnswer : nil
        }
        return expectation
    }

    /// The work was done and only the answer is lost: reading afresh finds that out.
    private var lostAnswer: Expectation? {
        var expectation = undisturbed
        expectation.waits = waits(1, nil)
        if let read = readBefore {
            expectation.counts[read] = 2
            return expectation
        }
        guard route == .createWorkload, !isStanding else { return nil }
        expectation.counts[.createWorkload] = 2
        expectation.counts[.getWorkload] = 1
        return expectation
    }

    /// A run in which nothing goes wrong.
    private var undisturbed: Expectation {
        Expectation(
            counts: Dictionary(uniqueKeysWithValues: flow.map { ($0, 1) }),
            action: startsWithWorkload ? "updated" : "created")
    }

    /// A run that ends at the request, after so many tries of it.
    private func ended(_ code: ExitCode, tries: Int = 1, waits: [Duration] = []) -> Expectation {
        var expectation = undisturbed
        expectation.code = code
        expectation.waits = waits
        for later in flow.drop(while: { $0 != route }) { expectation.counts[later] = nil }
        expectation.counts[route] = tries
        if let read = readBefore { expectation.counts[read] = tries }
        let isWorkloadWritten = route == .getWorkflowRun || route == .updateWorkflowRun
        let wasCreated = route == .createWorkload && fault.doesWork
        expectation.workload = isWorkloadWritten || wasCreated ? .merged : .asBefore
        expectation.isAnnotated = false
        expectation.failure = (fault.reachesServer ? route : readBefore ?? route, fault.words)
        return expectation
    }

    /// The waits between tries: half of 500 ms, 1 s, 2 s … up to 10 s with the dice of the tests, or as asked.
    private func waits(_ count: Int, _ asked: Duration?) -> [Duration] {
        (0..<count).map { asked ?? .milliseconds(250) * (1 << $0) }
    }
}
