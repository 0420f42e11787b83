import Text

/// Builds the tree of one document, or of all, from their events.
struct Composer {
    private(set) var problems: [YAMLProblem] = []
    private let reader: EventReader
    private var anchors: [String: YAMLNode?] = [:]
    private var hasAliases = false

    /// Beyond this many problems none is of use; the caller shows fewer.
    private static let maximumProblems = 1_000

    init(reader: EventReader) {
        self.reader = reader
    }

    /// The values of all documents up to a problem that stopped the reading; or that of the only one, which there may be,
    /// where nothing did.
    mutating func compose(onlyOne: Bool) -> [YAMLNode] {
        var roots: [YAMLNode] = []
        do throws(YAMLProblem) {
            while let start = try reader.nextDocument() {
                if onlyOne && !roots.isEmpty {
                    report(
                        .severalDocuments, "a second document starts here, and one file holds one document; remove it",
                        start)
                    break
                }
                // An anchor names a value of its own document alone.
                anchors = [:]
                roots.append(try composeNode(try reader.value(of: start)))
            }
        } catch {
            problems.append(error)
            if onlyOne { return [] }
        }
        return roots
    }

    private mutating func report(_ code: YAMLProblem.Code, _ message: String, _ event: EventReader.Event) {
        if problems.count < Self.maximumProblems { problems.append(reader.problem(code, message, event)) }
    }

    private mutating func composeNode(_ event: EventReader.Event) throws(YAMLProblem) -> YAMLNode {
        if case .alias(let anchor) = event.kind { return try resolve(anchor, event) }
        let mark = reader.mark(of: event)
        // A node that is still open is known by nil, so that an alias to it is seen as a cycle.
        if let anchor = event.anchor { anchors[anchor] = .some(nil) }
        try reader.count(1, hasAliases: hasAliases, event)
        let content: YAMLNode.Content
        switch event.kind {
        case .scalar(let text, let isOpen):
            if !isOpen { checkTag(of: event, allowed: "str") }
            let kind = isOpen ? YAMLScalar.Kind(plain: text) : .text
            content = .scalar(YAMLScalar(text: text, isPlain: isOpen, kind: kind))
        case .sequenceStart:
            checkTag(of: event, allowed: "seq")
            content = .sequence(try reader.descend(event) { () throws(YAMLProblem) in try composeSequence() })
        case .mappingStart:
            checkTag(of: event, allowed: "map")
            content = .mapping(try reader.descend(event) { () throws(YAMLProblem) in try composeMapping(event) })
        default:
            throw reader.problem(.syntax, "expected a value", event)
        }
        let node = YAMLNode(content: content, mark: mark)
        if let anchor = event.anchor { anchors[anchor] = .some(node) }
        return node
    }

    private mutating func resolve(_ anchor: String, _ event: EventReader.Event) throws(YAMLProblem) -> YAMLNode {
        guard let known = anchors[anchor] else { throw reader.unknownAlias(anchor, event) }
        guard let node = known else {
            let shown = Printable.line(anchor, limit: 60)
            throw reader.problem(
                .unknownAlias, "the alias *\(shown) stands inside the value it names; remove it", event)
        }
        hasAliases = true
        // Counted anew each time, which takes no longer than the limit allows: all that is counted adds up against it.
        try reader.count(node.size, hasAliases: true, event)
        return YAMLNode(content: node.content, mark: reader.mark(of: event))
    }

    private mutating func composeSequence() throws(YAMLProblem) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        while true {
            let event = try reader.next()
            if case .sequenceEnd = event.kind { return elements }
            elements.append(try composeNode(event))
        }
    }

    private mutating func composeMapping(_ start: EventReader.Event) throws(YAMLProblem) -> [YAMLEntry] {
        var builder = MappingBuilder()
        while true {
            let event = try reader.next()
            if case .mappingEnd = event.kind { return builder.entries }
            if case .mappingStart = event.kind, event.offset == start.offset + 1 {
                throw reader.problem(.template, YAMLProblem.template, start)
            }
            let key = try composeNode(event)
            guard case .scalar(let scalar) = key.content else {
                report(.complexKey, "a key must be text, not a list or a mapping", event)
                _ = try composeNode(try reader.next())
                continue
            }
            let value = try composeNode(try reader.next())
            // libyaml holds the keys that are written plainly to this already; an alias may bring a megabyte each time.
            let (count, maximum) = (scalar.text.utf8.count, reader.limits.keyBytes)
            guard count <= maximum else {
                report(.keyTooLong, "a key has at most \(maximum) bytes, this one has \(count)", event)
                continue
            }
            // Only the plain `<<` merges; a quoted one is a key like any other (yaml.org/type/merge.html).
            if scalar.isPlain && scalar.text.isExactly("<<") {
                try merge(value, into: &builder, event)
            } else if let first = builder.add(scalar.text, keyMark: key.mark, value: value) {
                let key = Printable.line(scalar.text, limit: 60)
                report(
                    .duplicateKey, "duplicate key '\(key)', which line \(first.line) has already; remove one of them",
                    event)
            }
        }
    }

    private mutating func merge(
        _ value: YAMLNode, into builder: inout MappingBuilder, _ event: EventReader.Event
    ) throws(YAMLProblem) {
        let sources: [YAMLNode]
        if case .sequence(let elements) = value.content { sources = elements } else { sources = [value] }
        for source in sources {
            guard case .mapping(let entries) = source.content else {
                report(.badMerge, "the merge key << takes a mapping or a list of mappings", event)
                return
            }
            builder.merge(entries)
        }
    }

    private mutating func checkTag(of event: EventReader.Event, allowed: String) {
        guard let tag = event.tag, tag != "!", tag != "tag:yaml.org,2002:\(allowed)" else { return }
        report(.unsupportedTag, "the tag '\(Printable.line(tag, limit: 60))' means nothing here; remove it", event)
    }
}
