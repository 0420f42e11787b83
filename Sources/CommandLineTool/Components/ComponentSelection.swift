import Objects
import Text
import WorkloadModel
import YAML

/// The components of a run, read from a list and checked before anything is sent.
struct ComponentSelection {
    /// What is to be published of them, in the list's order.
    private(set) var publications: [Publication] = []

    private let context: CommandContext
    /// The list as messages name it.
    private let file: String
    private var problemCount = 0

    /// Reads the list that the parameters name and everything that its entries name, and shows every problem of all.
    ///
    /// Throws where there is any, so that nothing is sent.
    init(_ path: String, _ values: ParameterValues, _ context: CommandContext) throws {
        self.context = context
        file = path == "-" ? "standard input" : DiagnosticReport.shownPath(path)
        try Self.refuse(ComponentList.single, beside: values)
        let list = ComponentList(
            parsing: try InputFile.read(path, limit: 1 << 24, namedBy: Parameter.components.name), over: values)
        if list.entries.count > 1 { try Self.refuse([.runName], beside: values) }
        for problem in list.problems { note(problem.mark, problem.message) }
        var named: [WorkloadNames?] = []
        for entry in list.entries { named.append(names(of: entry)) }
        checkRepetition(list.entries, named)
        // All descriptors are read, whatever is wrong elsewhere.
        for (entry, names) in zip(list.entries, named) {
            if let names { publications += [read(entry, names)].compactMap { $0 } }
        }
        guard problemCount > 0 else { return }
        let count = list.entries.count
        let components = count == 0 ? "" : " in \(DiagnosticReport.count(count, "component"))"
        throw InvalidDescriptor(
            description: "\(file): \(DiagnosticReport.count(problemCount, "error"))\(components); fix what is named "
                + "above and run this again (nothing was sent)")
    }

    /// Parameters that cannot hold for all components of a list.
    private static func refuse(_ parameters: [Parameter], beside values: ParameterValues) throws(UsageError) {
        let given = parameters.filter { values.text(given: $0) != nil }.map(values.name)
        guard given.isEmpty else {
            throw UsageError(
                problems: [
                    "\(given.joined(separator: ", ")): such a value is of one component; write it in the list of "
                        + "\(Parameter.components.name)"
                ])
        }
    }

    private mutating func note(_ mark: YAMLMark, _ message: String) {
        problemCount += 1
        context.console.log(.error, "component-list", "\(file):\(mark.line):\(mark.column): \(message)")
    }

    /// What an entry says of its names; nil where something is wrong with it.
    private mutating func names(of entry: ComponentList.Entry) -> WorkloadNames? {
        var reader = ParameterReader(entry.values)
        let names = WorkloadNames(&reader)
        for problem in reader.error.problems {
            let key = problem.prefix { $0 != ":" }
            note(entry.keys[String(key)] ?? entry.mark, problem)
        }
        if !reader.error.missing.isEmpty {
            note(
                entry.mark,
                "missing: \(reader.error.missing.joined(separator: ", ")); write it here, or give it for all")
        }
        return reader.error.isEmpty ? names : nil
    }

    /// Two entries that lead to one Workload, or annotate one run, would undo each other.
    private mutating func checkRepetition(_ entries: [ComponentList.Entry], _ named: [WorkloadNames?]) {
        var workloads: [String: YAMLMark] = [:]
        var components: [String: YAMLMark] = [:]
        var runs: [String: YAMLMark] = [:]
        for case (let entry, let names?) in zip(entries, named) {
            let namespace = names.names.namespace
            let name = names.names.workloadName
            let component = "\(names.names.project)/\(names.names.component)"
            if let first = workloads.updateValue(entry.mark, forKey: "\(namespace)/\(name)") {
                note(
                    entry.mark,
                    "workload/\(name) in \(namespace) is the Workload of line \(first.line) as well; name another one")
            } else if let first = components.updateValue(entry.mark, forKey: "\(namespace)/\(component)") {
                note(
                    entry.mark,
                    "component \(component) in \(namespace) is that of line \(first.line) as well, and a component has one "
                        + "Workload; leave out one")
            }
            if let run = names.runName, let first = runs.updateValue(entry.mark, forKey: "\(namespace)/\(run)") {
                note(
                    entry.keys[Parameter.runName.key] ?? entry.mark,
                    "workflowrun/\(run) is annotated by line \(first.line) as well; leave out one")
            }
        }
    }

    private mutating func read(_ entry: ComponentList.Entry, _ names: WorkloadNames) -> Publication? {
        do {
            return Publication(try WorkloadSource.read(names, entry.values, context), names, entry.values)
        } catch {
            var message = "\(error)".replacing(" (nothing was done)", with: "")
            for row in ComponentList.parameters where entry.keys[row.key] != nil {
                message = message.replacing(row.name, with: row.key)
            }
            note(entry.mark, "component \(names.names.component): \(message)")
            return nil
        }
    }
}
