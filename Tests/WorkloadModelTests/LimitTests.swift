import Foundation
import JSON
import Synchronization
import Testing
import WorkloadModel

@Suite struct Limits {
    private static func text(_ size: Int) -> [UInt8] { Array(repeating: 0x61, count: size) }

    private static func files(_ count: Int, of path: (Int) -> String) -> String {
        "apiVersion: openchoreo.dev/v1alpha1\nconfigurations:\n  files:\n"
            + (0..<count).map {
                "    - {name: f\($0), mountPath: /f, valueFrom: {path: \"\(path($0))\"}}\n"
            }.joined()
    }

    @Test(arguments: [
        (1 << 19, 1 << 18, ""),
        (
            1 << 20, 450_000,
            "1:1: warning: the Workload has 1.43 MiB as JSON, and Kubernetes stores about 1.5 MiB, what it adds itself "
                + "included; shorten what 'schemaFile', 'valueFrom.path' and 'value' bring in"
        ),
        (
            1 << 20, 1 << 19 - 100,
            "1:1: error: the Workload has 1.51 MiB as JSON, and Kubernetes stores about 1.5 MiB; "
                + "shorten what 'schemaFile', 'valueFrom.path' and 'value' bring in"
        ),
    ])
    func `the size of a Workload is limited`(first: Int, second: Int, expected: String) {
        let report = read(
            Self.files(2) { "f\($0)" }, files: ["f0": Self.text(first), "f1": Self.text(second)])
        #expect(report.text == expected)
    }

    /// A file of its own may be as large as what Kubernetes stores.
    @Test(arguments: [(1_480_000, []), (1_550_000, ["large-payload"]), (1_572_500, ["payload-too-large"])])
    func `the size of a Workload of one large file is limited`(size: Int, codes: [String]) {
        let report = read(Self.files(1) { _ in "f" }, files: ["f": Self.text(size)])
        #expect(report.diagnostics.map(\.code) == codes)
    }

    @Test func `the size of what many files bring in together is limited`() {
        let report = read(Self.files(4) { _ in "f" }, files: ["f": Self.text(1 << 20)])
        let error =
            "error: 'path': not read: the files before it hold more than the 1.5 MiB that Kubernetes stores; "
            + "shorten them"
        #expect(report.text == "6:51: \(error)\n7:51: \(error)")
        #expect(report.diagnostics.map(\.code) == ["payload-too-large", "payload-too-large"])
    }

    @Test func `the size of a Workload counts escapes, which make JSON longer than the text`() {
        let report = read(Self.files(1) { _ in "f" }, files: ["f": Array(repeating: 0x01, count: 1 << 19)])
        #expect(report.diagnostics.map(\.code) == ["payload-too-large"])
    }

    /// Go writes them as `\u003c` and the like, and they are stored so.
    @Test(arguments: [
        ("<", 261_000, ["large-payload"]), ("<", 263_000, ["payload-too-large"]), ("&", 263_000, ["payload-too-large"]),
        (">", 263_000, ["payload-too-large"]), ("\u{2028}", 263_000, ["payload-too-large"]),
        ("\u{2029}", 263_000, ["payload-too-large"]), ("\u{2027}", 263_000, []), ("\u{A8}", 263_000, []),
    ])
    func `the size of a Workload has six bytes for what Kubernetes escapes`(
        character: String, count: Int, codes: [String]
    ) {
        let text = Array(String(repeating: character, count: count).utf8)
        let report = read(Self.files(1) { _ in "f" }, files: ["f": text])
        #expect(report.diagnostics.map(\.code) == codes)
    }

    /// Reads a descriptor of so many files, all with these bytes, and counts how often one is read.
    private static func counted(_ count: Int, of bytes: [UInt8], _ path: (Int) -> String) -> (
        DescriptorReport, reads: Int
    ) {
        let reads = Mutex(0)
        let report = DescriptorReader.read(Array(files(count, of: path).utf8)) { _, _ in
            reads.withLock { $0 += 1 }
            return bytes
        }
        return (report, reads.withLock { $0 })
    }

    @Test func `a file that is named often is read once`() {
        let (report, reads) = Self.counted(1000, of: [0x61]) { _ in "same" }
        #expect(report.workload?.payload["spec"]?["container"]?["files"]?.array?.count == 1000)
        #expect(reads == 1)
    }

    @Test func `files that are no text count against what is read`() {
        let (report, reads) = Self.counted(5000, of: [UInt8](repeating: 0xFF, count: 1 << 20)) { "f\($0)" }
        #expect(report.errorCount == 5000)
        #expect(reads == 2)
    }

    @Test func `the size of a Workload counts what aliases would write, which is not written`() {
        let nulls = String(repeating: "\\0", count: 400_000)
        let values = (0..<35).map { "  - {name: v\($0), value: *x}\n" }.joined()
        let report = read(
            "apiVersion: openchoreo.dev/v1alpha1\nmetadata: {name: &x \"\(nulls)\"}\nconfigurations:\n  env:\n\(values)"
        )
        // As JSON it would be six times as large, and that is never made.
        #expect(
            report.text.hasPrefix("1:1: error: the Workload has 13.36 MiB as JSON, and Kubernetes stores about 1.5 MiB")
        )
    }

    @Test func `a report of thousands of problems is short and its counts are right`() {
        let entries = (0..<3000).map { "  - {name: e\($0), port: 0, type: TCP, color: red}\n" }.joined()
        let report = read("apiVersion: openchoreo.dev/v1alpha1\nendpoints:\n" + entries)
        #expect(report.errorCount == 3000)
        #expect(report.warningCount == 3000)
        #expect(report.diagnostics.count == 2000)
        #expect(
            report.diagnostics.first?.description == "3:22: error: 'port' must be an integer from 1 to 65535, found 0")
        #expect(report.descriptor == nil)
    }

    @Test func `an error beyond thousands of warnings refuses the descriptor`() {
        let keys = (0..<2000).map { "  k\($0): 1\n" }.joined()
        let report = read("apiVersion: openchoreo.dev/v1alpha1\nconfigurations:\n" + keys + "endpoints: 1\n")
        #expect(report.warningCount == 2000)
        #expect(report.errorCount == 1)
        #expect(report.diagnostics.last?.code == "wrong-type")
    }

    /// Descriptors that would take quadratic time, or gigabytes, if anything were done once for each alias.
    static let hostile: [(name: String, source: String, codes: Set<String>)] = {
        let version = "apiVersion: openchoreo.dev/v1alpha1\n"
        let long = String(repeating: "a", count: 900_000)
        func list(_ count: Int, _ entry: String) -> String { String(repeating: entry, count: count) }
        return [
            (
                "a long value used 8,000 times",
                version + "x-a: &x \(long)\nconfigurations:\n  env:\n"
                    + (0..<8_000).map { "  - {name: v\($0), value: *x}\n" }.joined().prefix(140_000)
                    .split(separator: "\n").dropLast().joined(separator: "\n"),
                ["payload-too-large"]
            ),
            (
                "a long name used 10,000 times",
                version + "x: &x \(long)\nendpoints:\n" + list(10_000, "- {name: *x}\n"),
                ["unknown-section", "too-long", "missing-key"]
            ),
            (
                "a long path used 6,000 times",
                version + "x: &x \(long)\nendpoints:\n" + list(6_000, "- {schemaFile: *x}\n"),
                ["unknown-section", "too-long", "missing-key"]
            ),
            (
                "a megabyte of digits used 9,000 times",
                version + "x: &x \(list(900_000, "1"))\nendpoints:\n" + list(9_000, "- {port: *x}\n"),
                ["unknown-section", "wrong-type", "missing-key"]
            ),
            (
                "a long key used 12,000 times",
                version + "x: &x \(long)\ny:\n" + list(12_000, "- {*x : 1}\n"),
                ["key-too-long"]
            ),
            (
                "a tag with a long prefix used 14,000 times",
                "%TAG !x! tag:\(long)\n---\ny:\n" + list(14_000, "- !x!a 1\n"),
                ["unsupported-tag"]
            ),
            (
                "55,000 tag directives",
                (0..<55_000).map { "%TAG !\(String($0, radix: 16))! x\n" }.joined() + "---\na: 1\n",
                ["unsupported-tag"]
            ),
            (
                "half a million accents on one letter",
                version + "x: e" + list(500_000, "\u{301}"),
                ["unknown-section"]
            ),
            (
                "a mistake used 7,000 times",
                version + "endpoints:\n- &e {name: a, port: 0, type: x, visibility: [y, y]}\n" + list(7_000, "- *e\n"),
                ["duplicate-name", "out-of-range", "unknown-value"]
            ),
            (
                "90,000 unknown keys",
                version + (0..<45_000).map { "k\($0): 1\n" }.joined(),
                ["unknown-section"]
            ),
            (
                "30,000 endpoints without anything",
                version + "endpoints:\n" + list(30_000, "- {}\n"),
                ["missing-key"]
            ),
            (
                "16,000 endpoints",
                version + "endpoints:\n" + (1...14_000).map { "- {name: e\($0), port: \($0), type: TCP}\n" }.joined(),
                []
            ),
            (
                "90,000 visibilities",
                version + "endpoints:\n- name: a\n  port: 80\n  type: TCP\n  visibility: [" + list(90_000, "project,")
                    + "]\n",
                ["duplicate-value"]
            ),
            (
                "a laughing billion",
                version + "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
                    + zip("bcdefghi", "abcdefgh").map { name, before in
                        "\(name): &\(name) [" + list(9, "*\(before),") + "*\(before)]\n"
                    }.joined(),
                ["too-many-nodes"]
            ),
        ]
    }()

    /// No figure is measured here: what takes quadratic time would take hours, however slow the machine.
    @Test(arguments: hostile.indices)
    func `reading a descriptor ends, whatever the input`(index: Int) {
        let (name, source, codes) = Self.hostile[index]
        #expect(source.utf8.count <= 1 << 20, "\(name)")
        let report = read(source)
        #expect(Set(report.diagnostics.map(\.code)) == codes, "\(name)")
        #expect(report.diagnostics.count <= 2000)
    }

    @Test func `a descriptor of bytes that are no text is refused`() {
        let report = DescriptorReader.read([0x61, 0x3A, 0xFF], files: inMemory())
        #expect(report.text == "1:3: error: this byte is not UTF-8; save the text as UTF-8")
        #expect(report.diagnostics.map(\.code) == ["not-utf8"])
        #expect(report.descriptor == nil)
    }
}
