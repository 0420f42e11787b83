import Text

/// Builds the tree of one document from its events, within limits.
struct Composer {
    private(set) var problems: [YAMLProblem] = []
    private let reader: EventReader
    private let lines: LineTable
    private let limits: YAMLLimits
    private var anchors: [String: YAMLNode?] = [:]
    private var nodes = 0
    private var depth = 0
    private var hasAliases = false

    /// Beyond this many problems nobody reads on; the caller shows fewer.
    private static let maximumProblems = 1_000

    init(reader: EventReader, lines: LineTable, limits: YAMLLimits) {
        self.reader = reader
        self.lines = lines
        self.limits = limits
    }

    /// The document's value, or nil where there is none or a problem stopped the reading.
    mutating func composeDocument() -> YAMLNode? {
        do throws(YAMLProblem) {
            _ = try next()
            let start = try next()
            guard case .documentStart(let hasTagDirectives) = start.kind else { return nil }
            // A long prefix would be copied for each of thousands of tags.
            if hasTagDirectives { throw problem(.unsupportedTag, "%TAG means nothing here; remove it", start) }
            let root = try composeNode(try next())
            _ = try next()
            let after = try next()
            if case .documentStart = after.kind {
                report(
                    .severalDocuments, "a second document starts here, and one file holds one document; remove it",
                    after)
            }
            return root
        } catch {
            problems.append(error)
            return nil
        }
    }

    /// The values of all documents, up to a problem that stopped the reading.
    mutating func composeDocuments() -> [YAMLNode] {
        var roots: [YAMLNode] = []
        do throws(YAMLProblem) {
            while true {
                let event = try next()
                switch event.kind {
                case .streamEnd: return roots
                case .documentStart(let hasTagDirectives):
                    if hasTagDirectives { throw problem(.unsupportedTag, "%TAG means nothing here; remove it", event) }
                    // An anchor names a value of its own document alone.
                    anchors = [:]
                    roots.append(try composeNode(try next()))
                default: break
                }
            }
        } catch {
            problems.append(error)
            return roots
        }
    }

    private func next() throws(YAMLProblem) -> EventReader.Event {
        try reader.next(lines: lines)
    }

    private func problem(_ code: YAMLProblem.Code, _ message: String, _ event: EventReader.Event) -> YAMLProblem {
        YAMLProblem(code: code, message: message, mark: lines.mark(at: event.offset))
    }

    private mutating func report(_ code: YAMLProblem.Code, _ message: String, _ event: EventReader.Event) {
        if problems.count < Self.maximumProblems { problems.append(problem(code, message, event)) }
    }

    private mutating func count(_ size: Int, _ event: EventReader.Event) throws(YAMLProblem) {
        nodes += size
        guard nodes <= limits.nodes else {
            let advice = hasAliases ? " once every alias is written out; use fewer aliases" : "; use fewer"
            throw problem(.tooManyNodes, "more than \(limits.nodes) values\(advice)", event)
        }
    }

    private mutating func composeNode(_ event: EventReader.Event) throws(YAMLProblem) -> YAMLNode {
        let mark = lines.mark(at: event.offset)
        // A node that is still open is known by nil, so that an alias to it is seen as a cycle.
        if let anchor = event.anchor { anchors[anchor] = .some(nil) }
        let node: YAMLNode
        switch event.kind {
        case .alias(let anchor):
            return try resolve(anchor, event)
        case .scalar(let text, let isPlain):
            try count(1, event)
            node = YAMLNode(content: .scalar(scalar(text, isPlain: isPlain, event)), mark: mark)
        case .sequenceStart:
            try count(1, event)
            checkTag(of: event, allowed: "seq")
            try descend(event)
            node = try composeSequence(mark)
            depth -= 1
        case .mappingStart:
            try count(1, event)
            checkTag(of: event, allowed: "map")
            try descend(event)
            node = try composeMapping(mark, offset: event.offset)
            depth -= 1
        default:
            throw problem(.syntax, "expected a value", event)
        }
        if let anchor = event.anchor { anchors[anchor] = .some(node) }
        return node
    }

    private mutating func descend(_ event: EventReader.Event) throws(YAMLProblem) {
        depth += 1
        guard depth <= limits.depth else {
            throw problem(.tooDeep, "nested deeper than \(limits.depth) levels; flatten it", event)
        }
    }

    private mutating func resolve(_ anchor: String, _ event: EventReader.Event) throws(YAMLProblem) -> YAMLNode {
        let shown = Printable.line(anchor, limit: 60)
        guard let known = anchors[anchor] else {
            throw problem(.unknownAlias, "no anchor &\(shown) stands before this alias; define it first", event)
        }
        guard let node = known else {
            throw problem(.unknownAlias, "the alias *\(shown) stands inside the value it names; remove it", event)
        }
        hasAliases = true
        // Counted anew each time, which takes no longer than the limit allows: all that is counted adds up against it.
        try count(node.size, event)
        return YAMLNode(content: node.content, mark: lines.mark(at: event.offset))
    }

    private mutating func composeSequence(_ mark: YAMLMark) throws(YAMLProblem) -> YAMLNode {
        var elements: [YAMLNode] = []
        while true {
            let event = try next()
            if case .sequenceEnd = event.kind {
                return YAMLNode(content: .sequence(elements), mark: mark)
            }
            elements.append(try composeNode(event))
        }
    }

    private mutating func composeMapping(_ mark: YAMLMark, offset: Int) throws(YAMLProblem) -> YAMLNode {
        var builder = MappingBuilder()
        while true {
            let event = try next()
            if case .mappingEnd = event.kind { break }
            if case .mappingStart = event.kind, event.offset == offset + 1 {
                throw YAMLProblem(code: .template, message: YAMLProblem.template, mark: mark)
            }
            let key = try composeNode(event)
            guard case .scalar(let scalar) = key.content else {
                report(.complexKey, "a key must be text, not a list or a mapping", event)
                _ = try composeNode(try next())
                continue
            }
            let value = try composeNode(try next())
            // libyaml holds the keys that are written plainly to this already; an alias may bring a megabyte each time.
            guard scalar.text.utf8.count <= limits.keyBytes else {
                let count = scalar.text.utf8.count
                report(.keyTooLong, "a key has at most \(limits.keyBytes) bytes, this one has \(count)", event)
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
        return YAMLNode(content: .mapping(builder.entries), mark: mark)
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

    private mutating func scalar(_ text: String, isPlain: Bool, _ event: EventReader.Event) -> YAMLScalar {
        guard let tag = event.tag, tag != "!" else {
            let isPlain = isPlain && event.tag == nil
            return YAMLScalar(text: text, isPlain: isPlain, kind: isPlain ? YAMLScalar.Kind(plain: text) : .text)
        }
        switch tag {
        case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null":
            return YAMLScalar(text: text, isPlain: true, kind: YAMLScalar.Kind(plain: text))
        default:
            checkTag(of: event, allowed: "str")
            return YAMLScalar(text: text, isPlain: false, kind: .text)
        }
    }

    private mutating func checkTag(of event: EventReader.Event, allowed: String) {
        guard let tag = event.tag, tag != "!", tag != "tag:yaml.org,2002:\(allowed)" else { return }
        report(.unsupportedTag, "the tag '\(Printable.line(tag, limit: 60))' means nothing here; remove it", event)
    }
}
