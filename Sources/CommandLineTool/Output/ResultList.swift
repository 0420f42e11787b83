import ControlPlaneAccess
import JSON
import Objects

/// What became of one of the objects of a run.
struct ObjectResult: Sendable {
    /// Which object it is, as lines and messages name it.
    var identity: ObjectIdentity
    /// Further members for programs.
    var members = JSONObject()
    /// What was done, or would be; nil where nothing was, or is only planned.
    var action: WriteAction?
    /// What failed, be it after something was done.
    var failure: Failure?
    /// Why nothing can be said of it, in a dry run.
    var unchecked: String?
    /// What is printed of it for people.
    var text = ""

    /// What became of it in one word, by which it is counted: what failed has failed, be it after something was done.
    var state: String {
        failure != nil ? "failed" : action?.rawValue ?? (unchecked == nil ? "built" : "unchecked")
    }

    /// What failed, with the object's name in front of it.
    var failureText: String? {
        failure.map { "\($0)".utf8.starts(with: "\(identity): ".utf8) ? "\($0)" : "\(identity): \($0)" }
    }

    /// The object for programs.
    var json: JSONValue {
        let written = failure == nil ? nil : action
        let own: JSONObject = [
            "namespace": identity.namespace.map(JSONValue.string), "name": .string(identity.name),
            "action": .string(state), "written": written.map { .string($0.rawValue) },
            "error": (failure?.description ?? unchecked).map(JSONValue.string), "exitCode": failure?.code.json,
        ]
        return .object(JSONObject(members.members + own.members))
    }

    /// Takes the requests that would be sent for it.
    mutating func take(plan requests: [PlannedRequest]) {
        let shown = requests.map(ShownRequest.init)
        members["requests"] = .array(shown.map(\.json))
        text = shown.map(\.text).joined(separator: "\n") + "\n\(identity) built (dry run)\n"
    }
}

/// What became of all objects of a run, in their order.
struct ResultList {
    var results: [ObjectResult] = []
    /// What they are, of several.
    var noun = "objects"

    /// How many there are of each state; together as many as there are results.
    private var numbers: [(state: String, count: Int)] {
        ["created", "updated", "unchanged", "failed", "built", "unchecked"].map { state in
            (state, results.count { $0.state == state })
        }
    }

    /// How many there are of each state that there is.
    var counts: String {
        numbers.filter { $0.count > 0 }.map { "\($0.count) \($0.state)" }.joined(separator: ", ")
    }

    /// One document with all of them, failures included, and how many of each there are.
    func json(isDryRun: Bool) -> JSONValue {
        var object: JSONObject = ["dryRun": isDryRun ? true : nil, "results": .array(results.map(\.json))]
        for (state, count) in numbers where count > 0 || !["built", "unchecked"].contains(state) {
            object[state] = JSONValue(count)
        }
        return .object(object)
    }

    /// How the run ends; nil where nothing failed.
    ///
    /// Where all that failed are temporary failures so is this, else it has the code of the first other one.
    var failure: Failure? {
        let failed = results.compactMap(\.failure)
        guard let first = failed.first else { return nil }
        if results.count == 1 { return first }
        let code = failed.first { $0.code != .temporaryFailure }?.code ?? .temporaryFailure
        // What failed for all of them is said once.
        let isSame = failed.count == results.count && failed.allSatisfy { $0.description == first.description }
        let texts = isSame ? [first.description] : results.compactMap(\.failureText)
        return Failure(
            code: code,
            description: "\(failed.count) of \(results.count) \(noun) failed: \(texts.joined(separator: "; "))")
    }
}
