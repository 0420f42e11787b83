public import JSON
internal import Text

/// What has to be done for a built object to be in a store.
public enum Decision: Sendable {
    /// There is none, or only one that is about to be gone: the built one is added.
    case create(JSONValue)
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
    guard let live else { return .create(item.built) }
    if live.isBeingDeleted { return .create(item.built) }
    let policy = item.policy
    try policy.checkFixed(live: live, item)
    let result = policy.result(of: item.built, on: live)
    guard policy.readsFirst else { return .replace(result, warnings: []) }
    if policy.compared.allSatisfy({ isSame(result[path: $0], live[path: $0]) }) { return .keep }
    let removals = policy.removals(from: live, to: result)
    guard !removals.isEmpty else { return .replace(result, warnings: []) }
    guard !policy.isStrict else {
        throw Problem(
            .invalid, at: "\(item.identity)",
            "the update would remove all \(removals.map(\.description).joined(separator: " and all "))",
            cause: Problem.Reason.removal(removals))
    }
    return .replace(result, warnings: [.removal(removals)])
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
        case .merge: result = kept.reduce(built) { $1.take(over: live, into: $0) }
        case .assign(let paths): result = paths.reduce(live) { $0.setting(built[path: $1], at: $1) }
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
        for value in fixed {
            guard let theirs = live[path: value.path], let ours = item.built[path: value.path],
                value.members.contains(where: { theirs[$0] != ours[$0] })
            else { continue }
            func text(_ object: JSONValue) -> String {
                value.members.map { Printable.line(object[$0]?.string ?? "?", limit: 253) }.joined(separator: "/")
            }
            throw Problem(
                .invalid, at: "\(item.identity)", "belongs to \(text(theirs)), not to \(text(ours))",
                cause: Problem.Reason.otherOwner(live: text(theirs), built: text(ours)))
        }
    }

    fileprivate func removals(from live: JSONValue, to result: JSONValue) -> [Removal] {
        guard case .merge = update else { return [] }
        return guarded.compactMap { guarded in
            let names = guarded.entries(of: live)
            return names.isEmpty || !guarded.entries(of: result).isEmpty
                ? nil : Removal(thing: guarded.thing, names: names)
        }
    }
}

extension Policy.Keeping {
    fileprivate func take(over live: JSONValue, into result: JSONValue) -> JSONValue {
        (live[path: path]?.object?.members ?? []).reduce(result) { result, member in
            let place = path + [member.name]
            return except.contains(member.name) || result[path: place] != nil
                ? result : result.setting(member.value, at: place)
        }
    }
}

extension Policy.Guarded {
    /// The names of all that an object has of it.
    fileprivate func entries(of object: JSONValue) -> [String] {
        paths.flatMap { path -> [String] in
            switch object[path: path] {
            case .object(let mapping): mapping.members.map { Printable.line($0.name, limit: 253) }
            case .array(let entries):
                entries.map { entry in
                    names.compactMap { entry[$0]?.string }.map { Printable.line($0, limit: 253) }.joined(separator: "/")
                }
            default: []
            }
        }
    }
}
