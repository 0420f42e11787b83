import Checkout
import Redaction
import Text
import WorkloadModel

/// Everything that is known before anything is sent: the Workload, checked.
struct WorkloadSource {
    let workload: Workload
    /// The descriptor as messages show it; nil where none was read.
    var descriptor: String?
    /// How many warnings there were.
    var warningCount = 0

    /// Reads the descriptor and the files it names, and shows every problem; throws where there is an error.
    static func read(
        _ names: WorkloadNames, _ values: ParameterValues, _ context: CommandContext
    ) throws -> WorkloadSource {
        let isStrict = values.isOn(.strict)
        let image = try names.image.resolve()
        let parameters = names.parameters(with: image)
        if let imageWarning = image.warning {
            // An entry of a list names the image in the same way as any other.
            let component = values.text(.components) == nil ? "" : "component \(parameters.component): "
            context.console.log(
                isStrict ? .error : .warning, "mutable-image", "\(component)\(names.image.name): \(imageWarning)")
        }
        var report = DiagnosticReport(isStrict: isStrict, redact: context.console.redactor.redact(_:))
        let described = try readDescriptor(parameters, values, context, &report)
        if isStrict, image.warning != nil || report.errorCount > 0 {
            throw InvalidDescriptor(
                description: "\(Parameter.strict.name) makes warnings errors; fix each of them, or leave it out "
                    + "(nothing was done)")
        }
        let warningCount = report.warningCount + (image.warning == nil ? 0 : 1)
        if var described {
            described.warningCount = warningCount
            return described
        }
        let workload = Workload(parameters: parameters, descriptor: nil)
        guard workload.storedSize <= Workload.maximumStored else {
            throw InvalidDescriptor(
                description:
                    "the Workload has \(workload.storedSize) bytes as JSON, and Kubernetes stores about 1.5 MiB; give "
                    + "fewer labels and annotations (nothing was done)")
        }
        return WorkloadSource(workload: workload, warningCount: warningCount)
    }

    private static func readDescriptor(
        _ parameters: WorkloadParameters, _ values: ParameterValues, _ context: CommandContext,
        _ report: inout DiagnosticReport
    ) throws -> WorkloadSource? {
        guard let source = try find(values, context, &report) else { return nil }
        let checked = try source.check(for: parameters)
        report.add(checked.report, file: source.shownPath, source: checked.source)
        context.show(report, closing: source.shownPath)
        guard report.errorCount == 0, let workload = checked.report.workload else {
            throw InvalidDescriptor(
                description: "\(DiagnosticReport.shownPath(source.shownPath)): "
                    + "\(DiagnosticReport.count(report.errorCount, "error"))\(report.promotion); fix the descriptor and run this again "
                    + "(nothing was done)")
        }
        return WorkloadSource(workload: workload, descriptor: source.shownPath)
    }

    /// The descriptor that the parameters name, or the one in the app path; nil where there is none.
    private static func find(
        _ values: ParameterValues, _ context: CommandContext, _ report: inout DiagnosticReport
    ) throws -> DescriptorSource? {
        if let path = values.text(.descriptor) {
            let location = DescriptorLocation(values, workingDirectory: context.workingDirectory)
            do {
                let place = try location.resolve(descriptor: path)
                return DescriptorSource(
                    shownPath: path, tree: place.tree, folder: place.folder, file: place.file,
                    namedBy: Parameter.descriptor.name)
            } catch {
                throw InputError(.descriptor, error)
            }
        }
        let folder = try AppFolder(values, workingDirectory: context.workingDirectory)
        if let found = folder.descriptor { return found }
        if let misnamed = folder.misnamedDescriptor {
            report.note(.misnamed, file: misnamed)
            context.show(report, closing: misnamed)
        }
        // No mistake in itself, but what a wrong app path looks like.
        context.console.log(
            .info, "no-descriptor",
            "there is no \(Quoted(folder.usualPath)): the Workload is made of the image alone")
        return nil
    }
}

extension DescriptorLocation {
    /// The rule by the source dir that the parameters name.
    init(_ values: ParameterValues, workingDirectory: String) {
        self.init(
            workingDirectory: workingDirectory, sourceDir: values.text(.sourceDir) ?? ".",
            sourceDirWasGiven: values.origin(of: .sourceDir) != nil)
    }
}

extension CommandContext {
    /// Shows what is wrong on standard error, in the form of the log; nothing where nothing is.
    fileprivate func show(_ report: DiagnosticReport, closing subject: String) {
        guard report.errorCount + report.warningCount > 0 else { return }
        if console.isAnnotating {
            return console.show("\(report.github)\(DiagnosticReport.shownPath(subject)): \(report.counts)\n")
        }
        guard console.isJSON else {
            let style = TerminalStyle(isTerminal: console.isTerminal, environment: environment)
            console.show(report.text(closing: DiagnosticReport.shownPath(subject), style: style))
            return
        }
        for entry in report.shown {
            console.log(
                entry.diagnostic.severity == .error ? .error : .warning, "diagnostic", entry.diagnostic.message,
                entry.fields.filter { $0.name != "message" && $0.name != "severity" })
        }
        console.log(
            report.errorCount > 0 ? .error : .warning, "descriptor-checked", "\(subject): \(report.counts)",
            report.summary)
    }
}
