import Text
import WorkloadModel
import YAML

/// An entry of a list of components: a mapping of parameters, over those that hold for all.
struct ComponentEntry {
    private(set) var values: ParameterValues
    /// Where the entry begins.
    let mark: YAMLMark
    /// Where each of its keys stands.
    private(set) var keys: [String: YAMLMark] = [:]
    /// What the entry says of its names; nil where something is wrong with it.
    private(set) var names: WorkloadNames?
    /// What is wrong with it, and where.
    private(set) var problems: [(mark: YAMLMark, message: String)] = []

    /// The parameters that an entry may give.
    static let parameters: [Parameter] = [
        .component, .appPath, .image, .imageFile, .imageDigestFile, .workloadName, .descriptor, .project, .namespace,
        .runName, .labels, .annotations, .update,
    ]

    /// Those that mean one component, so that none of them can hold for all.
    static let single: [Parameter] = [
        .component, .workloadName, .appPath, .descriptor, .imageFile, .imageDigestFile, .treePath,
    ]

    /// Reads an entry; whatever is wrong with it is a problem.
    init(_ node: YAMLNode, over values: ParameterValues) {
        self.values = values
        mark = node.mark
        guard case .mapping(let members) = node.content else {
            problems = [(mark, "an entry is a mapping; write it like 'component: NAME'")]
            return
        }
        // The image of an entry takes the place of the one for all, however either is given.
        if members.contains(where: { [Parameter.image.key, Parameter.imageFile.key].contains($0.key) }) {
            self.values.forget(.image)
        }
        for member in members { read(member) }
        if self.values.text(.component) == nil, let folder = self.values.text(.appPath)?.split(separator: "/").last {
            self.values.set(.component, [String(folder)], from: .entry)
        }
        readNames()
    }

    private mutating func read(_ member: YAMLEntry) {
        guard let row = Self.parameters.first(where: { $0.key == member.key }) else {
            let keys = Self.parameters.map(\.key)
            let advice =
                Spelling.nearest(to: member.key, in: keys).map { "did you mean \(Quoted($0))?" }
                ?? "an entry takes \(Alternatives.list(keys.sorted()))"
            return problems.append((member.keyMark, "unknown key \(Quoted(member.key)); \(advice)"))
        }
        guard let texts = Self.texts(of: member.value, isList: row.isRepeated) else {
            let form = row.isRepeated ? "a text \(row.placeholder) or a list of them" : "a text"
            return problems.append((member.value.mark, "\(row.key) is \(form)"))
        }
        keys[row.key] = member.keyMark
        values.set(row, texts, from: .entry)
        guard !row.words.isEmpty, let word = texts.first, !row.words.contains(word) else { return }
        let advice = "write \(Alternatives.list(row.words))"
        problems.append((member.value.mark, "\(row.key): unknown value \(Quoted(word)); \(advice)"))
    }

    private mutating func readNames() {
        var reader = ParameterReader(values)
        let names = WorkloadNames(&reader)
        for problem in reader.error.problems {
            problems.append((keys[String(problem.prefix { $0 != ":" })] ?? mark, problem))
        }
        let missing = reader.error.missing.joined(separator: ", ")
        if !missing.isEmpty { problems.append((mark, "missing: \(missing); write it here, or give it for all")) }
        if reader.error.isEmpty { self.names = names }
    }

    /// The texts of a value; nil where it has another form.
    private static func texts(of node: YAMLNode, isList: Bool) -> [String]? {
        switch node.content {
        case .scalar(let scalar) where scalar.kind != .null && !scalar.text.isEmpty: return [scalar.text]
        case .sequence(let nodes) where isList:
            let texts = nodes.compactMap { Self.texts(of: $0, isList: false)?.first }
            return texts.count == nodes.count ? texts : nil
        default: return nil
        }
    }
}
