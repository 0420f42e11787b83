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
        // An entry of a list names image and files in the same way as any other.
        let component = values.text(.components) == nil ? "" : "component \(parameters.component): "
        if let imageWarning = image.warning {
            context.console.log(
                isStrict ? .error : .warning, "mutable-image", "\(component)\(names.image.name): \(imageWarning)")
        }
        var report = DiagnosticReport(isStrict: isStrict, redact: context.console.redactor.redact(_:))
        let source = try find(values, context, &report, component)
        let checked = try source?.check(for: parameters)
        if let source, let checked {
            report.add(checked.report, file: source.shownPath, source: checked.source)
            context.show(report, closing: source.shownPath)
            guard report.errorCount == 0, checked.report.workload != nil else {
                throw InvalidDescriptor(
                    description: "\(DiagnosticReport.shownPath(source.shownPath)): "
                        + "\(DiagnosticReport.count(report.errorCount, "error"))\(report.promotion); fix the descriptor and "
                        + "run this again (nothing was done)")
            }
        }
        if isStrict, image.warning != nil || report.errorCount > 0 {
            throw InvalidDescriptor(
                description: "\(Parameter.strict.name) makes warnings errors; fix each of them, or leave it out "
                    + "(nothing was done)")
        }
        let workload = checked?.report.workload ?? Workload(parameters: parameters, descriptor: nil)
        guard source != nil || workload.storedSize <= Workload.maximumStored else {
            throw InvalidDescriptor(
                description:
                    "the Workload has \(workload.storedSize) bytes as JSON, and Kubernetes stores about 1.5 MiB; give "
                    + "fewer labels and annotations (nothing was done)")
        }
        return WorkloadSource(
            workload: workload, descriptor: source?.shownPath,
            warningCount: report.warningCount + (image.warning == nil ? 0 : 1))
    }

    /// The descriptor that the parameters name, or the one in the app path; nil where there is none.
    private static func find(
        _ values: ParameterValues, _ context: CommandContext, _ report: inout DiagnosticReport, _ component: String
    ) throws -> DescriptorSource? {
        if let path = values.text(.descriptor) {
            do throws(SourceTreeError) {
                let (tree, inside) = try DescriptorLocation(values, workingDirectory: context.workingDirectory)
                    .resolve(path)
                return DescriptorSource(
                    shownPath: path, tree: tree, path: inside, namedBy: Parameter.descriptor.name)
            } catch {
                throw InputError(.descriptor, error)
            }
        }
        let sourceDir = values.text(.sourceDir) ?? "."
        let tree = try context.tree(sourceDir, of: .sourceDir)
        // A leading `/` or `./` of the app path means nothing.
        let names = (values.text(.appPath) ?? "").utf8.split(separator: UInt8(ascii: "/"))
        let folder = names.drop { $0.elementsEqual(".".utf8) }.map { String(Substring($0)) }.joined(separator: "/")
        let inside = folder.isEmpty ? "" : folder + "/"
        let base = DescriptorSource.shownBase(of: sourceDir) + inside
        do throws(SourceTreeError) { try tree.checkFolder(folder) } catch { throw InputError(.appPath, error) }
        let name = DescriptorSource.usualName
        let source = DescriptorSource(shownPath: base + name, tree: tree, path: inside + name)
        do throws(SourceTreeError) {
            if try tree.kind(of: source.path, from: ".") != nil { return source }
        } catch {
            // What cannot even be looked at is there: reading it will say what is wrong with it.
            return source
        }
        if let kind = try? tree.kind(of: inside + DescriptorSource.misspeltName, from: "."), kind == .regular {
            report.note(.misnamed, file: base + DescriptorSource.misspeltName)
            context.show(report, closing: base + DescriptorSource.misspeltName)
        }
        // No mistake in itself, but what a wrong app path looks like.
        context.console.log(
            .info, "no-descriptor",
            "\(component)there is no \(Quoted(source.shownPath)): the Workload is made of the image alone")
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
    /// The folder that a parameter names, as a fence.
    func tree(_ path: String, of parameter: Parameter) throws(InputError) -> SourceTree {
        do throws(SourceTreeError) {
            return try SourceTree(root: DescriptorSource.absolute(path, in: workingDirectory), as: path)
        } catch {
            throw InputError(parameter, error)
        }
    }

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
                entry.json)
        }
        console.log(
            report.errorCount > 0 ? .error : .warning, "descriptor-checked", "\(subject): \(report.counts)",
            report.summary)
    }
}
