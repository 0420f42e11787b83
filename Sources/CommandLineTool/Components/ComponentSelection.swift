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
        try Self.refuse(ComponentEntry.single, beside: values)
        let document = YAMLDocument(
            parsing: try InputFile.read(path, limit: 1 << 24, namedBy: Parameter.components.name))
        var nodes: [YAMLNode] = []
        if case .sequence(let elements)? = document.root?.content { nodes = elements }
        if nodes.count > 1 { try Self.refuse([.runName], beside: values) }
        for problem in document.problems { note(problem.mark, problem.message) }
        if nodes.isEmpty && problemCount == 0 {
            note(
                document.root?.mark ?? YAMLMark(line: 1, column: 1),
                "here should be a list of components; begin each with '- component: NAME'")
        }
        let entries = nodes.map { ComponentEntry($0, over: values) }
        for problem in entries.flatMap(\.problems) { note(problem.mark, problem.message) }
        checkRepetition(entries)
        // All descriptors are read, whatever is wrong elsewhere.
        for entry in entries {
            if let names = entry.names { publications += [read(entry, names)].compactMap(\.self) }
        }
        guard problemCount > 0 else { return }
        let components = entries.isEmpty ? "" : " in \(DiagnosticReport.count(entries.count, "component"))"
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

    /// Two entries that lead to one Workload, or annotate one run, would undo each other.
    private mutating func checkRepetition(_ entries: [ComponentEntry]) {
        var lines: [String: Int] = [:]
        for entry in entries {
            guard let names = entry.names else { continue }
            func earlier(_ thing: String) -> Int? { lines.updateValue(entry.mark.line, forKey: thing) }
            let namespace = names.names.namespace
            let workload = "workload/\(names.names.workloadName) in \(namespace)"
            let component = "component \(names.names.project)/\(names.names.component) in \(namespace)"
            if let line = earlier(workload) {
                note(entry.mark, "\(workload) is the Workload of line \(line) as well; name another one")
            } else if let line = earlier(component) {
                note(
                    entry.mark,
                    "\(component) is that of line \(line) as well, and a component has one Workload; leave out one")
            }
            if let run = names.runName, let line = earlier("workflowrun/\(run) in \(namespace)") {
                note(
                    entry.keys[Parameter.runName.key] ?? entry.mark,
                    "workflowrun/\(run) is annotated by line \(line) as well; leave out one")
            }
        }
    }

    private mutating func read(_ entry: ComponentEntry, _ names: WorkloadNames) -> Publication? {
        do {
            return Publication(try WorkloadSource.read(names, entry.values, context), names, entry.values)
        } catch {
            var message = "\(error)".replacing(" (nothing was done)", with: "")
            for row in ComponentEntry.parameters where entry.keys[row.key] != nil {
                message = message.replacing(row.name, with: row.key)
            }
            note(entry.mark, "component \(names.names.component): \(message)")
            return nil
        }
    }
}
