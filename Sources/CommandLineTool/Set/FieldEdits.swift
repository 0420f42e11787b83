import JSON
import ManifestTree
import Objects
import Text
import YAML

/// Why a field is not changed, and where in its file.
typealias FieldProblem = YAMLEditor.Refusal

/// Changes fields in one document of a text.
struct FieldEdits {
    private(set) var editor: YAMLEditor
    private let document: Int
    private let seal: SOPSSeal?

    /// The document of these bytes that `KIND/NAME` names, which may be left out where there is one alone.
    init(_ bytes: [UInt8], document name: String? = nil) throws(FieldProblem) {
        do throws(YAMLProblem) {
            editor = try YAMLEditor(bytes, limits: .manifest)
        } catch {
            throw FieldProblem(error.mark, error.message)
        }
        seal = SOPSSeal(editor.documents)
        document = try Self.find(name, in: editor.documents)
    }

    /// The value of the whole document.
    var root: YAMLSyntax { editor.documents[document] }

    /// Makes the change that an expression asks for; what is not there is perhaps added.
    mutating func apply(_ expression: FieldExpression, isAdding: Bool) throws(FieldProblem) {
        let (steps, value, rest) = try walk(expression.path)
        if rest.isEmpty {
            try change(value, at: steps, try leaf(expression, over: value))
        } else if case .alias = value.content {
            // The editor says what is wrong with a way through an alias.
            try change(value, at: steps + [.index(0)], .remove)
        } else if !isAdding {
            throw missing(rest, in: value)
        } else if let added = Self.json(rest, expression.value) {
            switch (value.children?.isEmpty, added) {
            case (false, .object(let object)):
                for member in object.members {
                    try change(value, at: steps, .add(key: member.name, member.value))
                }
            case (false, .array(let elements)):
                for element in elements { try change(value, at: steps, .append(element)) }
            default: try change(value, at: steps, .set(added))
            }
        } else {
            throw editor.refusal(value, "no element of \(FieldExpression.shown(rest)) is there to be changed")
        }
    }

    /// Takes a value out of its mapping, and returns its text; nil where it is not there.
    mutating func remove(_ path: [FieldExpression.Segment]) throws(FieldProblem) -> String? {
        let (steps, value, rest) = try walk(path)
        guard rest.isEmpty else { return nil }
        try change(value, at: steps, .remove)
        return value.text ?? ""
    }

    /// Makes one change of a value that was found, unless SOPS would find the file broken by it.
    private mutating func change(
        _ value: YAMLSyntax, at steps: [YAMLEditor.Step], _ change: YAMLEditor.Change
    ) throws(FieldProblem) {
        if let seal {
            let isSet =
                switch change {
                case .set, .setPlain: true
                case .add, .append, .remove: false
                }
            guard isSet, steps.first != .key("sops"), seal.allows(changing: value) else {
                throw editor.refusal(
                    value,
                    "SOPS has encrypted this file, and takes it for broken after such a change; change it with 'sops edit', "
                        + "or encrypt with mac_only_encrypted and change plain values alone")
            }
        }
        try editor.apply(change, at: steps, in: document)
    }

    /// How far a path leads: the steps to the last value that is there, the value, and what of the path is left.
    private func walk(
        _ path: [FieldExpression.Segment]
    ) throws(FieldProblem) -> ([YAMLEditor.Step], YAMLSyntax, ArraySlice<FieldExpression.Segment>) {
        var (steps, value, rest) = ([YAMLEditor.Step](), root, path[...])
        while let segment = rest.first, let (step, next) = try step(segment, into: value) {
            steps.append(step)
            value = next
            rest.removeFirst()
        }
        return (steps, value, rest)
    }

    /// Where a segment leads; nil where nothing is there, or an alias.
    private func step(
        _ segment: FieldExpression.Segment, into value: YAMLSyntax
    ) throws(FieldProblem) -> (YAMLEditor.Step, YAMLSyntax)? {
        switch (value.content, segment) {
        case (.alias, _), (.scalar(_, .null), _): return nil
        case _ where value.children?.isEmpty == true: return nil
        case (.mapping, .key(let key)): return value[key].map { (.key(key), $0) }
        case (.sequence(let elements), .index(let index)):
            guard index < elements.count else { throw editor.refusal(value, "this list has no element \(index)") }
            return (.index(index), elements[index])
        case (.sequence(let elements), .member(let name, let text)):
            let found = self.elements(of: elements, whose: name, is: text)
            guard found.count < 2 else {
                throw editor.refusal(
                    elements[found[1]], "two elements match [\(name)=\(Printable.line(text))]; name one by its position"
                )
            }
            return found.first.map { (.index($0), elements[$0]) }
        case (let content, _):
            let found =
                switch content {
                case .sequence: "a list"
                case .mapping: "a mapping"
                default: "a scalar"
                }
            throw editor.refusal(value, "\(found) stands in the way of \(FieldExpression.shown([segment]))")
        }
    }

    /// The positions of the elements whose member of that name has that text, be it by an alias.
    func elements(of list: [YAMLSyntax], whose name: String, is text: String) -> [Int] {
        lazy var anchored = root.anchored
        func target(_ value: YAMLSyntax?) -> YAMLSyntax? {
            guard case .alias(let anchor, let definition)? = value?.content else { return value }
            return anchored[anchor]?.dropFirst(definition - 1).first
        }
        return list.indices.filter { target(target(list[$0])?[name])?.text?.isExactly(text) == true }
    }

    private func leaf(_ expression: FieldExpression, over old: YAMLSyntax) throws(FieldProblem) -> YAMLEditor.Change {
        guard expression.isLoose, let text = expression.value.string else { return .set(expression.value) }
        if old.children?.isEmpty == false {
            throw editor.refusal(
                old, "a mapping or a list stands here; write := and JSON to put something else in its place")
        }
        // What begins with a zero is octal to many readers: a number in the place of another such one, else digits of a name.
        func isOctal(_ text: String?) -> Bool { text.map { $0.utf8.count > 1 && $0.hasPrefix("0") } ?? false }
        let isWhole = !isOctal(text) || isOctal(old.text)
        switch (old.content, YAMLSyntax(plain: text).content) {
        case (.scalar(_, .integer), .scalar(_, .integer)) where isWhole, (.scalar(_, .boolean), .scalar(_, .boolean)):
            return .setPlain(text)
        default: return .set(.string(text))
        }
    }

    /// What stands at the beginning of a path of which nothing is there yet; nil where a position is asked for.
    private static func json(_ path: ArraySlice<FieldExpression.Segment>, _ leaf: JSONValue) -> JSONValue? {
        switch path.first {
        case nil: return leaf
        case .index: return nil
        case .key(let key): return json(path.dropFirst(), leaf).map { [key: $0] }
        case .member(let name, let text):
            guard let object = json(path.dropFirst(), leaf)?.object else { return nil }
            let others = object.members.filter { !$0.name.isExactly(name) }
            return [.object(JSONObject([JSONObject.Member(name: name, value: .string(text))] + others))]
        }
    }

    private func missing(_ path: ArraySlice<FieldExpression.Segment>, in value: YAMLSyntax) -> FieldProblem {
        let advice = Self.json(path, "") == nil ? "" : "; \(Parameter.add.flag) adds it"
        guard case .key(let key)? = path.first else {
            return editor.refusal(value, "no element \(FieldExpression.shown(path.prefix(1)))\(advice)")
        }
        var keys: [String] = []
        if case .mapping(let entries) = value.content { keys = entries.compactMap(\.key.text) }
        let nearest = Spelling.nearest(to: key, in: keys).map { "; did you mean \(Quoted($0))?" }
        return editor.refusal(value, "no key \(Quoted(key)) here\(nearest ?? advice)")
    }

    private static func find(_ name: String?, in documents: [YAMLSyntax]) throws(FieldProblem) -> Int {
        let filled = documents.indices.filter { documents[$0].children?.isEmpty == false }
        func label(_ index: Int) -> String {
            "\(documents[index]["kind"]?.text ?? "?")/\(documents[index]["metadata"]?["name"]?.text ?? "?")"
        }
        let named = name.map { name in filled.filter { label($0).lowercased() == name.lowercased() } } ?? filled
        if named.count == 1 { return named[0] }
        if name == nil, filled.isEmpty, documents.count == 1 { return 0 }
        let labels = filled.map { Printable.line(label($0)) }.listed
        let problem =
            if let name {
                "\(named.isEmpty ? "no document is" : "several documents are") \(Quoted(name)); the file holds \(labels)"
            } else if filled.isEmpty {
                "the file holds nothing"
            } else {
                "the file holds several documents (\(labels)); name one by \(Parameter.document.usage), or keep one that "
                    + "has no kind or no metadata.name in a file of its own"
            }
        throw FieldProblem(YAMLMark(line: 1, column: 1), problem)
    }
}

extension YAMLLimits {
    /// What a manifest, which may hold dashboards and schemas, may ask of its reader.
    static let manifest = YAMLLimits(bytes: 16 << 20, keyBytes: 1 << 10, depth: 100, nodes: 1_000_000)
}
