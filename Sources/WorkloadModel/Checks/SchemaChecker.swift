import JSON
import Text
import YAML

/// Holds a tree against its schema, gathers everything that is wrong and keeps what is right.
struct SchemaChecker {
    var diagnostics = DiagnosticCollector()
    var files: FileInliner
    /// What can be mended, in the order in which it was found.
    var fixes: [DescriptorFix] = []
    /// What the data plane holds only one of.
    var taken = TakenNames()

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
    mutating func mapping(_ node: YAMLNode, as schema: Schema, at place: Place) -> CheckedMapping? {
        guard case .mapping(let entries) = node.content else {
            var hint: String?
            if case .sequence = node.content { hint = schema.hintForList }
            if let text = node.text { hint = schema.missingSpace(in: text) ?? schema.hintForText?(text) }
            wrongType(node, at: place, expected: "a mapping of keys and values", hint: hint)
            return nil
        }
        if let form = schema.formerForm, let entry = entries.first(where: { form.keys.containsExactly($0.key) }) {
            let translation = form.translation(node)
            diagnostics.report(
                .formerForm, at: entry.keyMark, suggestion: translation, form.message + translation)
            return nil
        }
        var (checked, isRefused) = resolve(entries, of: node, as: schema)
        for index in checked.fields.indices {
            let (field, entry) = (checked.fields[index].field, checked.fields[index].entry)
            if !entry.value.isNull {
                notice(field, entry)
                checked.fields[index].value = value(entry.value, of: field)
            } else if field.presence == .required {
                diagnostics.report(.missingKey, at: entry.keyMark, "'\(field.key)' needs a value")
            }
        }
        if isRefused { return checked }
        reportMissing(checked)
        check(checked)
        switch schema.inspection {
        case .endpoint: inspect(endpoint: checked)
        case .file: inspect(file: checked)
        case nil: break
        }
        return checked
    }

    private mutating func value(_ node: YAMLNode, of field: Field) -> JSONValue? {
        let place = Place.field(field.key)
        switch field.type {
        case .text(let format):
            return text(node, format, refusesEmpty: field.refusesEmpty, at: place).map { .string($0) }
        case .choice(let choice):
            return word(node, of: choice, at: place).map { .string($0) }
        case .choices(let choice):
            return words(node, of: choice, key: field.key).map { .array($0.map { .string($0) }) }
        case .integer(let range):
            return integer(node, in: range, at: place).map { .number(JSONNumber($0)) }
        case .file:
            return file(node, refusesEmpty: field.refusesEmpty, at: place).map { .string($0) }
        case .mapping(let schema):
            return mapping(node, as: schema, at: place).map { .object($0.sent) }
        case .list(let entries):
            return list(node, of: entries, key: field.key)
        case .bindings(let format, let maximum):
            return bindings(node, to: format, maximum: maximum, key: field.key).map { .object($0) }
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
