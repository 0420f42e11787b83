import Checkout
import CommandLineTool
import JSON
import WorkloadModel
import YAML

/// Takes any bytes all the way from a descriptor to a Workload and to everything that is said about it.
enum DescriptorFuzzing {
    /// Every file exists, with a text that its path decides; some are too large, and some are not UTF-8.
    private static func anyFile(_ path: String, _ limit: Int) throws(SourceTreeError) -> [UInt8] {
        switch path.utf8.count % 8 {
        case 0: throw .missing(path)
        case 1: return [0x63, 0xE9]
        default: return Array("text of \(path)\n".utf8)
        }
    }

    private static let codes = Set(DiagnosticRule.all.map(\.code))

    private static let parameters = WorkloadParameters(
        image: "registry.example.com/shop/api:1.0.0", namespace: "default", project: "shop", component: "api",
        workloadName: "api-workload", labels: ["app": "api"], annotations: ["note": "é"])

    /// Reads the bytes as a descriptor and follows it to its end; returns why what came out is wrong, if it is.
    static func failure(of bytes: [UInt8]) -> String? {
        let report = DescriptorReader.read(bytes, files: anyFile, parameters: parameters)
        if (report.descriptor == nil) != (report.errorCount > 0) { return "a descriptor and errors, or neither" }
        for diagnostic in report.diagnostics {
            if !codes.contains(diagnostic.code) { return "the code '\(diagnostic.code)' is in no table" }
            if diagnostic.message.unicodeScalars.contains(where: isControl) {
                return "a message with control characters"
            }
        }
        if let problem = failure(of: report, source: bytes) { return problem }
        // It reads the text many times over.
        if bytes.reduce(1, &+).isMultiple(of: 16), let problem = failure(ofMending: bytes, report) { return problem }
        guard let descriptor = report.descriptor else { return nil }
        return failure(of: Workload(parameters: parameters, descriptor: descriptor))
    }

    private static func failure(of report: DescriptorReport, source: [UInt8]) -> String? {
        var shown = DiagnosticReport()
        shown.add(report, file: "a:b,c%\n.yaml", source: source)
        let style = TerminalStyle(isTerminal: true, environment: ["NO_COLOR": "1"])
        let text = shown.text(closing: "1 file", style: style)
        if text.unicodeScalars.contains(where: { isControl($0) && $0 != "\n" }) { return "control characters in text" }
        let count = min(report.errorCount + report.warningCount, 100)
        if shown.github.utf8.count(where: { $0 == UInt8(ascii: "\n") }) < count { return "annotations are missing" }
        // Both hold the same texts; to read every one of them again would take most of the time.
        guard source.reduce(0, &+).isMultiple(of: 64) else { return nil }
        for log in [shown.json, shown.sarif(relativeTo: "/")] {
            guard let value = try? JSONValue(parsing: log) else { return "a report that is not JSON: \(log)" }
            let diagnostics = value["diagnostics"] ?? value["runs"]?.array?.first?["results"]
            if diagnostics?.array?.count != count { return "diagnostics are missing" }
        }
        return nil
    }

    private static func failure(ofMending bytes: [UInt8], _ report: DescriptorReport) -> String? {
        let mended = DescriptorReader.mend(bytes, files: anyFile)
        if mended.report.errorCount > report.errorCount { return "a mended text with more errors" }
        let again = DescriptorReader.read(mended.bytes, files: anyFile)
        let isSame = again.errorCount == mended.report.errorCount && again.descriptor == mended.report.descriptor
        return isSame ? nil : "a mended text that is reported as another"
    }

    private static func failure(of workload: Workload) -> String? {
        let payload = workload.payload
        let bytes = payload.serialized()
        if workload.storedSize > Workload.maximumStored { return "a payload that Kubernetes refuses" }
        guard let again = try? JSONValue(parsing: bytes), again == payload else { return "a payload that is not JSON" }
        let annotations = RunAnnotations(of: workload, beside: [:]).set(on: [:])["metadata"]?["annotations"]
        let size = annotations?.object?.members.reduce(0) {
            $0 + $1.name.utf8.count + ($1.value.string?.utf8.count ?? 0)
        }
        if size ?? 0 > KubernetesMetadata.maximumAnnotationBytes { return "annotations beyond their limit" }
        // What render prints reads back as what it was.
        let yaml = payload.yaml
        let document = YAMLDocument(parsing: Array(yaml.utf8))
        if let problem = document.problems.first, problem.code != .tooLarge, problem.code != .keyTooLong {
            return "YAML that cannot be read: \(problem)"
        }
        return nil
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x20 || scalar.value == 0x7F }
}
