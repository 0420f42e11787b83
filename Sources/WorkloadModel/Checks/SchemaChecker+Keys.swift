import Text
import YAML

extension SchemaChecker {
    /// The fields that the entries of a mapping have, each once; and whether there is a key that cannot stand here at all.
    mutating func resolve(
        _ entries: [YAMLEntry], of node: YAMLNode, as schema: Schema
    ) -> (checked: CheckedMapping, isRefused: Bool) {
        var checked = CheckedMapping(schema: schema, node: node)
        var isRefused = false
        for entry in lifted(entries, schema) {
            guard let (field, spelling) = schema.match(entry.key) else {
                isRefused = reportUnknown(entry, in: schema) || isRefused
                continue
            }
            if case .former(.notRead) = spelling {
                reportUnread(entry, field, isAlone: !entries.contains { $0.key.hasLetters(of: field.key) })
                continue
            }
            guard let index = checked.fields.firstIndex(where: { $0.field.key.isExactly(field.key) }) else {
                checked.fields.append(CheckedMapping.WrittenField(field: field, entry: entry))
                report(spelling, of: field, entry)
                continue
            }
            let other = checked.fields[index].entry
            // What a merge key brought gives way, as it does where both have one spelling.
            if other.isMerged { checked.fields[index].entry = entry }
            if other.isMerged || entry.isMerged { continue }
            let note = entry.key.isExactly(field.key) ? "" : " (\(ShownText.quoted(entry.key)) is read as it)"
            diagnostics.report(
                error: YAMLProblem.Code.duplicateKey.rawValue, at: entry.keyMark,
                "duplicate key '\(field.key)'\(note), which line \(other.keyMark.line) has already; remove one of "
                    + "them")
        }
        return (checked, isRefused)
    }

    /// The entries, those of a group of a former version in the group's place.
    private mutating func lifted(_ entries: [YAMLEntry], _ schema: Schema) -> [YAMLEntry] {
        guard let group = schema.formerGroup,
            let index = entries.firstIndex(where: { $0.key.hasLetters(of: group.key) }),
            case .mapping(let inner) = entries[index].value.content
        else { return entries }
        let keys = group.fields.map { "'\($0)'" }.joined(separator: " and ")
        diagnostics.report(
            .formerKey, at: entries[index].keyMark,
            "'\(group.key)' is the form of a former version; write its \(keys) in its place, without it")
        let known = inner.filter { entry in group.fields.contains { entry.key.hasLetters(of: $0) } }
        for entry in inner where !known.contains(where: { $0.keyMark == entry.keyMark }) {
            diagnostics.report(
                .unknownKey, at: entry.keyMark,
                "unknown key \(ShownText.quoted(entry.key)), nothing of it is sent; the keys here are "
                    + group.fields.joined(separator: ", "))
        }
        if known.count == inner.count, !entries[index].isMerged { fixes.append(.lift(entries[index])) }
        return entries[..<index] + known + entries[(index + 1)...]
    }

    private mutating func report(_ spelling: Schema.Spelling, of field: Field, _ entry: YAMLEntry) {
        switch spelling {
        case .exact: return
        case .otherCase:
            diagnostics.report(
                .letterCase, at: entry.keyMark, suggestion: field.key,
                "\(ShownText.quoted(entry.key)) is read as '\(field.key)'; write '\(field.key)'")
        case .former:
            diagnostics.report(
                .formerKey, at: entry.keyMark, suggestion: field.key,
                "'\(entry.key)' is the former name of '\(field.key)', as which it is read; write '\(field.key)'")
        }
        fixes.append(.renameKey(entry, to: field.key))
    }

    /// Reports a former key whose words would open what was not reviewed.
    private mutating func reportUnread(_ entry: YAMLEntry, _ field: Field, isAlone: Bool) {
        var nodes = [entry.value]
        if case .sequence(let elements) = entry.value.content { nodes = elements }
        var words: [String] = []
        if case .choices(let choice) = field.type {
            for word in nodes.compactMap({ $0.text.flatMap(choice.translated) }) where !words.contains(word) {
                words.append(word)
            }
        }
        let isWhole = nodes.allSatisfy { $0.text != nil } && words.count == nodes.count
        let form = isAlone && isWhole ? "\(field.key): [\(words.joined(separator: ", "))]" : nil
        let advice =
            form.map { "write '\($0)' if that is meant" }
            ?? (isAlone ? "write '\(field.key)' with the words of today" : "'\(field.key)' stands here, so remove it")
        diagnostics.report(
            .formerVisibility, at: entry.keyMark, suggestion: form,
            "'\(entry.key)' is the key of a former version and is not read, because it may open the endpoint to "
                + "others; \(advice)")
        if form != nil { fixes.append(.replaceEntry(entry, key: field.key, words: words)) }
    }

    /// Reports a key that the schema does not have; true where nothing else needs to be said about its mapping.
    private mutating func reportUnknown(_ entry: YAMLEntry, in schema: Schema) -> Bool {
        let key = entry.key
        if let refusal = schema.refusedKeys.first(where: { $0.key.isExactly(key) }) {
            diagnostics.report(.refusedKey, at: entry.keyMark, "'\(refusal.key)' cannot stand here; \(refusal.value)")
            return true
        }
        guard let rule = schema.otherKeys else { return false }
        if rule.severity == .error {
            if key.utf8.starts(with: "x-".utf8) { return false }
            if key.isExactly("kind"), entry.value.text == "Workload" {
                fixes.append(.removeEntry(entry))
                diagnostics.report(
                    .manifestKind, at: entry.keyMark, "a descriptor has no 'kind'; remove this line")
                return false
            }
        }
        let consequence = rule.severity == .error ? "" : ", nothing of it is sent"
        diagnostics.report(
            rule, at: entry.keyMark, suggestion: Self.advice(on: entry, in: schema).suggestion,
            "unknown key \(ShownText.quoted(key))\(consequence); \(Self.advice(on: entry, in: schema).text)")
        return false
    }

    private static func advice(on entry: YAMLEntry, in schema: Schema) -> (text: String, suggestion: String?) {
        if let hint = schema.hints.first(where: { $0.key.isExactly(entry.key) }) { return (hint.value, nil) }
        if schema.isReadBackwards, let value = entry.value.text, let field = schema.field(value) {
            let form = "\(field.key): \(ShownText.plain(entry.key))"
            return ("the two have changed places, write '\(form)'", form)
        }
        if let hint = schema.missingSpace(in: entry.key) { return (hint, nil) }
        if let place = schema.place(of: entry.key) {
            return (place.contains(".") ? "its place is '\(place)'" : "its place is the top", nil)
        }
        let keys = schema.fields.map(\.key)
        if let nearest = Spelling.nearest(to: entry.key, in: keys) { return ("did you mean '\(nearest)'?", nearest) }
        return (
            "\(keys.count == 1 ? "the only key here is" : "the keys here are") \(keys.joined(separator: ", "))", nil
        )
    }

    /// Reports what there is to know about a field that is set.
    mutating func notice(_ field: Field, _ entry: YAMLEntry) {
        switch field.notice {
        case .former(let hint):
            diagnostics.report(
                .formerSection, at: entry.keyMark, "'\(field.key)' is the name of a former version; \(hint)")
        case .notSent(let reason):
            diagnostics.report(.notSent, at: entry.keyMark, "'\(field.key)' is not sent, for \(reason); remove it")
        case nil:
            break
        }
    }

    /// Reports the keys that a mapping lacks, at its first key.
    mutating func reportMissing(_ checked: CheckedMapping) {
        for field in checked.schema.fields where field.presence != .optional {
            let entry = checked.entry(field.key)
            if field.presence == .required, entry == nil {
                diagnostics.report(
                    .missingKey, at: checked.node.mark, about: field.key, "required key '\(field.key)' is missing")
            } else if field.presence == .recommended, entry?.value.isNull ?? true {
                let example = field.examples.first?.string.map { "; write '\(field.key): \($0)'" } ?? ""
                diagnostics.report(
                    .recommendedKey, at: checked.node.mark, about: field.key, "'\(field.key)' is missing\(example)")
            }
        }
    }

    /// Checks what holds between the keys of a mapping.
    mutating func check(_ checked: CheckedMapping) {
        for rule in checked.schema.rules {
            switch rule {
            case .one(let first, let second, let lack, let message):
                let one = checked.entry(first)
                let other = checked.entry(second).flatMap { $0.value.isNull ? nil : $0 }
                if let one, let other, !one.value.isNull {
                    let later = one.keyMark.isBefore(other.keyMark) ? other : one
                    diagnostics.report(
                        .exclusiveKeys, at: later.keyMark, about: first,
                        "'\(first)' and '\(second)' exclude each other; remove one of them")
                } else if other == nil, one.map(\.value.isNull) ?? true, one == nil || lack.severity == .error {
                    diagnostics.report(lack, at: checked.node.mark, about: first, message)
                }
            case .exclusive(let key, let inner, let outer, let hint):
                guard let entry = checked.entry(key), !entry.value.isNull else { continue }
                guard case .mapping(let outside) = checked.entry(outer)?.value.content,
                    let inside = outside.first(where: { $0.key.hasLetters(of: inner) }), !inside.value.isNull
                else {
                    fixes.append(.move(entry, under: outer, checked.entry(outer), as: inner))
                    continue
                }
                diagnostics.report(
                    .exclusiveKeys, at: entry.keyMark, about: key,
                    "'\(key)' and '\(outer).\(inner)' exclude each other; \(hint)")
            }
        }
    }
}

extension YAMLMark {
    /// Whether this place comes first in the text.
    fileprivate func isBefore(_ other: YAMLMark) -> Bool {
        (line, column) < (other.line, other.column)
    }
}
