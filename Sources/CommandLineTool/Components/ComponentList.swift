import System
import Text
import WorkloadModel
import YAML

/// A list of components to publish in one run, each a mapping of parameters.
struct ComponentList {
    /// What one entry says, over what holds for all.
    struct Entry {
        var values: ParameterValues
        /// Where the entry begins.
        let mark: YAMLMark
        /// Where each of its keys stands.
        var keys: [String: YAMLMark] = [:]
    }

    /// Something that is wrong, and where.
    struct Problem {
        let mark: YAMLMark
        let message: String
    }

    /// The parameters that an entry may give.
    static let parameters: [Parameter] = [
        .component, .appPath, .image, .imageFile, .imageDigestFile, .workloadName, .descriptor, .project, .namespace,
        .runName, .labels, .annotations, .update,
    ]

    /// Those that mean one component, so that none of them can hold for all.
    static let single: [Parameter] = [
        .component, .workloadName, .appPath, .descriptor, .imageFile, .imageDigestFile, .treePath,
    ]

    private(set) var entries: [Entry] = []
    private(set) var problems: [Problem] = []

    /// Reads a list; whatever is wrong with it is a problem.
    init(parsing bytes: [UInt8], over values: ParameterValues) {
        let document = YAMLDocument(parsing: bytes)
        problems = document.problems.map { Problem(mark: $0.mark, message: $0.message) }
        let start = YAMLMark(line: 1, column: 1)
        switch document.root?.content {
        case .sequence(let nodes) where !nodes.isEmpty:
            for node in nodes { add(node, over: values) }
        case .sequence, nil:
            if problems.isEmpty { note(document.root?.mark ?? start, "the list is empty; name a component") }
        case .scalar(let scalar) where scalar.kind == .null: note(start, "the list is empty; name a component")
        case .scalar, .mapping:
            note(document.root?.mark ?? start, "this is not a list; begin each component with '- component: NAME'")
        }
    }

    private mutating func note(_ mark: YAMLMark, _ message: String) {
        problems.append(Problem(mark: mark, message: message))
    }

    private mutating func add(_ node: YAMLNode, over values: ParameterValues) {
        guard case .mapping(let members) = node.content else {
            return note(node.mark, "an entry is a mapping; write it like 'component: NAME'")
        }
        var entry = Entry(values: values, mark: node.mark)
        let rows = Dictionary(uniqueKeysWithValues: Self.parameters.map { ($0.key, $0) })
        // The image of an entry takes the place of the one for all, however either is given.
        if members.contains(where: { [Parameter.image.key, Parameter.imageFile.key].contains($0.key) }) {
            entry.values.forget(.image)
        }
        for member in members {
            guard let row = rows[member.key] else {
                let nearest = Spelling.nearest(to: member.key, in: Self.parameters.map(\.key))
                let advice =
                    nearest.map { "did you mean \(Quoted($0))?" }
                    ?? "an entry takes \(Alternatives.list(rows.keys.sorted()))"
                note(member.keyMark, "unknown key \(Quoted(member.key)); \(advice)")
                continue
            }
            guard let texts = texts(of: member.value, isList: row.isRepeated) else {
                let form = row.isRepeated ? "a text \(row.placeholder) or a list of them" : "a text"
                note(member.value.mark, "\(row.key) is \(form)")
                continue
            }
            entry.keys[row.key] = member.keyMark
            entry.values.set(row, texts, from: .entry)
            if !row.words.isEmpty, let word = texts.first, !row.words.contains(word) {
                note(
                    member.value.mark,
                    "\(row.key): unknown value \(Quoted(word)); write \(Alternatives.list(row.words))")
            }
        }
        if entry.values.text(.component) == nil, let folder = entry.values.text(.appPath)?.split(separator: "/").last {
            entry.values.set(.component, [String(folder)], from: .entry)
        }
        entries.append(entry)
    }

    /// The texts of a value; nil where it has another form.
    private func texts(of node: YAMLNode, isList: Bool) -> [String]? {
        switch node.content {
        case .scalar(let scalar) where scalar.kind != .null && !scalar.text.isEmpty: return [scalar.text]
        case .sequence(let nodes) where isList:
            let texts = nodes.compactMap { self.texts(of: $0, isList: false)?.first }
            return texts.count == nodes.count ? texts : nil
        default: return nil
        }
    }
}
