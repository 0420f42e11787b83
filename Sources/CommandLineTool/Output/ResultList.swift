import JSON
import Objects

/// What became of one of the objects of a run.
struct ObjectResult {
    /// Which object it is, as lines and messages name it.
    let identity: ObjectIdentity
    /// Further members for programs.
    var members: [JSONObject.Member] = []
    /// What was done; nil where nothing was.
    var action: WriteAction?
    /// What failed, be it after something was done.
    var failure: Failure?
    /// What would change, in a dry run.
    var diff: String?
    /// Why nothing can be said of it, in a dry run.
    var unchecked: String?

    /// The object for programs.
    var json: JSONValue {
        var object = JSONObject(members)
        object["namespace"] = identity.namespace.map(JSONValue.string)
        object["name"] = .string(identity.name)
        object["action"] = .string(action?.rawValue ?? (unchecked == nil ? "failed" : "unchecked"))
        object["diff"] = diff.map(JSONValue.string)
        object["error"] = (failure?.description ?? unchecked).map(JSONValue.string)
        object["exitCode"] = failure.map { .number(JSONNumber(Int($0.code.rawValue))) }
        return .object(object)
    }

    /// The line for people; nil where nothing was done.
    func line(isDryRun: Bool) -> String? {
        let mark = isDryRun ? " (dry run)" : ""
        if let unchecked { return "\(identity) cannot be checked\(mark): \(unchecked)" }
        return action.map { "\(identity) \($0.rawValue)\(mark)" }
    }
}

/// What became of all objects of a run, in their order.
struct ResultList {
    var results: [ObjectResult] = []
    /// What they are, of several.
    var noun = "objects"

    /// How many of each action there are, and how many failed.
    var counts: String {
        let actions = [WriteAction.created, .updated, .unchanged]
        let counts = actions.map { action in (action.rawValue, results.count { $0.action == action }) }
        let all = counts + [("failed", results.count { $0.failure != nil })]
        return all.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    }

    /// One document with all of them, failures included, and how many of each there are.
    func json(isDryRun: Bool) -> JSONValue {
        var object = JSONObject()
        if isDryRun { object["dryRun"] = true }
        object["results"] = .array(results.map(\.json))
        for action in [WriteAction.created, .updated, .unchanged] {
            object[action.rawValue] = .number(JSONNumber(results.count { $0.action == action }))
        }
        object["failed"] = .number(JSONNumber(results.count { $0.failure != nil }))
        return .object(object)
    }

    /// How the run ends; nil where nothing failed.
    ///
    /// Where all that failed are temporary failures so is this, else it has the code of the first other one.
    var failure: Failure? {
        let failed = results.compactMap { result in result.failure.map { (result.identity, $0) } }
        guard let first = failed.first else { return nil }
        if results.count == 1 { return first.1 }
        let code = failed.first { $0.1.code != .temporaryFailure }?.1.code ?? .temporaryFailure
        // What failed for all of them is said once.
        let isSame = failed.count == results.count && failed.allSatisfy { $0.1.description == first.1.description }
        let texts = isSame ? [first.1.description] : failed.map { "\($0.0): \($0.1.description)" }
        return Failure(
            code: code,
            description: "\(failed.count) of \(results.count) \(noun) failed: \(texts.joined(separator: "; "))")
    }
}
