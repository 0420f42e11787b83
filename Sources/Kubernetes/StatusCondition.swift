import JSON
import Objects
import Text

/// What has to be true of an object's status: `condition=Ready`, `condition=Ready=False`, `.status.phase=Running`.
public struct StatusCondition: Sendable, CustomStringConvertible {
    private enum Subject: Sendable {
        /// The condition of that type.
        case condition(String)
        /// The value at that path.
        case path([String])
    }

    private let subject: Subject
    private let wanted: String

    /// As it was given.
    public let description: String

    /// Why a text is no condition.
    public struct MalformedCondition: Error, CustomStringConvertible {
        /// What to write instead.
        public let description =
            "this is not a condition; write condition=Ready, condition=Ready=False or .status.phase=Running"
    }

    /// Reads one in kubectl's words or as a path with a value.
    public init(_ text: String) throws(MalformedCondition) {
        description = text
        var rest = text[...]
        if rest.hasPrefix("condition=") {
            let parts = rest.dropFirst("condition=".count).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first, !name.isEmpty, parts.last?.isEmpty == false else {
                throw MalformedCondition()
            }
            subject = .condition(String(name))
            wanted = parts.count == 2 ? String(parts[1]) : "True"
            return
        }
        if rest.hasPrefix("jsonpath=") { rest = rest.dropFirst("jsonpath=".count) }
        guard let split = rest.firstIndex(of: "=") else { throw MalformedCondition() }
        var path = rest[..<split]
        for (open, close) in [("'", "'"), ("\"", "\""), ("{", "}")] where path.hasPrefix(open) && path.hasSuffix(close)
        {
            path = path.dropFirst().dropLast()
        }
        let value = rest[rest.index(after: split)...]
        let isQuoted = value.count > 1 && value.hasPrefix("'") && value.hasSuffix("'")
        wanted = String(isQuoted ? value.dropFirst().dropLast() : value)
        let names = path.split(separator: ".", omittingEmptySubsequences: false).dropFirst().map(String.init)
        // A path through lists would never hold, and the wait would take all its time.
        guard path.hasPrefix("."), !names.isEmpty, names.allSatisfy({ !$0.isEmpty }), !wanted.isEmpty,
            !path.contains(where: { "[](){}*?@!<>~'\"".contains($0) })
        else {
            throw MalformedCondition()
        }
        subject = .path(names)
    }

    /// Whether an object fulfils it; what was observed of an older generation than the object's does not count.
    func holds(for object: JSONValue) -> Bool {
        guard let found = value(in: object), found.lowercased() == wanted.lowercased() else { return false }
        guard let generation = object[path: ["metadata", "generation"]]?.integer, let observed = observed(in: object)
        else {
            return true
        }
        return observed >= generation
    }

    /// What is there of it now, with the reasons that the object gives.
    func story(of object: JSONValue) -> String {
        let found = value(in: object)
        let isOld = observed(in: object).map { $0 < object[path: ["metadata", "generation"]]?.integer ?? 0 } ?? false
        var parts: [String] = []
        switch subject {
        case .condition(let name):
            parts.append("condition \(name) is \(found ?? "not there")")
            parts += condition(in: object).map(Self.reasons) ?? []
        case .path(let names): parts.append(".\(names.joined(separator: ".")) is \(found ?? "not there")")
        }
        if isOld { parts.append("observed of an older generation") }
        for condition in conditions(of: object)
        where condition["status"] != "True" && found != condition["status"]?.string {
            let reasons = Self.reasons(of: condition)
            if !reasons.isEmpty {
                parts.append("\(condition["type"]?.string ?? ""): \(reasons.joined(separator: ": "))")
            }
        }
        for member in object["status"]?.object?.members ?? [] {
            guard let text = member.value.nonemptyString else { continue }
            let name = member.name.lowercased()
            if case .path(["status", member.name]) = subject { continue }
            if ["reason", "message", "hint", "error", "phase"].contains(where: name.contains) {
                parts.append("\(member.name): \(text)")
            }
        }
        var seen: Set<String> = []
        return parts.filter { seen.insert($0).inserted }.joined(separator: "; ")
    }

    private static func reasons(of condition: JSONValue) -> [String] {
        ["reason", "message"].compactMap { condition[$0]?.nonemptyString }
    }

    private func conditions(of object: JSONValue) -> [JSONValue] {
        object[path: ["status", "conditions"]]?.array ?? []
    }

    private func condition(in object: JSONValue) -> JSONValue? {
        guard case .condition(let name) = subject else { return nil }
        return conditions(of: object).first { $0["type"]?.string?.lowercased() == name.lowercased() }
    }

    private func value(in object: JSONValue) -> String? {
        switch subject {
        case .condition: return condition(in: object)?["status"]?.string
        case .path(let names):
            let value = object[path: names]
            return value?.string ?? value?.text()
        }
    }

    /// Of which generation that was observed; nil where the status does not say so.
    private func observed(in object: JSONValue) -> Int? {
        let ofCondition = condition(in: object)?["observedGeneration"]?.integer
        let ofStatus = object[path: ["status", "observedGeneration"]]?.integer
        if ofCondition != nil || ofStatus != nil { return ofCondition ?? ofStatus }
        // A status without a word of its own is as old as its newest condition.
        return conditions(of: object).compactMap { $0["observedGeneration"]?.integer }.max()
    }
}
