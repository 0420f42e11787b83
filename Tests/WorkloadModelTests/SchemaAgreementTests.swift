import JSON
import TestDocuments
import Testing
import WorkloadModel
import YAML

@Suite struct SchemaAndParser {
    /// Documents that have every property between them; `connections` excludes `dependencies.endpoints`.
    private static let examples = ["every-field", "connections"]

    private static func validator() throws -> SchemaValidator { try SchemaValidator(WorkloadSchema.text) }

    private static func document(_ name: String) throws -> JSONValue {
        JSONValue(try #require(YAMLDocument(parsing: try Examples.source(of: name)).root))
    }

    private static func read(_ document: JSONValue) -> DescriptorReport {
        // JSON is YAML. Every file is there: what a schema cannot know must make no difference.
        DescriptorReader.read(document.serialized(.pretty)) { path, _ in Array("the text of \(path)".utf8) }
    }

    /// What an editor would underline is refused: an unknown key is a warning only because others take it.
    private static func isRefused(_ report: DescriptorReport) -> Bool {
        report.diagnostics.contains {
            $0.severity == .error || writtenOtherwise.contains($0.code)
        }
    }

    /// Keys that an editor underlines, and that are warnings because others take them.
    private static let writtenOtherwise: Set = [
        "unknown-key", "letter-case", "former-key", "former-visibility", "manifest-kind",
    ]

    private static func expectAgreement(
        on document: JSONValue, _ validator: SchemaValidator, _ what: @autoclosure () -> String
    ) throws {
        let violations = try validator.violations(of: document)
        let report = read(document)
        if violations.isEmpty == isRefused(report) {
            Issue.record("\(what()): the schema says \(violations), the parser '\(report.text)'")
        }
    }

    @Test func `schema and parser know the same properties, all of them in the examples`() throws {
        let validator = try Self.validator()
        let sites = try Self.examples.flatMap { try validator.sites(in: Self.document($0)) }
        #expect(Set(sites.map(\.name)) == Set(validator.properties))
    }

    @Test func `the schema explains every property`() throws {
        let schema = try JSONValue(parsing: WorkloadSchema.text)
        #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["$id"] == "urn:workload-publisher:workload.schema.json")
        let definitions = schema["$defs"]?.object?.members ?? []
        for (name, definition) in [("descriptor", schema)] + definitions.map({ ($0.name, $0.value) }) {
            #expect(definition["additionalProperties"] == (name == "metadata" ? nil : false))
            for property in definition["properties"]?.object?.members ?? [] {
                #expect(property.value["description"]?.string?.isEmpty == false, "\(property.name)")
            }
        }
    }

    /// Values of every type, at the edges of every rule.
    private static let values: [JSONValue] =
        [
            .null, true, false, 0, 1, -1, 65535, 65536, .array([]), .array([.null]), .array(["x"]), .array([1]),
            .array(["project", "project"]), .array([[:]]), [:], ["x": "y"], ["x": .null], ["": "X"], ["x": ""],
            ["x": "A=B"], ["x": ["y"]], "", "x", "HTTP", "http", "project",
            .string(String(repeating: "a", count: 1025)),
            .string(String(repeating: "a", count: 4097)),
        ]

    /// What patterns could take or refuse wrongly.
    private static let names: [JSONValue] = [
        "A=B", "a/b", "a_b", ".",
        "..", "..a", "a..b", ".a", "a.", "a.b", "-a", "a-", "a-b", "A.b", "\u{E9}", "a b", " ", "~!", "a\tb", "a\n",
        "\n", "a\u{7F}", "/etc/x", .string(String(repeating: "a", count: 253)),
        .string(String(repeating: "a", count: 254)), .string(String(repeating: "a", count: 1024)),
    ]

    @Test(arguments: examples)
    func `schema and parser agree on any value in any place`(example: String) throws {
        let validator = try Self.validator()
        let document = try Self.document(example)
        try Self.expectAgreement(on: document, validator, "as it is")
        for site in try validator.sites(in: document) {
            let (document, path) = document.focused(on: site.path)
            var verdicts: Set<Bool> = []
            let own = try #require(document.at(path))
            let words = site.schema["enum"]?.array ?? []
            let names = site.schema["pattern"] == nil ? [] : Self.names
            for value in Self.values + words + names + [own] {
                // No pattern holds for a number, and only this one is no name of a secret.
                if site.name == "secretKeyReference.name", value == -1 { continue }
                let changed = document.replacing(path, with: value)
                verdicts.insert(Self.isRefused(Self.read(changed)))
                try Self.expectAgreement(on: changed, validator, "\(site.name): \(value.text())")
            }
            // A row that takes everything, or nothing, checks nothing.
            let takesEverything = site.name == "endpoint.context"
            #expect(verdicts == (takesEverything ? [false] : [true, false]), "\(site.name)")
        }
    }

    @Test(arguments: examples)
    func `schema and parser agree on a missing, an unknown and a second key in any place`(example: String) throws {
        let validator = try Self.validator()
        let document = try Self.document(example)
        for site in try validator.sites(in: document) {
            let (document, path) = document.focused(on: site.path)
            let without = document.replacing(path, with: nil)
            try Self.expectAgreement(on: without, validator, "no \(site.name)")
            if site.isRequired { #expect(Self.read(without).descriptor == nil, "no \(site.name)") }
            let unknown = document.replacing(path.dropLast() + [.key("zzz")], with: "x")
            try Self.expectAgreement(on: unknown, validator, "zzz beside \(site.name)")
            let isFree = site.name.hasPrefix("metadata.")
            let codes = Self.read(unknown).diagnostics.map(\.code)
            #expect(codes.contains { $0 == "unknown-key" || $0 == "unknown-section" } != isFree, "\(site.name)")
            for property in validator.properties {
                let parts = property.split(separator: ".").map(String.init)
                guard site.name.hasPrefix(parts[0] + ".") else { continue }
                let more = document.replacing(path.dropLast() + [.key(parts[1])], with: "x")
                try Self.expectAgreement(on: more, validator, "\(property) beside \(site.name)")
            }
        }
    }

    @Test func `schema and parser agree on how many entries there may be`() throws {
        let validator = try Self.validator()
        for example in Self.examples {
            let document = try Self.document(example)
            for site in try validator.sites(in: document) {
                let limit = (site.schema["maxItems"] ?? site.schema["maxProperties"])?.integer
                guard let limit else { continue }
                #expect(limit == 50)
                for count in [limit, limit + 1] {
                    let value: JSONValue
                    if site.schema["maxItems"] != nil {
                        let first = try #require(document.at(site.path)?.array?.first)
                        value = .array((0..<count).map { Self.entry($0, like: first) })
                    } else {
                        value = .object(JSONObject((0..<count).map { .init(name: "o\($0)", value: "/x") }))
                    }
                    let changed = document.replacing(site.path, with: value)
                    try Self.expectAgreement(on: changed, validator, "\(count) in \(site.name)")
                    #expect(Self.isRefused(Self.read(changed)) == (count > limit), "\(site.name)")
                }
            }
        }
    }

    /// The entry with a name of its own, where it has to have one.
    private static func entry(_ number: Int, like first: JSONValue) -> JSONValue {
        first["ref"] == nil ? first : first.replacing([.key("ref")], with: .string("r\(number)"))
    }

    /// Fields that no server ever sees.
    private static let notSent: Set = ["descriptor.apiVersion", "metadata.name", "endpoint.context"]

    @Test(arguments: examples)
    func `every field that is read is sent`(example: String) throws {
        let validator = try Self.validator()
        let document = try Self.document(example)
        func payload(_ document: JSONValue) throws -> JSONValue {
            let descriptor = try #require(Self.read(document).descriptor)
            return Workload(parameters: parameters(component: "app"), descriptor: descriptor).payload
        }
        let before = try payload(document)
        for site in try validator.sites(in: document) where !Self.notSent.contains(site.name) {
            let current = try #require(document.at(site.path))
            let others: [JSONValue] = [
                "another", 77, "UDP", "namespace", "project", ["internal"], ["out": "/else"], [:], [],
            ]
            let changes = others.compactMap { other -> JSONValue? in
                let changed = document.replacing(site.path, with: other)
                return other == current || Self.read(changed).descriptor == nil ? nil : changed
            }
            let removed = document.replacing(site.path, with: nil)
            let candidates = changes + (Self.read(removed).descriptor == nil ? [] : [removed])
            // A required mapping has no other form that is valid: its own fields show that it is sent.
            if candidates.isEmpty { #expect(site.schema["$ref"] != nil, "\(site.name)") }
            if site.name == "descriptor.metadata" { continue }
            if !candidates.isEmpty {
                #expect(try candidates.contains { try payload($0) != before }, "\(site.name)")
            }
        }
    }

    @Test(arguments: Mistake.all)
    func `schema and parser refuse the same mistakes, those that a schema can express`(mistake: Mistake) throws {
        guard let root = YAMLDocument(parsing: Array(mistake.source.utf8)).root else { return }
        let report = WorkloadModelTests.read(mistake.source)
        let isValid = try Self.validator().violations(of: JSONValue(root)).isEmpty
        // A schema sees neither names that occur twice, nor files, nor how a number was written; nor what is no
        // document at all. The text of YAML's own problems is gone from the tree.
        let beyond: Set = [
            "duplicate-name", "file-missing", "file-not-utf8", "file-too-large", "duplicate-key", "several-documents",
            "unsupported-tag", "complex-key", "bad-merge-key", "not-decimal", "not-a-path",
            "empty-descriptor",
        ]
        let expressible = report.diagnostics.filter { !beyond.contains($0.code) }
        let isFloat = report.text.contains("8080.0")
        let refuses = expressible.contains {
            $0.severity == .error || Self.writtenOtherwise.contains($0.code)
        }
        if refuses && !isFloat { #expect(!isValid, "\(report.text)") }
        if report.diagnostics.isEmpty { #expect(isValid) }
    }
}
