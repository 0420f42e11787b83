import Redaction
import Text
import WorkloadModel

extension Command {
    static let validate = Command(
        name: "validate",
        summary: "check descriptors and report every problem at its line and column",
        discussion:
            "Checks the files, and every workload.yaml in the folders, that PATH names; without one the current "
            + "folder. Nothing is sent and no connection parameter is needed. The report is on standard output. The "
            + "exit code is 65 where there is an error, or with --strict a warning. With --fix what has another spelling "
            + "today is rewritten first, and the report is that of the mended text.",
        operands: "[PATH…]",
        groups: { ParameterGroup.all(Parameter.validating) },
        run: { context, values in try ValidateRun(context: context, values: values).run() })
}

/// One run of validate, from its paths to its report.
private struct ValidateRun {
    let context: CommandContext
    let values: ParameterValues

    func run() throws {
        var reader = ParameterReader(values)
        if values.isOn(.fixDiff) && !values.isOn(.fix) {
            reader.report(.fixDiff, "it shows what \(Parameter.fix.flag) would change; give both")
        }
        try reader.finish()
        let selection = try DescriptorSelection(
            values.operands, values, workingDirectory: context.workingDirectory)
        var problems = selection.problems
        var changes = ""
        var report = DiagnosticReport(isStrict: values.isOn(.strict), redact: context.console.redactor.redact(_:))
        for source in selection.sources {
            do {
                if let mended = try mend(source, &changes) {
                    report.add(mended.report, file: source.shownPath, source: mended.bytes)
                } else {
                    let checked = try source.check()
                    report.add(checked.report, file: source.shownPath, source: checked.source)
                }
            } catch let error as InputError {
                problems.append(error.description)
            }
        }
        for note in selection.notes { report.note(note.report, file: note.path) }
        if let last = problems.last {
            for problem in problems.dropLast() { context.console.log(.error, "input", problem) }
            throw InputError(description: "\(last) (no report was printed)")
        }
        if values.isOn(.fixDiff) {
            try context.console.print(changes)
            if report.errorCount + report.warningCount > 0 { context.console.show(text(of: report)) }
        } else {
            try context.console.print(text(of: report))
        }
        if selection.sources.isEmpty && selection.notes.isEmpty { try reportNothing() }
        guard report.errorCount > 0 else { return }
        throw InvalidDescriptor(
            description: "\(report.counts)\(report.promotion); fix the descriptor and run this again")
    }

    /// Rewrites a descriptor, or adds the difference to the changes; nil where that is not asked for, or it cannot be read.
    private func mend(_ source: DescriptorSource, _ changes: inout String) throws -> MendedDescriptor? {
        guard values.isOn(.fix), let (before, mended) = source.mend() else { return nil }
        guard before != mended.bytes else { return mended }
        if values.isOn(.fixDiff) {
            let diff = UnifiedDiff(of: source.shownPath, from: before, to: mended.bytes)
            changes += context.outputStyle.diff(diff.text)
        } else {
            try source.write(mended.bytes)
            context.console.log(.info, "mended", "\(DiagnosticReport.shownPath(source.shownPath)): updated")
        }
        return mended
    }

    private func text(of report: DiagnosticReport) -> String {
        switch values.word(.reportFormat, as: ReportFormat.self) {
        case .json: return report.json
        case .github: return report.github
        case .sarif: return report.sarif(relativeTo: context.workingDirectory)
        case .text, nil:
            return report.text(
                closing: DiagnosticReport.count(report.fileCount, "file"), style: context.outputStyle)
        }
    }

    private func reportNothing() throws(InvalidDescriptor) {
        let problem =
            "there is no \(DescriptorSource.usualName) here or below, without which publish makes a Workload of the "
            + "image alone"
        let advice = "name the PATH of one, if there is one"
        if values.isOn(.strict) {
            throw InvalidDescriptor(
                description: "\(problem), and \(Parameter.strict.name) makes warnings errors; \(advice)")
        }
        context.console.log(.warning, "no-descriptor", "\(problem); \(advice)")
    }
}
