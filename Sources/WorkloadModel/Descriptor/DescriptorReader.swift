import JSON
import YAML

/// What came of reading a descriptor.
public struct DescriptorReport: Sendable {
    /// The descriptor; nil where there is any error.
    public let descriptor: Descriptor?
    /// The Workload that it makes; nil where there is any error.
    public let workload: Workload?
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
        var checker = ShapeChecker(diagnostics: DiagnosticCollector(), files: FileInliner(files: files))
        // The tree of the text ends here: a large descriptor would else be held in one form more at each step.
        let checked = checkedFields(of: bytes, &checker)
        let descriptor = checked.flatMap { Self.descriptor($0, &checker.diagnostics) }
        let workload = descriptor.map { Workload(parameters: parameters ?? .unnamed, descriptor: $0) }
        if let workload { checkSize(of: workload, &checker.diagnostics) }
        let isValid = checker.diagnostics.errorCount == 0
        return DescriptorReport(
            descriptor: isValid ? descriptor : nil,
            workload: isValid ? workload : nil,
            diagnostics: checker.diagnostics.sorted,
            errorCount: checker.diagnostics.errorCount,
            warningCount: checker.diagnostics.warningCount)
    }

    private static func checkedFields(of bytes: [UInt8], _ checker: inout ShapeChecker) -> CheckedMapping? {
        let document = YAMLDocument(parsing: bytes)
        for problem in document.problems {
            checker.diagnostics.report(error: problem.code.rawValue, at: problem.mark, problem.message)
        }
        guard let root = document.root, !root.isNull else {
            if document.problems.isEmpty {
                checker.diagnostics.report(
                    .emptyDescriptor, at: document.root?.mark ?? start,
                    "the descriptor is empty, so the Workload holds the image alone")
            }
            return CheckedMapping()
        }
        return checker.mapping(root, as: .descriptor, at: .document)
    }

    private static func descriptor(
        _ checked: CheckedMapping, _ diagnostics: inout DiagnosticCollector
    ) -> Descriptor? {
        guard diagnostics.errorCount == 0 else { return nil }
        let descriptor = Descriptor(checked)
        if descriptor == nil {
            // Only a row without its model, or a model without its row, leads here.
            diagnostics.report(
                .notReadable, at: start,
                "a bug in this program: the descriptor is valid and cannot be read; report it")
        }
        return descriptor
    }

    private static func checkSize(of workload: Workload, _ diagnostics: inout DiagnosticCollector) {
        let size = workload.payloadSize
        let advice = "shorten what 'schemaFile', 'valueFrom.path' and 'value' bring in"
        if size > Workload.maximumPayload {
            diagnostics.report(
                .payloadTooLarge, at: start,
                "the Workload has \(mebibytes(size)), and Kubernetes stores about 1.5 MiB; \(advice)")
        } else if size > Workload.largePayload {
            diagnostics.report(
                .largePayload, at: start,
                "the Workload has \(mebibytes(size)), near the 1.5 MiB that Kubernetes stores; \(advice)")
        }
    }

    private static let start = YAMLMark(line: 1, column: 1)

    private static func mebibytes(_ size: Int) -> String {
        // Rounded up: a size beyond the limit must not be shown as the limit.
        let hundredths = (size * 100 + (1 << 20) - 1) >> 20
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) MiB"
    }
}
