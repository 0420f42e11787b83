import YAML

/// What came of reading a descriptor.
public struct DescriptorReport: Sendable {
    /// The descriptor; nil where there is any error.
    public internal(set) var descriptor: Descriptor?
    /// The Workload that it makes; nil where there is any error.
    public internal(set) var workload: Workload?
    /// The problems by line and column, at most 1,000 errors and 1,000 warnings.
    public internal(set) var diagnostics: [Diagnostic]
    /// How many errors there are, those included that `diagnostics` has no room for.
    public internal(set) var errorCount: Int
    /// How many warnings there are, those included that `diagnostics` has no room for.
    public internal(set) var warningCount: Int
    /// What can be mended in its text.
    var fixes: [DescriptorFix] = []
}

/// Reads `workload.yaml`.
public enum DescriptorReader {
    /// Reads a descriptor and the files that it names, and finds every problem in one run, whatever the bytes.
    ///
    /// With the pipeline's parameters the size of the Workload is checked to the byte, without them their part in it is
    /// left out of account.
    public static func read(
        _ bytes: [UInt8], files: @escaping FileReader, parameters: WorkloadParameters? = nil
    ) -> DescriptorReport {
        var checker = SchemaChecker(files: FileInliner(files))
        // The tree of the text ends here: a large descriptor would else be held in one form more at each step.
        let descriptor = descriptor(of: bytes, &checker)
        let workload = descriptor.map { Workload(parameters: parameters ?? .unnamed, descriptor: $0) }
        if let workload { checkSize(of: workload, &checker.diagnostics) }
        let isValid = checker.diagnostics.errorCount == 0
        return DescriptorReport(
            descriptor: isValid ? descriptor : nil,
            workload: isValid ? workload : nil,
            diagnostics: checker.diagnostics.sorted,
            errorCount: checker.diagnostics.errorCount,
            warningCount: checker.diagnostics.warningCount,
            fixes: checker.fixes)
    }

    private static func descriptor(of bytes: [UInt8], _ checker: inout SchemaChecker) -> Descriptor? {
        let document = YAMLDocument(parsing: bytes)
        if let format = document.root.flatMap(ForeignFormat.init) {
            checker.diagnostics.report(.foreignFormat, at: format.mark, format.message)
            return nil
        }
        for problem in document.problems {
            checker.diagnostics.report(
                DiagnosticRule(problem.code), at: problem.mark, about: problem.message, problem.message)
        }
        guard let root = document.root, !root.isNull else {
            guard document.problems.isEmpty else { return nil }
            checker.diagnostics.report(
                .emptyDescriptor, at: document.root?.mark ?? start,
                "the descriptor is empty, so the Workload holds the image alone")
            return Descriptor()
        }
        let checked = checker.mapping(root, as: .descriptor, at: "a descriptor")
        return checker.diagnostics.errorCount == 0 ? checked.map { Descriptor(spec: $0.sent) } : nil
    }

    private static func checkSize(of workload: Workload, _ diagnostics: inout DiagnosticCollector) {
        let size = workload.storedSize
        guard size > Workload.nearlyMaximumStored else { return }
        let isTooLarge = size > Workload.maximumStored
        diagnostics.report(
            isTooLarge ? .payloadTooLarge : .largePayload, at: start,
            "the Workload has \(mebibytes(size)) as JSON, and Kubernetes stores about 1.5 MiB"
                + "\(isTooLarge ? "" : ", what it adds itself included"); shorten what 'schemaFile', 'valueFrom.path' and "
                + "'value' bring in")
    }

    private static let start = YAMLMark(line: 1, column: 1)

    private static func mebibytes(_ size: Int) -> String {
        // Rounded up: a size beyond the limit must not be shown as the limit.
        let hundredths = (size * 100 + (1 << 20) - 1) >> 20
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) MiB"
    }
}
