import Text
import YAML

/// Holds a tree against its shape, gathers everything that is wrong and keeps what is right.
struct ShapeChecker {
    var diagnostics: DiagnosticCollector
    var files: FileInliner

    /// What a value stands for, as a message names it.
    enum Place {
        case document
        case field(String)
        case entry(of: String)
        case binding(String, of: String)

        /// The name in the grammatical role of a subject.
        var name: String {
            switch self {
            case .document: "a descriptor"
            case .field(let key): "'\(key)'"
            case .entry(let key): "an entry of '\(key)'"
            case .binding(let name, let key): "\(ShownText.quoted(name)) in '\(key)'"
            }
        }
    }

    /// The fields of a mapping that are right; nil where there is no mapping, or one of a former version.
    mutating func mapping(_ node: YAMLNode, as shape: Shape, at place: Place) -> CheckedMapping? {
        guard case .mapping(let entries) = node.content else {
            var hint: String?
            if case .sequence = node.content { hint = shape.hintForList }
            wrongType(node, at: place, expected: "a mapping of keys and values", hint: hint)
            return nil
        }
        if let form = shape.formerForm, let entry = entries.first(where: { form.keys.containsExactly($0.key) }) {
            let translation = form.translation(entries)
            diagnostics.report(
                .formerForm, at: entry.keyMark, suggestion: translation, form.message + translation)
            return nil
        }
        var checked = CheckedMapping()
        var isRefused = false
        for entry in entries {
            guard let field = shape.field(entry.key) else {
                isRefused = reportUnknown(entry, in: shape) || isRefused
                continue
            }
            if entry.value.isNull {
                if field.presence == .required {
                    diagnostics.report(.missingKey, at: entry.keyMark, "'\(field.key)' needs a value")
                }
                continue
            }
            notice(field, entry)
            if let value = value(entry.value, of: field) {
                checked.set(field.key, value)
                if case .text("") = value { reportEmpty(field, entry) }
            }
        }
        if !isRefused {
            reportMissing(node, entries, shape)
            check(shape, node, entries, &checked)
        }
        return checked
    }

    private mutating func value(_ node: YAMLNode, of field: Field) -> CheckedMapping.Value? {
        let place = Place.field(field.key)
        switch field.type {
        case .text(let format):
            return text(node, format, refusesEmpty: field.refusesEmpty, at: place).map { .text($0) }
        case .choice(let choice):
            return word(node, of: choice, at: place).map { .text($0) }
        case .choices(let choice):
            return words(node, of: choice, key: field.key).map { .texts($0) }
        case .integer(let range):
            return integer(node, in: range, at: place).map { .integer($0) }
        case .file:
            return file(node, refusesEmpty: field.refusesEmpty, at: place).map { .text($0) }
        case .mapping(let shape):
            return mapping(node, as: shape, at: place).map { .mapping($0) }
        case .list(let entries):
            return list(node, of: entries, key: field.key).map { .entries($0) }
        case .bindings(let format, let maximum):
            return bindings(node, to: format, maximum: maximum, key: field.key).map { .bindings($0) }
        case .anything:
            return nil
        }
    }

    /// Reports a value of the wrong type and what was found instead.
    mutating func wrongType(_ node: YAMLNode, at place: Place, expected: String, hint: String? = nil) {
        diagnostics.report(
            .wrongType, at: node.mark,
            "\(place.name) must be \(expected), found \(node.found)" + (hint.map { "; \($0)" } ?? ""))
    }
}

extension YAMLNode {
    /// Whether nothing was written here, or null.
    var isNull: Bool {
        guard case .scalar(let scalar) = content else { return false }
        return scalar.kind == .null
    }

    /// What stands here, as a message says it.
    var found: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.kind {
            case .null: "nothing"
            case .boolean: ShownText.plain(scalar.text)
            case .integer, .float: "the number \(ShownText.plain(scalar.text))"
            case .text: "the text \(ShownText.quoted(scalar.text))"
            }
        }
    }
}

extension [String] {
    /// Whether one of the texts has the same bytes; Swift's own comparison takes equivalent ones as well.
    func containsExactly(_ text: String) -> Bool {
        contains { $0.isExactly(text) }
    }
}
