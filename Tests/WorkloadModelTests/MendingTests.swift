import Testing
import WorkloadModel

@Suite struct Mending {
    private static func mend(_ source: String) -> (text: String, report: DescriptorReport) {
        let mended = DescriptorReader.mend(Array(source.utf8), files: inMemory(commonFiles))
        return (String(decoding: mended.bytes, as: UTF8.self), mended.report)
    }

    /// A descriptor with its version, before and after.
    private static let version = "apiVersion: openchoreo.dev/v1alpha1\n"

    @Test(arguments: [
        (
            "letter case, with comments and layout around it",
            "# mine\nEndpoints:   # all\n  -   NAME:  api\n      'Port': 80   # http\n      \"TYPE\": HTTP\n",
            "# mine\nendpoints:   # all\n  -   name:  api\n      'port': 80   # http\n      \"type\": HTTP\n"
        ),
        (
            "former names",
            "endpoints:\n- {name: a, port: 80, type: 'REST', SCHEMAFILEPATH: openapi.yaml}\n"
                + "configurations:\n  env:\n    - {key: A, value: key}\n",
            "endpoints:\n- {name: a, port: 80, type: 'HTTP', schemaFile: openapi.yaml}\n"
                + "configurations:\n  env:\n    - {name: A, value: key}\n"
        ),
        (
            "quotes around whole numbers",
            "endpoints:\n- name: a\n  port: \"8080\"  # public\n  targetPort: '80'\n  type: HTTP\n",
            "endpoints:\n- name: a\n  port: 8080  # public\n  targetPort: 80\n  type: HTTP\n"
        ),
        (
            "a number in quotes behind an anchor",
            "endpoints:\n- {name: a, port: &p \"80\", type: UDP}\n- {name: b, port: *p, type: TCP}\n",
            "endpoints:\n- {name: a, port: &p 80, type: UDP}\n- {name: b, port: *p, type: TCP}\n"
        ),
        (
            "a service as a block",
            "endpoints:\n  - name: a\n    service:\n      port: 8080   # http\n\n      basePath: /a\n    type: HTTP\n",
            "endpoints:\n  - name: a\n    port: 8080   # http\n\n    basePath: /a\n    type: HTTP\n"
        ),
        (
            "a service that comes first, its keys in another case",
            "endpoints:\n  - Service:\n        Port: \"8080\"\n        basePath: /a\n    name: a\n    type: HTTP\n",
            "endpoints:\n  - port: 8080\n    basePath: /a\n    name: a\n    type: HTTP\n"
        ),
        (
            "a service in braces",
            "endpoints:\n  - name: a\n    service: {port: 8080, basePath: /a}\n    type: HTTP\n",
            "endpoints:\n  - name: a\n    port: 8080\n    basePath: /a\n    type: HTTP\n"
        ),
        (
            "a service in braces in braces",
            "endpoints: [{name: a, service: {port: 8080, basePath: /a}, type: HTTP}]\n",
            "endpoints: [{name: a, port: 8080, basePath: /a, type: HTTP}]\n"
        ),
        (
            "connections",
            "connections:   # others\n- component: c  # it\n  endpoint: api\n\n  visibility: project\n# end\nmetadata:\n  name: x\n",
            "dependencies:\n  endpoints:   # others\n  - component: c  # it\n    name: api\n\n    visibility: project\n"
                + "# end\nmetadata:\n  name: x\n"
        ),
        (
            "connections beside other dependencies",
            "connections:\n  - {component: c, name: api, visibility: project}\nmetadata: {name: x}\ndependencies:  # all\n"
                + "    resources:\n      - ref: db",
            "metadata: {name: x}\ndependencies:  # all\n    endpoints:\n"
                + "      - {component: c, name: api, visibility: project}\n    resources:\n      - ref: db"
        ),
        (
            "the line with the kind, but not the comment behind it",
            "kind: Workload  # why\nmetadata: {name: x}\n", "# why\nmetadata: {name: x}\n"
        ),
        ("the line with the kind", "metadata: {name: x}\nkind: Workload\n", "metadata: {name: x}\n"),
        ("nothing", "metadata: {name: x}\n", "metadata: {name: x}\n"),
    ])
    func `mending rewrites former spellings, and leaves every other byte`(name: String, before: String, after: String) {
        for (before, after) in [
            (Self.version + before, Self.version + after),
            ("\u{FEFF}" + Self.version + before, "\u{FEFF}" + Self.version + after),
        ] {
            let (text, report) = Self.mend(before)
            #expect(text == after)
            #expect(report.text == "")
            #expect(Self.mend(text).text == text)
        }
    }

    @Test func `mending keeps the line ends of Windows`() {
        let before =
            Self.version + "connections:\n- {component: c, endpoint: a, visibility: project}\nkind: Workload\n"
            + "endpoints:\n- name: a\n  type: REST\n  service: {port: 80, basePath: /a}\n"
        let after =
            Self.version + "dependencies:\n  endpoints:\n  - {component: c, name: a, visibility: project}\n"
            + "endpoints:\n- name: a\n  type: HTTP\n  port: 80\n  basePath: /a\n"
        let (text, report) = Self.mend(before.replacing("\n", with: "\r\n"))
        #expect(text == after.replacing("\n", with: "\r\n"))
        #expect(report.text == "")
    }

    @Test func `mending rewrites thousands of keys in one go`() {
        func text(_ name: String, _ value: String) -> String {
            Self.version + "configurations:\n  env:\n"
                + (0..<2_000).map { "  - {\(name): A\($0), \(value): x}\n" }.joined()
        }
        let (mended, report) = Self.mend(text("KEY", "Value"))
        #expect(mended == text("name", "value"))
        #expect(report.warningCount == 0)
    }

    @Test func `mending writes a visibility that was not read, and says what it opens`() {
        let (text, report) = Self.mend(
            Self.version + """
                endpoints:
                  - name: a
                    service: {port: 80}
                    type: HTTP
                    networkVisibilities:
                      - Public   # all
                      - 'Organization'
                  - {name: b, port: 81, type: HTTP, networkVisibilities: [Project]}
                  - {name: c, port: 82, type: HTTP, networkVisibilities: Public}
                  - {name: d, port: 83, type: HTTP, networkVisibilities: [Public], visibility: []}

                """)
        #expect(
            text == Self.version + """
                endpoints:
                  - name: a
                    port: 80
                    type: HTTP
                    visibility:
                      - external   # all
                      - 'namespace'
                  - {name: b, port: 81, type: HTTP, visibility: [project]}
                  - {name: c, port: 82, type: HTTP, visibility: [external]}
                  - {name: d, port: 83, type: HTTP, networkVisibilities: [Public], visibility: []}

                """)
        #expect(
            report.diagnostics.map { "\($0.line):\($0.column) \($0.code)" } == [
                "6:5 wider-visibility", "10:37 wider-visibility", "11:37 former-visibility",
            ])
        #expect(
            report.diagnostics.first?.message
                == "'visibility' now opens the endpoint (external, namespace), which 'networkVisibilities' did not; review it"
        )
        #expect(report.warningCount == 3)
    }

    /// What would change its meaning, or cannot be distinguished from it, is its author's.
    @Test(arguments: [
        "endpoints:\n- {name: a, port: \"080\", type: HTTP}\n",
        "endpoints:\n- {name: a, port: \"99999\", type: HTTP}\n",
        "endpoints:\n- {name: a, port: \"8\\x30\", type: HTTP}\n",
        "endpoints:\n- {name: a, port: 80, Port: 81, type: HTTP}\n",
        "{kind: Workload, metadata: {name: x}}\n",
        "connections: []\ndependencies: {resources: []}\n",
        "x: [broken\n",
    ])
    func `mending leaves alone what it cannot mend`(source: String) {
        let before = Self.version + source
        let (text, report) = Self.mend(before)
        #expect(text == before)
        #expect(report.text == read(before).text)
        #expect(report.text != "")
    }

    @Test(arguments: Mistake.all)
    func `mending never makes a descriptor worse, whatever was wrong`(mistake: Mistake) {
        let before = read(mistake.source)
        let (text, report) = Self.mend(mistake.source)
        #expect(report.errorCount <= before.errorCount)
        if report.errorCount == before.errorCount { #expect(report.warningCount <= before.warningCount) }
        let again = Self.mend(text)
        #expect(again.text == text)
        let opens = report.diagnostics.contains { $0.code == "wider-visibility" }
        if let old = before.descriptor, !opens { #expect(report.descriptor == old) }
    }

    /// Lines of all mistakes, thrown together anew each time by the same numbers.
    @Test func `mending makes none of two thousand descriptors of random lines worse`() {
        var state: UInt64 = 20_261_127
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let sources = Mistake.all.map(\.source).filter { $0.utf8.count < 1_000 }
        let lines = sources.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
        var mended = 0
        for _ in 0..<2_000 {
            var text = sources[next(sources.count)].split(separator: "\n", omittingEmptySubsequences: false)
            for _ in 0...next(3) {
                let place = next(text.count + 1)
                if next(3) == 0, place < text.count {
                    text.remove(at: place)
                } else {
                    text.insert(lines[next(lines.count)], at: place)
                }
            }
            let source = text.joined(separator: "\n")
            let before = read(source)
            let (result, report) = Self.mend(source)
            if result != source { mended += 1 }
            let isWorse =
                report.errorCount > before.errorCount
                || (report.errorCount == before.errorCount && report.warningCount > before.warningCount)
            #expect(!isWorse, "\(source)")
            let opens = report.diagnostics.contains { $0.code == "wider-visibility" }
            if let old = before.descriptor, !opens { #expect(report.descriptor == old, "\(source)") }
            #expect(Self.mend(result).text == result, "\(source)")
        }
        #expect(mended > 50)
    }
}
