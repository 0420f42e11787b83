import Text
import YAML

extension ShapeChecker {
    /// Reports a key that the shape does not have; true where nothing else needs to be said about its mapping.
    mutating func reportUnknown(_ entry: YAMLEntry, in shape: Shape) -> Bool {
        let key = entry.key
        if let refusal = shape.refusedKeys.first(where: { $0.key.isExactly(key) }) {
            diagnostics.report(.refusedKey, at: entry.keyMark, "'\(refusal.key)' cannot stand here; \(refusal.value)")
            return true
        }
        if let field = shape.fields.first(where: { $0.formerKeys.containsExactly(key) }) {
            diagnostics.report(
                .formerKey, at: entry.keyMark, suggestion: field.key,
                "unknown key \(ShownText.quoted(key)), nothing of it is sent; write '\(field.key)'")
            return false
        }
        let known = shape.fields.map(\.key)
        lazy var nearest = Spelling.nearest(to: key, in: known)
        diagnostics.report(
            .unknownKey, at: entry.keyMark, suggestion: nearest, Self.unknown(key, nearest: nearest, among: known))
        return false
    }

    private static func unknown(_ key: String, nearest: String?, among known: [String]) -> String {
        let shown = "unknown key \(ShownText.quoted(key))"
        if let nearest { return "\(shown); did you mean '\(nearest)'?" }
        let keys = known.count == 1 ? "the only key here is" : "the keys here are"
        return "\(shown), nothing of it is sent; \(keys) \(known.joined(separator: ", "))"
    }

    /// Tells whoever set the field what there is to know about it.
    mutating func notice(_ field: Field, _ entry: YAMLEntry) {
        switch field.notice {
        case .former(let hint):
            diagnostics.report(
                .formerSection, at: entry.keyMark, "'\(field.key)' is the name of a former version; \(hint)")
        case .notSent(let reason):
            diagnostics.report(.notSent, at: entry.keyMark, "'\(field.key)' is not sent, for \(reason); remove it")
        case .whenEmpty, nil:
            break
        }
    }

    /// Tells whoever left the field empty what there is to know about that.
    mutating func reportEmpty(_ field: Field, _ entry: YAMLEntry) {
        guard case .whenEmpty(let reason) = field.notice else { return }
        let subject = if case .file = field.type { "the file of '\(field.key)'" } else { "'\(field.key)'" }
        diagnostics.report(.emptyValue, at: entry.keyMark, "\(subject) is empty: \(reason)")
    }

    /// Reports the keys that a mapping lacks, at its first key.
    mutating func reportMissing(_ node: YAMLNode, _ entries: [YAMLEntry], _ shape: Shape) {
        for field in shape.fields where field.presence != .optional {
            if let entry = entries.entry(field.key), field.presence == .required || !entry.value.isNull { continue }
            switch field.presence {
            case .required:
                diagnostics.report(
                    .missingKey, at: node.mark, about: field.key, "required key '\(field.key)' is missing")
            case .recommended:
                let example = field.examples.first?.string.map { "; write '\(field.key): \($0)'" } ?? ""
                diagnostics.report(
                    .recommendedKey, at: node.mark, about: field.key, "'\(field.key)' is missing\(example)")
            case .optional:
                break
            }
        }
    }

    /// Checks what holds between the keys of a mapping.
    mutating func check(
        _ shape: Shape, _ node: YAMLNode, _ entries: [YAMLEntry], _ checked: inout CheckedMapping
    ) {
        for rule in shape.rules {
            switch rule {
            case .exactlyOne(let first, let second, let emptyAllowed):
                let one = entries.entry(first)
                let other = entries.entry(second).flatMap { $0.value.isNull ? nil : $0 }
                let isOneSet = one.map { !$0.value.isNull } ?? false
                if let other, let one, isOneSet {
                    let later = one.keyMark.isBefore(other.keyMark) ? other : one
                    diagnostics.report(
                        .exclusiveKeys, at: later.keyMark, about: first,
                        "'\(first)' and '\(second)' exclude each other; remove one of them")
                } else if other == nil, !isOneSet {
                    if emptyAllowed, let one {
                        checked.set(first, .text(""))
                        if let field = shape.field(first) { reportEmpty(field, one) }
                    } else {
                        diagnostics.report(
                            .missingChoice, at: node.mark, about: first,
                            "either '\(first)' or '\(second)' must be set")
                    }
                }
            case .exclusive(let key, let inner, let outer, let hint):
                guard let entry = entries.entry(key), !entry.value.isNull,
                    case .mapping(let outside) = entries.entry(outer)?.value.content,
                    let inside = outside.entry(inner), !inside.value.isNull
                else { continue }
                diagnostics.report(
                    .exclusiveKeys, at: entry.keyMark, about: key,
                    "'\(key)' and '\(outer).\(inner)' exclude each other; \(hint)")
            }
        }
    }
}

extension [YAMLEntry] {
    /// The entry of that key.
    func entry(_ key: String) -> YAMLEntry? {
        first { $0.key.isExactly(key) }
    }
}

extension YAMLMark {
    /// Whether this place comes first in the text.
    func isBefore(_ other: YAMLMark) -> Bool {
        (line, column) < (other.line, other.column)
    }
}
