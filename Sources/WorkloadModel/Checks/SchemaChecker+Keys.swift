import Text
import YAML

extension SchemaChecker {
    /// The fields that the entries of a mapping have, each once; and whether there is a key that cannot stand here at all.
    mutating func resolve(
        _ entries: [YAMLEntry], of node: YAMLNode, as schema: Schema
    ) -> (checked: CheckedMapping, isRefused: Bool) {
        var checked = CheckedMapping(node, as: schema)
        var isRefused = false
        for entry in lifted(entries, schema) {
            guard let index = schema.match(entry.key) else {
                isRefused = reportUnknown(entry, in: schema) || isRefused
                continue
            }
            let key = schema.fields[index].key
            if !schema.fields[index].isFormerRead, !entry.key.hasLetters(of: key) {
                reportUnread(
                    entry, schema.fields[index], isAlone: !entries.contains { $0.key.hasLetters(of: key) })
                continue
            }
            guard let other = checked.entries[index] else {
                checked.entries[index] = entry
                if !entry.key.isExactly(key) { reportSpelling(of: entry, key) }
                continue
            }
            // What a merge key brought gives way, as it does where both have one spelling.
            if other.isMerged { checked.entries[index] = entry }
            if other.isMerged || entry.isMerged { continue }
            let note = entry.key.isExactly(key) ? "" : " (\(ShownText.quoted(entry.key)) is read as it)"
            diagnostics.report(
                DiagnosticRule(.duplicateKey), at: entry.keyMark, about: key,
                "duplicate key '\(key)'\(note), which line \(other.keyMark.line) has already; remove one of "
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
        func isOfGroup(_ entry: YAMLEntry) -> Bool { group.fields.contains(where: entry.key.hasLetters) }
        let others = inner.filter { !isOfGroup($0) }
        for entry in others { _ = reportUnknown(entry, in: schema) }
        if others.isEmpty, !entries[index].isMerged { fixes.append { $0.lifting(entries[index]) } }
        return entries[..<index] + inner.filter(isOfGroup) + entries[(index + 1)...]
    }

    /// Reports a key that is read as that of a field and is written in another way.
    private mutating func reportSpelling(of entry: YAMLEntry, _ key: String) {
        if entry.key.hasLetters(of: key) {
            diagnostics.report(
                .letterCase, at: entry.keyMark, suggestion: key,
                "\(ShownText.quoted(entry.key)) is read as '\(key)'; write '\(key)'")
        } else {
            diagnostics.report(
                .formerKey, at: entry.keyMark, suggestion: key,
                "'\(entry.key)' is the former name of '\(key)', as which it is read; write '\(key)'")
        }
        fixes.append { $0.renaming(entry, to: key) }
    }

    /// Reports a former key whose words would open what was not reviewed.
    private mutating func reportUnread(_ entry: YAMLEntry, _ field: Field, isAlone: Bool) {
        var nodes = [entry.value]
        if case .sequence(let elements) = entry.value.content { nodes = elements }
        var words: [String] = []
        if case .choices(let choice) = field.type { words = nodes.compactMap { $0.text.flatMap(choice.translated) } }
        let isWhole = Set(words).count == nodes.count
        let form = isAlone && isWhole ? "\(field.key): [\(words.joined(separator: ", "))]" : nil
        let advice =
            form.map { "write '\($0)' if that is meant" }
            ?? (isAlone ? "write '\(field.key)' with the words of today" : "'\(field.key)' stands here, so remove it")
        diagnostics.report(
            .formerVisibility, at: entry.keyMark, suggestion: form,
            "'\(entry.key)' is the key of a former version and is not read, because it may open the endpoint to "
                + "others; \(advice)")
        if form != nil { fixes.append { [words] in $0.rewriting(entry, as: field.key, words) } }
    }

    /// Reports a key that the schema does not have; true where nothing else needs to be said about its mapping.
    private mutating func reportUnknown(_ entry: YAMLEntry, in schema: Schema) -> Bool {
        let key = entry.key
        if let hint = schema.refusedKeys[key] {
            diagnostics.report(.refusedKey, at: entry.keyMark, "'\(key)' cannot stand here; \(hint)")
            return true
        }
        guard let rule = schema.otherKeys else { return false }
        if rule.severity == .error {
            if key.utf8.starts(with: "x-".utf8) { return false }
            if key.isExactly("kind"), entry.value.text == "Workload" {
                fixes.append { $0.removing(entry) }
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
        if let hint = schema.hints[entry.key] ?? schema.missingSpace(in: entry.key) { return (hint, nil) }
        if let place = schema.place(of: entry.key) {
            return (place.contains(".") ? "its place is '\(place)'" : "its place is the top", nil)
        }
        let keys = schema.fields.map(\.key)
        if let nearest = Spelling.nearest(to: entry.key, in: keys) { return ("did you mean '\(nearest)'?", nearest) }
        // Elsewhere a key may well have another key's name as its value, as 'scope: project'.
        if let value = entry.value.text,
            case .text(let format)? = schema.fields.first(where: { $0.key.isExactly(value) })?.type,
            format.isBound
        {
            let form = "\(value): \(ShownText.plain(entry.key))"
            return ("the two have changed places, write '\(form)'", form)
        }
        return (
            "\(keys.count == 1 ? "the only key here is" : "the keys here are") \(keys.joined(separator: ", "))", nil
        )
    }

    /// Reports the keys that a mapping lacks, at its first key.
    mutating func reportMissing(_ checked: CheckedMapping) {
        let fields = checked.schema.fields
        for index in fields.indices
        where fields[index].presence != .optional && checked.entries[index]?.value.isNull ?? true {
            let (field, entry) = (fields[index], checked.entries[index])
            if field.presence == .required, entry == nil {
                diagnostics.report(
                    .missingKey, at: checked.node.mark, about: field.key, "required key '\(field.key)' is missing")
            } else if field.presence == .recommended {
                let example = field.examples.first?.string.map { "; write '\(field.key): \($0)'" } ?? ""
                diagnostics.report(
                    .recommendedKey, at: checked.node.mark, about: field.key, "'\(field.key)' is missing\(example)")
            }
        }
    }

    /// Checks what holds between the keys of a mapping.
    mutating func check(_ rule: Schema.Rule, _ checked: CheckedMapping) {
        switch rule {
        case .one(let first, let second, let lack, let message):
            let one = checked.entry(first)
            let other = checked.entry(second).flatMap { $0.value.isNull ? nil : $0 }
            if let one, let other, !one.value.isNull {
                let (mark, last) = (one.keyMark, other.keyMark)
                diagnostics.report(
                    .exclusiveKeys, at: (mark.line, mark.column) < (last.line, last.column) ? last : mark, about: first,
                    "'\(first)' and '\(second)' exclude each other; remove one of them")
            } else if other == nil, one.map(\.value.isNull) ?? true, one == nil || lack.severity == .error {
                diagnostics.report(lack, at: checked.node.mark, about: first, message)
            }
        case .exclusive(let key, let inner, let outer, let hint):
            guard let entry = checked.entry(key), !entry.value.isNull else { return }
            let target = checked.entry(outer)
            if target?.value.value(inner)?.isNull ?? true {
                fixes.append { $0.moving(entry, under: outer, target, as: inner) }
            } else {
                diagnostics.report(
                    .exclusiveKeys, at: entry.keyMark, about: key,
                    "'\(key)' and '\(outer).\(inner)' exclude each other; \(hint)")
            }
        }
    }
}
