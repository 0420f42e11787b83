import JSON
import Text
import YAML

extension SchemaChecker {
    /// The entries of a list, those that are wrong in part included: they are only used where nothing is wrong.
    mutating func list(_ node: YAMLNode, of entries: Entries, key: String) -> JSONValue? {
        let first = entries.schema.fields.first { $0.presence == .required }
        guard let nodes = elements(node, key: key, maximum: entries.maximum, start: first.map { "\($0.key): " })
        else { return nil }
        var sent: [JSONObject.Member] = []
        sent.reserveCapacity(nodes.count)
        var places: [ExactText: YAMLMark] = [:]
        for element in nodes {
            guard let entry = mapping(element, as: entries.schema, at: .entry(of: key)) else { continue }
            let name = entries.unique.flatMap(entry.text)
            sent.append(JSONObject.Member(name: name ?? "", value: .object(entry.sent)))
            guard let unique = entries.unique, let name, let mark = entry.entry(unique)?.value.mark else { continue }
            guard let first = places.updateValue(mark, forKey: ExactText(name)) else { continue }
            // An alias repeats the name's own place; then the alias is what is wrong.
            let place = mark == first ? element.mark : mark
            places[ExactText(name)] = first
            diagnostics.report(
                .duplicateName, at: place, about: unique,
                "duplicate \(entries.noun) \(ShownText.quoted(name)), which line \(first.line) has already; "
                    + "remove or rename one of them")
        }
        return entries.isKeyed ? .object(JSONObject(sent)) : .array(sent.map(\.value))
    }

    /// Some of the words, in the order written.
    mutating func words(_ node: YAMLNode, of choice: Choice, key: String) -> [String]? {
        guard let nodes = elements(node, key: key, maximum: nil, start: nil) else { return nil }
        var words: [String] = []
        for element in nodes {
            guard let word = word(element, of: choice, at: .entry(of: key)) else { continue }
            if words.containsExactly(word) {
                diagnostics.report(
                    .duplicateValue, at: element.mark, "'\(word)' stands in '\(key)' twice; remove one of them")
            } else {
                words.append(word)
            }
        }
        return words
    }

    /// Names and the texts that are bound to them, in the order written.
    mutating func bindings(
        _ node: YAMLNode, to format: TextFormat, maximum: Int, key: String
    ) -> JSONObject? {
        guard case .mapping(let entries) = node.content else {
            wrongType(node, at: .field(key), expected: "a mapping of names to text")
            return nil
        }
        if entries.count > maximum {
            reportTooMany(entries.count, maximum, key: key, at: entries[maximum].keyMark)
        }
        var bindings: [JSONObject.Member] = []
        for entry in entries {
            if entry.key.isEmpty {
                diagnostics.report(.emptyText, at: entry.keyMark, "a name in '\(key)' must not be empty")
            } else if let target = text(
                entry.value, format, refusesEmpty: true, at: .binding(entry.key, of: key))
            {
                bindings.append(JSONObject.Member(name: entry.key, value: .string(target)))
            }
        }
        return JSONObject(bindings)
    }

    private mutating func elements(
        _ node: YAMLNode, key: String, maximum: Int?, start: String?
    ) -> [YAMLNode]? {
        guard case .sequence(let elements) = node.content else {
            wrongType(
                node, at: .field(key), expected: "a list", hint: "begin each entry with '- \(start ?? "")'")
            return nil
        }
        if let maximum, elements.count > maximum {
            reportTooMany(elements.count, maximum, key: key, at: elements[maximum].mark)
        }
        return elements
    }

    private mutating func reportTooMany(_ count: Int, _ maximum: Int, key: String, at mark: YAMLMark) {
        diagnostics.report(
            .tooManyEntries, at: mark, about: key,
            "'\(key)' has \(count) entries, and the server takes at most \(maximum); remove some")
    }
}
