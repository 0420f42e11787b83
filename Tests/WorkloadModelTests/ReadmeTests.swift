import TestDocuments
import Testing

@testable import WorkloadModel

/// The documentation's reference of the descriptor comes from the rows that check it.
@Suite struct TheReadmeOfTheDescriptor {
    @Test func `the descriptor page lists every field`() throws {
        let expected = DescriptorReference().text
        #expect(
            try GeneratedSection.text(at: "descriptor", of: "descriptor.md", updatedTo: expected) == expected)
    }

    @Test func `the descriptor page says of each field what it may hold, whether it must be there and what it means`()
        throws
    {
        let lines = DescriptorReference().text.split(separator: "\n").map(String.init)
        for row in [
            "| `port` | 1 to 65535 | yes | The port at which other components reach the endpoint. |",
            "| `schemaFile` | path of a file | | A file that describes the API: OpenAPI, protobuf or GraphQL. The path is "
                + "relative to this file and stays inside the source dir; the file's text is published. Formerly "
                + "`schemaFilePath`, which is read with a warning. |",
            "| `value` | any text | this or `valueFrom` | The value, exactly as it is written. |",
            "| `visibility` | list of `project`, `namespace`, `internal`, `external` | | Who reaches the endpoint beyond its "
                + "own project, which always does. Formerly `networkVisibilities`, which is not read: a warning says what to write. |",
        ] {
            #expect(lines.contains(row), "\(row)")
        }
        #expect(
            lines.contains(
                "`dependencies.endpoints[]`, `connections[]`: an endpoint of another component that this one calls."))
    }
}

/// The schemas as tables in Markdown, each with the places where it stands.
private struct DescriptorReference {
    /// Short names for the forms of texts, explained once; a form without one is spelt out wherever it stands.
    private static let forms: [(name: String, format: TextFormat)] = [
        ("DNS label", .label), ("object name", .objectReference), ("variable name", .environmentName),
        ("data key", .dataKey), ("absolute path", .mountPath),
    ]

    private var schemas: [(schema: Schema, places: [String])] = []

    init() {
        gather(.descriptor, at: "")
    }

    var text: String {
        var text = "\n"
        for (name, format) in Self.forms { text += "- **\(name)**: \(format.expectation)\n" }
        return text + "\n" + schemas.map(section).joined(separator: "\n") + "\n"
    }

    /// Depth first, as a descriptor is written.
    private mutating func gather(_ schema: Schema, at place: String) {
        if let index = schemas.firstIndex(where: { $0.schema.name == schema.name }) {
            schemas[index].places.append(place)
            return
        }
        schemas.append((schema, [place]))
        for field in schema.fields {
            let inner = place.isEmpty ? field.key : "\(place).\(field.key)"
            switch field.type {
            case .mapping(let schema): gather(schema, at: inner)
            case .list(let entries): gather(entries.schema, at: "\(inner)[]")
            default: break
            }
        }
    }

    private func section(_ schema: Schema, places: [String]) -> String {
        let names = places.map { "`\($0)`" }.joined(separator: ", ")
        let description = schema.description.prefix(1).lowercased() + schema.description.dropFirst()
        var text = places == [""] ? "At the top:\n" : "\(names): \(description)\n"
        text += "\n| field | value | required | meaning |\n| --- | --- | --- | --- |\n"
        for field in schema.fields {
            let cells = ["`\(field.key)`", value(field.type), requirement(field, in: schema), meaning(of: field)]
            text += "|" + cells.map { $0.isEmpty ? " |" : " \(GeneratedSection.cell($0)) |" }.joined() + "\n"
        }
        return text
    }

    private func value(_ type: FieldType) -> String {
        switch type {
        case .text(let format): name(of: format)
        case .choice(let choice): words(choice)
        case .choices(let choice): "list of \(words(choice))"
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .file: "path of a file"
        case .mapping: "mapping"
        case .list(let entries): entries.maximum.map { "list, at most \($0) entries" } ?? "list"
        case .bindings(let format, let maximum):
            "mapping, at most \(maximum) entries, from names to \(name(of: format))s"
        case .anything: "anything"
        }
    }

    private func name(of format: TextFormat) -> String {
        if format.expectation == TextFormat.any.expectation { return "any text" }
        return Self.forms.first { $0.format.expectation == format.expectation }?.name ?? format.expectation
    }

    private func words(_ choice: Choice) -> String {
        choice.values.map { "`\($0)`" }.joined(separator: ", ")
    }

    private func requirement(_ field: Field, in schema: Schema) -> String {
        for case .one(let first, let second, _, _) in schema.rules {
            if field.key == first { return "this or `\(second)`" }
            if field.key == second { return "this or `\(first)`" }
        }
        return switch field.presence {
        case .required: "yes"
        case .recommended: "recommended"
        case .optional: ""
        }
    }

    private func meaning(of field: Field) -> String {
        guard let key = field.former else { return field.description }
        let what = field.isFormerRead ? "read with a warning." : "not read: a warning says what to write."
        return "\(field.description) Formerly `\(key)`, which is \(what)"
    }
}
