import Checkout
import Testing
import WorkloadModel
import YAML

@Suite struct DiagnosticRules {
    private static let codes = DiagnosticRule.all.map(\.code)

    @Test func `diagnostic rules have one code each, in order and in kebab-case`() {
        #expect(Self.codes == Set(Self.codes).sorted())
        for code in Self.codes {
            #expect(code.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(code)")
        }
    }

    @Test func `diagnostic rules say in one line what is wrong`() {
        for rule in DiagnosticRule.all {
            #expect(rule.summary.first?.isUppercase == true, "\(rule.code)")
            #expect(rule.summary.last != ".", "\(rule.code)")
            #expect(rule.summary.utf8.count <= 80, "\(rule.code)")
        }
        #expect(Set(DiagnosticRule.all.map(\.summary)).count == DiagnosticRule.all.count)
    }

    @Test(arguments: Mistake.all)
    func `diagnostic rules hold every code with its severity`(mistake: Mistake) {
        for diagnostic in read(mistake.source).diagnostics {
            let rule = DiagnosticRule.all.first { $0.code == diagnostic.code }
            #expect(rule?.severity == diagnostic.severity, "\(diagnostic.code)")
        }
    }

    /// Everything that can be wrong, so that no row of the table is left over from former days.
    @Test func `diagnostic rules are all met by some mistake`() {
        var met = Set(Mistake.all.flatMap { read($0.source).diagnostics }.map(\.code))
        let longKey = String(repeating: "k", count: 1025)
        let manyValues =
            "a: &a [\(String(repeating: "1,", count: 1_000))]\nb: [\(String(repeating: "*a,", count: 100))]"
        for source in ["? \(longKey)\n", manyValues] { met.formUnion(read(source).diagnostics.map(\.code)) }
        met.formUnion(DescriptorReader.read([0xFF], files: inMemory()).diagnostics.map(\.code))
        let errors: [SourceTreeError] = [
            .missing(""), .outside(""), .notARegularFile("", .folder), .tooLarge("", size: 1, limit: 0),
            .unreadable("", reason: ""),
            .invalidPath("", reason: ""),
        ]
        met.formUnion(errors.flatMap { DescriptorReport(unreadable: $0).diagnostics }.map(\.code))
        met.formUnion(DescriptorReport(notSearched: .missing("")).diagnostics.map(\.code))
        met.formUnion(DescriptorReport.misnamed.diagnostics.map(\.code))
        let tooLarge = DescriptorReader.read(Array(repeating: 0x20, count: 3 << 19 + 1), files: inMemory())
        met.formUnion(tooLarge.diagnostics.map(\.code))
        // Large payloads and what a fix opens have tests of their own.
        #expect(Set(Self.codes).subtracting(met) == ["large-payload", "payload-too-large", "wider-visibility"])
    }

    @Test func `a diagnostic of a file as a whole stands at its start`() {
        let report = DescriptorReport(unreadable: .notARegularFile("workload.yaml", .other("a named pipe")))
        #expect(
            report.diagnostics.map(\.description) == [
                "1:1: error: 'workload.yaml' is a named pipe, and only regular files are read"
            ])
        #expect(report.descriptor == nil)
        #expect((report.errorCount, report.warningCount) == (1, 0))
        #expect(
            DescriptorReport.misnamed.diagnostics.map(\.description) == [
                "1:1: warning: this file is not read; rename it to workload.yaml"
            ])
    }
}
