public import JSON
internal import Text

/// What has to be done for a built object to be in a store.
public enum Decision: Sendable {
    /// There is none, or only one that is about to be gone: the built one is added.
    case create
    /// The live one is replaced by that.
    case replace(JSONValue, warnings: [Warning])
    /// The live one is as it should be.
    case keep
}

/// Decides what a built object and a policy make of the live object: the one place that publishing, its preview and its
/// plan ask.
///
/// Throws `.invalid` where the live object has another owner, and where a strict policy would remove what it guards.
public func decide(live: JSONValue?, item: Item) throws(Problem) -> Decision {
    guard let live, !live.isBeingDeleted else { return .create }
    let policy = item.policy
    try policy.checkFixed(live: live, item)
    let result = policy.result(of: item.built, on: live)
    guard policy.readsFirst else { return .replace(result, warnings: []) }
    if policy.compared.allSatisfy({ isSame(result[path: $0], live[path: $0]) }) { return .keep }
    let removals = policy.removals(from: live, to: result)
    guard policy.isStrict, !removals.isEmpty else {
        return .replace(result, warnings: removals.isEmpty ? [] : [.removal(removals)])
    }
    throw Problem(
        .invalid, at: "\(item.identity)", "the update would remove all \(removals.joined(separator: " and all "))",
        cause: Problem.Reason.removal)
}

/// Whether both are the same, where an empty value counts as none.
private func isSame(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
    left == right || (left?.isEmpty ?? true) && (right?.isEmpty ?? true)
}

extension Policy {
    fileprivate func result(of built: JSONValue, on live: JSONValue) -> JSONValue {
        var result: JSONValue
        switch update {
        case .overwrite, .replace: return built
        case .assign(let paths): result = paths.reduce(live) { $0.setting(built[path: $1], at: $1) }
        case .merge:
            result = built
            for (path, except) in kept {
                for member in live[path: path]?.object?.members ?? [] where !except.contains(member.name) {
                    let place = path + [member.name]
                    if result[path: place] == nil { result = result.setting(member.value, at: place) }
                }
            }
        }
        for path in united {
            var values = JSONObject()
            // One by one, so that a key that a careless server repeats is not sent back twice.
            for object in [live, built] {
                for member in object[path: path]?.object?.members ?? [] { values[member.name] = member.value }
            }
            if !values.isEmpty { result = result.setting(.object(values), at: path) }
        }
        return result
    }

    fileprivate func checkFixed(live: JSONValue, _ item: Item) throws(Problem) {
        for (path, members) in fixed {
            guard let theirs = live[path: path], let ours = item.built[path: path],
                members.contains(where: { theirs[$0] != ours[$0] })
            else { continue }
            func text(_ object: JSONValue) -> String {
                members.map { Printable.line(object[$0]?.string ?? "?", limit: 253) }.joined(separator: "/")
            }
            throw Problem(
                .invalid, at: "\(item.identity)", "belongs to \(text(theirs)), not to \(text(ours))",
                cause: Problem.Reason.otherOwner)
        }
    }

    /// What a merge leaves none of, each as `endpoints (http, metrics)`.
    fileprivate func removals(from live: JSONValue, to result: JSONValue) -> [String] {
        guard case .merge = update else { return [] }
        return guarded.compactMap { thing, paths, members in
            func names(_ object: JSONValue) -> [String] {
                paths.flatMap { path -> [String] in
                    switch object[path: path] {
                    case .object(let mapping): mapping.members.map { Printable.line($0.name, limit: 253) }
                    case .array(let entries):
                        entries.map { entry in
                            members.compactMap { entry[$0]?.string }.map { Printable.line($0, limit: 253) }
                                .joined(separator: "/")
                        }
                    default: []
                    }
                }
            }
            let lost = names(live)
            return lost.isEmpty || !names(result).isEmpty ? nil : "\(thing) (\(lost.listed))"
        }
    }
}
