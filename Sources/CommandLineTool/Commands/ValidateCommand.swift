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
        let isFixing = values.isOn(.fix)
        let showsChanges = values.isOn(.fixDiff)
        if showsChanges && !isFixing {
            reader.report(.fixDiff, "it shows what \(Parameter.fix.flag) would change; give both")
        }
        try reader.finish()
        let selection = try DescriptorSelection(
            values.operands, values, workingDirectory: context.workingDirectory)
        var changes = ""
        let report = try check(selection) { source in
            guard isFixing, let (before, mended) = source.mend() else { return nil }
            if before != mended.bytes {
                if showsChanges {
                    changes += context.outputStyle.diff(
                        UnifiedDiff(of: source.shownPath, from: before, to: mended.bytes).text)
                } else {
                    try source.write(mended.bytes)
                    context.console.log(.info, "mended", "\(DiagnosticReport.shownPath(source.shownPath)): updated")
                }
            }
            return DescriptorSource.Checked(report: mended.report, source: mended.bytes)
        }
        if showsChanges {
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

    private func check(
        _ selection: DescriptorSelection, mending: (DescriptorSource) throws -> DescriptorSource.Checked?
    ) throws -> DiagnosticReport {
        var problems = selection.problems
        var report = DiagnosticReport(
            isStrict: values.isOn(.strict), redact: context.console.redactor.redact(_:))
        for source in selection.sources {
            do {
                let checked = try mending(source) ?? source.check()
                report.add(checked.report, file: source.shownPath, source: checked.source)
            } catch let error as InputError {
                problems.append(error.description)
            }
        }
        for note in selection.notes { report.note(note.report, file: note.path) }
        if let last = problems.last {
            for problem in problems.dropLast() { context.console.log(.error, "input", problem) }
            throw InputError(description: "\(last) (no report was printed)")
        }
        return report
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
