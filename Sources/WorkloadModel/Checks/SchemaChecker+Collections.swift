import JSON
import Text
import YAML

extension SchemaChecker {
    /// The entries of a list, those that are wrong in part included: they are only used where nothing is wrong.
    mutating func list(_ node: YAMLNode, of entries: Entries, at place: @autoclosure () -> String) -> JSONValue? {
        let first = entries.schema.fields.first { $0.presence == .required }
        guard let nodes = elements(node, at: place(), start: first.map { "\($0.key): " } ?? "") else { return nil }
        limit(nodes.count, to: entries.maximum ?? .max, at: place()) { nodes[$0].mark }
        var sent: [JSONObject.Member] = []
        sent.reserveCapacity(nodes.count)
        var places: [ExactText: YAMLMark] = [:]
        for element in nodes {
            guard let entry = mapping(element, as: entries.schema, at: "an entry of \(place())") else { continue }
            let name = entries.unique.flatMap(entry.text)
            sent.append(JSONObject.Member(name: name ?? "", value: .object(entry.sent)))
            guard let unique = entries.unique, let name, let mark = entry.entry(unique)?.value.mark else { continue }
            guard let first = places.updateValue(mark, forKey: ExactText(name)) else { continue }
            places[ExactText(name)] = first
            // An alias repeats the name's own place; then the alias is what is wrong.
            diagnostics.report(
                .duplicateName, at: mark == first ? element.mark : mark, about: unique,
                "duplicate \(entries.noun) \(ShownText.quoted(name)), which line \(first.line) has already; "
                    + "remove or rename one of them")
        }
        return entries.isKeyed ? .object(JSONObject(sent)) : .array(sent.map(\.value))
    }

    /// Some of the words, in the order written.
    mutating func words(_ node: YAMLNode, of choice: Choice, at place: @autoclosure () -> String) -> [String]? {
        guard let nodes = elements(node, at: place(), start: "") else { return nil }
        var words: [String] = []
        for element in nodes {
            guard let word = word(element, of: choice, at: "an entry of \(place())") else { continue }
            if words.containsExactly(word) {
                diagnostics.report(
                    .duplicateValue, at: element.mark, "'\(word)' stands in \(place()) twice; remove one of them")
            } else {
                words.append(word)
            }
        }
        return words
    }

    /// Names and the texts that are bound to them, in the order written.
    mutating func bindings(
        _ node: YAMLNode, to format: TextFormat, maximum: Int, at place: @autoclosure () -> String
    ) -> JSONObject? {
        guard case .mapping(let entries) = node.content else {
            wrongType(node, at: place(), expected: "a mapping of names to text")
            return nil
        }
        limit(entries.count, to: maximum, at: place()) { entries[$0].keyMark }
        var bindings: [JSONObject.Member] = []
        for entry in entries {
            if entry.key.isEmpty {
                diagnostics.report(.emptyText, at: entry.keyMark, "a name in \(place()) must not be empty")
            } else if let target = text(
                entry.value, format, refusesEmpty: true, at: "\(ShownText.quoted(entry.key)) in \(place())")
            {
                bindings.append(JSONObject.Member(name: entry.key, value: .string(target)))
            }
        }
        return JSONObject(bindings)
    }

    private mutating func elements(_ node: YAMLNode, at place: @autoclosure () -> String, start: String) -> [YAMLNode]?
    {
        if case .sequence(let elements) = node.content { return elements }
        wrongType(node, at: place(), expected: "a list", hint: "begin each entry with '- \(start)'")
        return nil
    }

    /// Reports the first entry that is beyond the maximum.
    private mutating func limit(
        _ count: Int, to maximum: Int, at place: @autoclosure () -> String, _ mark: (Int) -> YAMLMark
    ) {
        guard count > maximum else { return }
        diagnostics.report(
            .tooManyEntries, at: mark(maximum), about: place(),
            "\(place()) has \(count) entries, and the server takes at most \(maximum); remove some")
    }
}
