import JSON
import YAML

/// What came of reading a descriptor.
public struct DescriptorReport: Sendable {
    /// The descriptor; nil where there is any error.
    public let descriptor: Descriptor?
    /// The problems by line and column, at most 1,000 errors and 1,000 warnings.
    public let diagnostics: [Diagnostic]
    /// How many errors there are, those included that `diagnostics` has no room for.
    public let errorCount: Int
    /// How many warnings there are, those included that `diagnostics` has no room for.
    public let warningCount: Int
}

/// Reads `workload.yaml`.
public enum DescriptorReader {
    /// Reads a descriptor and the files that it names, and finds every problem in one run, whatever the bytes.
    public static func read(_ bytes: [UInt8], files: some ReferencedFiles) -> DescriptorReport {
        let document = YAMLDocument(parsing: bytes)
        var diagnostics = DiagnosticCollector()
        for problem in document.problems {
            diagnostics.report(error: problem.code.rawValue, at: problem.mark, problem.message)
        }
        var checker = ShapeChecker(diagnostics: diagnostics, files: FileInliner(files: files))
        let descriptor = descriptor(in: document, &checker)
        return DescriptorReport(
            descriptor: checker.diagnostics.errorCount == 0 ? descriptor : nil,
            diagnostics: checker.diagnostics.sorted,
            errorCount: checker.diagnostics.errorCount,
            warningCount: checker.diagnostics.warningCount)
    }

    private static func descriptor(in document: YAMLDocument, _ checker: inout ShapeChecker) -> Descriptor? {
        let start = YAMLMark(line: 1, column: 1)
        guard let root = document.root, !root.isNull else {
            if document.problems.isEmpty {
                checker.diagnostics.report(
                    .emptyDescriptor, at: document.root?.mark ?? start,
                    "the descriptor is empty: the Workload will hold the image alone")
            }
            return Descriptor()
        }
        guard let checked = checker.mapping(root, as: .descriptor, at: .document),
            checker.diagnostics.errorCount == 0
        else { return nil }
        guard let descriptor = Descriptor(checked) else {
            // Only a row without its model, or a model without its row, leads here.
            checker.diagnostics.report(
                .notReadable, at: root.mark, "a bug in this program: the descriptor is valid and cannot be read")
            return nil
        }
        checkSize(of: descriptor, &checker.diagnostics)
        return descriptor
    }

    private static func checkSize(of descriptor: Descriptor, _ diagnostics: inout DiagnosticCollector) {
        let workload = Workload(parameters: .unnamed, descriptor: descriptor)
        let size = workload.payloadSize
        let start = YAMLMark(line: 1, column: 1)
        let advice = "shorten what 'schemaFile', 'valueFrom.path' and 'value' bring in"
        if size > Workload.maximumPayload {
            diagnostics.report(
                .payloadTooLarge, at: start,
                "the Workload has \(mebibytes(size)), Kubernetes stores about 1.5 MiB: \(advice)")
        } else if size > Workload.largePayload {
            diagnostics.report(
                .largePayload, at: start,
                "the Workload has \(mebibytes(size)), near the 1.5 MiB that Kubernetes stores: \(advice)")
        }
    }

    private static func mebibytes(_ size: Int) -> String {
        // Rounded up: a size beyond the limit must not be shown as the limit.
        let hundredths = (size * 100 + (1 << 20) - 1) >> 20
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) MiB"
    }
}
