import Text
import WorkloadModel

/// Everything that is known before anything is sent: the Workload, checked.
struct WorkloadSource {
    let workload: Workload
    /// Whether a descriptor was read.
    var hasDescriptor: Bool { workload.isFromSource }

    /// Reads the descriptor and the files it names, and shows every problem; throws where there is an error.
    static func read(
        _ names: WorkloadNames, _ values: ParameterValues, _ context: CommandContext
    ) throws -> WorkloadSource {
        var warnings = 0
        func warn(_ event: String, _ message: String) {
            warnings += 1
            context.console.log(.warning, event, message)
        }
        if let imageWarning = names.imageWarning { warn("mutable-image", "\(Parameter.image.name): \(imageWarning)") }
        let source = try DescriptorSource.find(in: values, workingDirectory: context.workingDirectory)
        var descriptor: Descriptor?
        if let source {
            let contents = try source.contents()
            let report = DescriptorReader.read(contents, files: source.files)
            let text = DiagnosticText(file: source.shownPath, source: contents)
            context.console.show(
                context.console.isAnnotating
                    ? text.annotations(report) : text.report(report, isTerminal: context.console.isTerminal))
            guard report.errorCount == 0, let read = report.descriptor else {
                throw InvalidDescriptor(
                    description: "\(source.shownPath): \(DiagnosticText.count(report.errorCount, "error")); "
                        + "nothing was sent: mend the descriptor and run this again")
            }
            warnings += report.warningCount
            descriptor = read
        } else if let found = DescriptorSource.misnamedDescriptor(
            in: values, workingDirectory: context.workingDirectory)
        {
            warn(
                "misnamed-descriptor", "\(found) is not read: rename it to workload.yaml, or name it with --descriptor")
        }
        if warnings > 0 && values.isOn(.strict) {
            throw InvalidDescriptor(
                description: "\(DiagnosticText.count(warnings, "warning")), and --strict makes warnings errors; "
                    + "nothing was sent")
        }
        return WorkloadSource(workload: Workload(parameters: names.parameters, descriptor: descriptor))
    }
}
