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
    ///
    /// With the pipeline's parameters the size of the Workload is checked to the byte, without them their part in it is
    /// left out of account.
    public static func read(
        _ bytes: [UInt8], files: some ReferencedFiles, parameters: WorkloadParameters? = nil
    ) -> DescriptorReport {
        let document = YAMLDocument(parsing: bytes)
        var diagnostics = DiagnosticCollector()
        for problem in document.problems {
            diagnostics.report(error: problem.code.rawValue, at: problem.mark, problem.message)
        }
        var checker = ShapeChecker(diagnostics: diagnostics, files: FileInliner(files: files))
        let descriptor = descriptor(in: document, &checker)
        if let descriptor {
            let workload = Workload(parameters: parameters ?? .unnamed, descriptor: descriptor)
            checkSize(of: workload, &checker.diagnostics)
        }
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
        return descriptor
    }

    private static func checkSize(of workload: Workload, _ diagnostics: inout DiagnosticCollector) {
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
