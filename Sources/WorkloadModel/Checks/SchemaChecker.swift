import JSON
import YAML

/// Holds a tree against its schema, gathers everything that is wrong and keeps what is right.
struct SchemaChecker {
    var diagnostics = DiagnosticCollector()
    var files: FileInliner
    /// What can be mended, in the order in which it was found.
    var fixes: [DescriptorFix] = []
    /// What the data plane holds one of by each name, by kind and name: what has it, and where.
    var taken: [String: (owner: String, mark: YAMLMark)] = [:]

    /// The fields of a mapping that are right; nil where there is no mapping, or one of a former version.
    ///
    /// `place` is what messages call the value.
    mutating func mapping(_ node: YAMLNode, as schema: Schema, at place: @autoclosure () -> String) -> CheckedMapping? {
        guard case .mapping(let entries) = node.content else {
            let hint = node.text.flatMap(schema.missingSpace) ?? schema.hintForOther?(node)
            wrongType(node, at: place(), expected: "a mapping of keys and values", hint: hint)
            return nil
        }
        if let form = schema.formerForm, let entry = entries.first(where: { form.keys.containsExactly($0.key) }) {
            let present = form.present(node)
            diagnostics.report(.formerForm, at: entry.keyMark, suggestion: present, form.message + present)
            return nil
        }
        var (checked, isRefused) = resolve(entries, of: node, as: schema)
        for index in schema.fields.indices {
            guard let entry = checked.entries[index] else { continue }
            if !entry.value.isNull {
                checked.values[index] = value(entry, of: schema.fields[index])
            } else if schema.fields[index].presence == .required {
                diagnostics.report(.missingKey, at: entry.keyMark, "'\(schema.fields[index].key)' needs a value")
            }
        }
        if isRefused { return checked }
        reportMissing(checked)
        for rule in schema.rules { check(rule, checked) }
        schema.inspect?(&self, checked)
        return checked
    }

    private mutating func value(_ entry: YAMLEntry, of field: Field) -> JSONValue? {
        if let notice = field.notice { diagnostics.report(notice.rule, at: entry.keyMark, notice.message) }
        let node = entry.value
        func place() -> String { "'\(field.key)'" }
        return switch field.type {
        case .text(let format): text(node, format, refusesEmpty: field.refusesEmpty, at: place()).map { .string($0) }
        case .choice(let choice): word(node, of: choice, at: place()).map { .string($0) }
        case .choices(let choice): words(node, of: choice, at: place()).map { .array($0.map { .string($0) }) }
        case .integer(let range): integer(node, in: range, at: place()).map { .number(JSONNumber($0)) }
        case .file: file(node, refusesEmpty: field.refusesEmpty, at: place()).map { .string($0) }
        case .mapping(let schema): mapping(node, as: schema, at: place()).map { .object($0.sent) }
        case .list(let entries): list(node, of: entries, at: place())
        case .bindings(let format, let maximum):
            bindings(node, to: format, maximum: maximum, at: place()).map { .object($0) }
        case .anything: nil
        }
    }

    /// Reports a value of the wrong type and what was found instead.
    mutating func wrongType(
        _ node: YAMLNode, at place: @autoclosure () -> String, expected: String, hint: String? = nil,
        suggestion: String? = nil
    ) {
        diagnostics.report(
            .wrongType, at: node.mark, suggestion: suggestion,
            "\(place()) must be \(expected), found \(node.found)" + (hint.map { "; \($0)" } ?? ""))
    }
}
