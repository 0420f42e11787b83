import JSON
import ManifestTree
import Text
import YAML

/// Why a field is not changed, and where in its file.
struct FieldProblem: Error, CustomStringConvertible {
    /// The line and column, and what is wrong there.
    let description: String

    init(_ mark: YAMLMark, _ message: String) { description = "\(mark.line):\(mark.column): \(message)" }
    init(_ problem: YAMLProblem) { self.init(problem.mark, problem.message) }
    init(_ refusal: YAMLEditor.Refusal) { self.init(refusal.mark, refusal.message) }
}

/// Changes fields in one document of a text.
struct FieldEdits {
    private(set) var editor: YAMLEditor
    let document: Int
    /// Whether what is not there is added.
    let isAdding: Bool
    private let seal: SOPSSeal?

    /// The document of these bytes that `KIND/NAME` names, which may be left out where there is one alone.
    init(_ bytes: [UInt8], document name: String?, isAdding: Bool) throws(FieldProblem) {
        do throws(YAMLProblem) {
            editor = try YAMLEditor(bytes, limits: .manifest)
        } catch {
            throw FieldProblem(error)
        }
        self.isAdding = isAdding
        seal = SOPSSeal(editor.documents)
        document = try Self.find(name, in: editor)
    }

    /// The value of the whole document.
    var root: YAMLSyntax { editor.documents[document] }

    /// Makes the change that an expression asks for.
    mutating func apply(_ expression: FieldExpression, isAdding: Bool? = nil) throws(FieldProblem) {
        let isAdding = isAdding ?? self.isAdding
        var steps: [YAMLEditor.Step] = []
        var value = root
        for (position, segment) in expression.path.enumerated() {
            let rest = expression.path[position...]
            // The editor says what is wrong with a way through an alias.
            if case .alias = value.content { return try change(value, at: steps + [.index(0)], .remove) }
            guard let next = try step(segment, into: value, at: expression.path[..<position]) else {
                guard isAdding else { throw missing(rest, in: value) }
                return try add(rest, expression.value, to: value, at: steps)
            }
            steps.append(next)
            switch next {
            case .key(let key): value = value[key] ?? value
            case .index(let index): value = value.children?[index] ?? value
            }
        }
        try change(value, at: steps, .set(try leaf(expression.value, over: value)))
    }

    /// Makes one change of a value that was found, unless SOPS would find the file broken by it.
    mutating func change(
        _ value: YAMLSyntax, at steps: [YAMLEditor.Step], _ change: YAMLEditor.Change
    ) throws(FieldProblem) {
        if let seal {
            var isAllowed = steps.first != .key("sops") && seal.allows(changing: value)
            if case .set = change {} else { isAllowed = false }
            guard isAllowed else {
                throw FieldProblem(
                    editor.mark(of: value),
                    "SOPS has encrypted this file, and takes it for broken after such a change; "
                        + "change it with 'sops edit', or encrypt with mac_only_encrypted and change plain values alone"
                )
            }
        }
        do throws(YAMLEditor.Refusal) {
            try editor.apply(change, at: steps, in: document)
        } catch {
            throw FieldProblem(error)
        }
    }

    // MARK: Finding

    /// Where a segment leads; nil where nothing is there.
    private func step(
        _ segment: FieldExpression.Segment, into value: YAMLSyntax, at path: ArraySlice<FieldExpression.Segment>
    ) throws(FieldProblem) -> YAMLEditor.Step? {
        let mark = editor.mark(of: value)
        switch (value.content, segment) {
        case (.scalar(_, .null), _): return nil
        case (.mapping(let entries), _) where entries.isEmpty: return nil
        case (.sequence(let elements), _) where elements.isEmpty: return nil
        case (.mapping, .key(let key)): return value[key] == nil ? nil : .key(key)
        case (.sequence(let elements), .index(let index)):
            guard elements.indices.contains(index) else {
                throw FieldProblem(mark, "the list at \(FieldExpression.shown(path)) has no element \(index)")
            }
            return .index(index)
        case (.sequence(let elements), .member(let name, let text)):
            let found = self.elements(of: elements, whose: name, is: text)
            guard found.count < 2 else {
                throw FieldProblem(
                    editor.mark(of: elements[found[1]]),
                    "two elements match [\(name)=\(Printable.line(text))]; name one by "
                        + "its position")
            }
            return found.first.map { .index($0) }
        case (.sequence, .key(let key)):
            throw FieldProblem(mark, "a list stands in the way of \(Quoted(key)); name an element, as [0] or [name=…]")
        case (.mapping, _):
            throw FieldProblem(mark, "a mapping stands here and not a list; name a key")
        case (.scalar, _), (.alias, _):
            throw FieldProblem(mark, "a scalar stands in the way at \(FieldExpression.shown(path))")
        }
    }

    /// The positions of the elements whose member of that name has that text, be it by an alias.
    func elements(of list: [YAMLSyntax], whose name: String, is text: String) -> [Int] {
        var anchored: [String: [YAMLSyntax]]?
        func target(_ value: YAMLSyntax) -> YAMLSyntax {
            guard case .alias(let anchor, let definition) = value.content else { return value }
            let known = anchored ?? root.anchored
            anchored = known
            return known[anchor]?.dropFirst(definition - 1).first ?? value
        }
        return list.indices.filter { position in
            target(list[position])[name].map { target($0).text?.isExactly(text) == true } ?? false
        }
    }

    private func leaf(_ value: FieldExpression.Value, over old: YAMLSyntax) throws(FieldProblem) -> YAMLSyntax {
        guard case .text(let text) = value else { return YAMLSyntax(value.new) }
        if old.children?.isEmpty == false {
            throw FieldProblem(
                editor.mark(of: old),
                "a mapping or a list stands here; write := and JSON to put something else in its place")
        }
        let typed = YAMLSyntax(plain: text)
        switch (old.content, typed.content) {
        case (.scalar(_, .integer), .scalar(_, .integer)), (.scalar(_, .boolean), .scalar(_, .boolean)): return typed
        default: return YAMLSyntax(text)
        }
    }

    // MARK: Adding

    private mutating func add(
        _ path: ArraySlice<FieldExpression.Segment>, _ leaf: FieldExpression.Value, to value: YAMLSyntax,
        at steps: [YAMLEditor.Step]
    ) throws(FieldProblem) {
        guard let added = Self.json(path, leaf) else {
            throw FieldProblem(
                editor.mark(of: value), "no element of \(FieldExpression.shown(path)) is there to be changed")
        }
        switch (value.children?.isEmpty, path.first) {
        case (false, .key(let key)?):
            try change(value, at: steps, .add(key: key, YAMLSyntax(added[key] ?? .null)))
        case (false, _): try change(value, at: steps, .append(YAMLSyntax(added.array?.first ?? .null)))
        default: try change(value, at: steps, .set(YAMLSyntax(added)))
        }
    }

    /// What stands at the beginning of a path of which nothing is there yet; nil where a position is asked for.
    private static func json(_ path: ArraySlice<FieldExpression.Segment>, _ leaf: FieldExpression.Value) -> JSONValue? {
        switch path.first {
        case nil: return leaf.new
        case .index: return nil
        case .key(let key): return json(path.dropFirst(), leaf).map { [key: $0] }
        case .member(let name, let text):
            guard let object = json(path.dropFirst(), leaf)?.object else { return nil }
            let others = object.members.filter { !$0.name.isExactly(name) }
            return [.object(JSONObject([JSONObject.Member(name: name, value: .string(text))] + others))]
        }
    }

    private func missing(_ path: ArraySlice<FieldExpression.Segment>, in value: YAMLSyntax) -> FieldProblem {
        let advice = Self.json(path, .text("")) == nil ? "" : "; \(Parameter.add.flag) adds it"
        guard case .key(let key)? = path.first else {
            return FieldProblem(editor.mark(of: value), "no element \(FieldExpression.shown(path.prefix(1)))\(advice)")
        }
        var keys: [String] = []
        if case .mapping(let entries) = value.content { keys = entries.compactMap(\.key.text) }
        let nearest = Spelling.nearest(to: key, in: keys).map { "; did you mean \(Quoted($0))?" }
        return FieldProblem(editor.mark(of: value), "no key \(Quoted(key)) here\(nearest ?? advice)")
    }

    // MARK: Documents

    private static func find(_ name: String?, in editor: YAMLEditor) throws(FieldProblem) -> Int {
        let filled = editor.documents.indices.filter { editor.documents[$0].children?.isEmpty == false }
        func label(_ index: Int) -> String {
            let document = editor.documents[index]
            return "\(document["kind"]?.text ?? "?")/\(document["metadata"]?["name"]?.text ?? "?")"
        }
        let named = name.map { name in filled.filter { label($0).lowercased() == name.lowercased() } } ?? filled
        if named.count == 1 { return named[0] }
        if name == nil, filled.isEmpty, editor.documents.count == 1 { return 0 }
        let labels =
            filled.prefix(20).map { Printable.line(label($0)) }.joined(separator: ", ")
            + (filled.count > 20 ? ", …" : "")
        let start = YAMLMark(line: 1, column: 1)
        guard let name else {
            let problem = filled.isEmpty ? "the file holds nothing" : "the file holds several documents (\(labels))"
            throw FieldProblem(start, "\(problem)\(filled.isEmpty ? "" : "; name one by \(Parameter.document.usage)")")
        }
        throw FieldProblem(
            start,
            "\(named.isEmpty ? "no document is" : "several documents are") \(Quoted(name)); the file holds \(labels)")
    }
}

extension YAMLLimits {
    /// What a manifest, which may hold dashboards and schemas, may ask of its reader.
    static let manifest = YAMLLimits(bytes: 16 << 20, keyBytes: 1 << 10, depth: 100, nodes: 1_000_000)
}
