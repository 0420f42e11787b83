import JSON
import Objects
import Text

/// What has to be true of an object's status: `condition=Ready`, `condition=Ready=False`, `.status.phase=Running`.
public struct StatusCondition: Sendable, CustomStringConvertible {
    /// The type of the condition that is meant; nil where it is a value at a path.
    private let type: String?
    private let path: [String]
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
            guard parts.allSatisfy({ !$0.isEmpty }) else { throw MalformedCondition() }
            (type, path) = (String(parts[0]), [])
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
        (type, self.path) = (nil, names)
    }

    /// Whether an object fulfils it; what was observed of an older generation than the object's does not count.
    func holds(for object: JSONValue) -> Bool {
        value(in: object)?.lowercased() == wanted.lowercased() && !isOld(in: object)
    }

    /// What is there of it now, with the reasons that the object gives.
    func story(of object: JSONValue) -> String {
        let found = value(in: object)
        let subject = type.map { "condition \($0)" } ?? ".\(path.joined(separator: "."))"
        var parts = ["\(subject) is \(found ?? "not there")"] + (condition(in: object).map(Self.reasons) ?? [])
        if isOld(in: object) { parts.append("observed of an older generation") }
        for condition in conditions(of: object)
        where condition["status"] != "True" && found != condition["status"]?.string {
            let reasons = Self.reasons(of: condition).joined(separator: ": ")
            if !reasons.isEmpty { parts.append("\(condition["type"]?.string ?? ""): \(reasons)") }
        }
        for member in object["status"]?.object?.members ?? [] where path != ["status", member.name] {
            let name = member.name.lowercased()
            if let text = member.value.nonemptyString,
                ["reason", "message", "hint", "error", "phase"].contains(where: name.contains)
            {
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
        guard let type = type?.lowercased() else { return nil }
        return conditions(of: object).first { $0["type"]?.string?.lowercased() == type }
    }

    private func value(in object: JSONValue) -> String? {
        if type != nil { return condition(in: object)?["status"]?.string }
        let value = object[path: path]
        return value?.string ?? value?.text()
    }

    /// Whether it was observed of an older generation than the object's, as far as the status says so.
    private func isOld(in object: JSONValue) -> Bool {
        let own = condition(in: object)?["observedGeneration"] ?? object[path: ["status", "observedGeneration"]]
        // A status without a word of its own is as old as its newest condition.
        let observed =
            own?.integer ?? conditions(of: object).compactMap { $0["observedGeneration"]?.integer }.max() ?? .max
        return observed < object[path: ["metadata", "generation"]]?.integer ?? .min
    }
}
