import Text

/// Reads the documents of one text as they are written, with the bytes that each value takes.
struct SyntaxReader {
    private let reader: EventReader
    private let text: SourceText
    /// The byte at which each code point starts; nothing where both are the same.
    private var bytes: [UInt32] = []
    /// How often each anchor was defined so far.
    private var definitions: [String: Int] = [:]

    init(reader: EventReader, text: SourceText) {
        self.reader = reader
        self.text = text
        guard text.bytes.contains(where: { $0 >= 0x80 }) else { return }
        for (index, byte) in text.bytes.enumerated() where byte & 0xC0 != 0x80 { bytes.append(UInt32(index)) }
        bytes.append(UInt32(text.bytes.count))
    }

    /// All documents; throws where one cannot be read or has a key twice.
    mutating func documents() throws(YAMLProblem) -> [YAMLSyntax] {
        var documents: [YAMLSyntax] = []
        while let start = try reader.nextDocument() {
            // An anchor names a value of its own document alone.
            definitions = [:]
            documents.append(try node(try reader.value(of: start)))
        }
        return documents
    }

    private func byte(at offset: Int) -> Int {
        bytes.isEmpty ? offset : Int(bytes[min(offset, bytes.count - 1)])
    }

    private mutating func node(_ event: EventReader.Event) throws(YAMLProblem) -> YAMLSyntax {
        try reader.count(1, event)
        if let anchor = event.anchor { definitions[anchor, default: 0] += 1 }
        var node = YAMLSyntax(content: .sequence([]))
        node.anchor = event.anchor
        node.tag = event.tag
        node.style = event.style
        let begin = byte(at: event.offset)
        var end = byte(at: event.end)
        let isBare = event.anchor == nil && event.tag == nil
        node.start = isBare ? begin : min(text.behindTrivia(text.endOfProperties(begin)), end)
        switch event.kind {
        case .alias(let name):
            guard let count = definitions[name] else { throw reader.unknownAlias(name, event) }
            node.content = .alias(name, definition: count)
        case .scalar(let text, let isOpen):
            node.content = .scalar(text, isOpen ? YAMLScalar.Kind(plain: text) : .text)
            if event.style == .literal || event.style == .folded { end = self.text.endOfBlock(node.start..<end) }
        case .sequenceStart:
            node.content = .sequence(
                try reader.descend(event) { () throws(YAMLProblem) in try elements(event, end: &end) })
        case .mappingStart:
            node.content = .mapping(
                try reader.descend(event) { () throws(YAMLProblem) in try entries(event, end: &end) })
        default: throw reader.problem(.syntax, "expected a value", event)
        }
        node.range = begin..<max(begin, end)
        return node
    }

    private mutating func elements(
        _ start: EventReader.Event, end: inout Int
    ) throws(YAMLProblem) -> [YAMLSyntax] {
        var elements: [YAMLSyntax] = []
        while true {
            let event = try reader.next()
            if case .sequenceEnd = event.kind {
                end = start.style == .flow ? byte(at: event.end) : elements.last?.range.upperBound ?? end
                return elements
            }
            elements.append(try node(event))
        }
    }

    private mutating func entries(
        _ start: EventReader.Event, end: inout Int
    ) throws(YAMLProblem) -> [YAMLSyntax.Entry] {
        var entries: [YAMLSyntax.Entry] = []
        var keys: Set<ExactText> = []
        while true {
            let event = try reader.next()
            if case .mappingEnd = event.kind {
                end = start.style == .flow ? byte(at: event.end) : entries.last?.value.range.upperBound ?? end
                return entries
            }
            let key = try node(event)
            if key.children != nil {
                throw reader.problem(.complexKey, "a key must be text, not a list or a mapping", event)
            }
            let entry = YAMLSyntax.Entry(key: key, value: try node(try reader.next()))
            if let text = key.text, !entry.isMerge, !keys.insert(ExactText(text)).inserted {
                throw reader.problem(.duplicateKey, "duplicate key '\(Printable.line(text, limit: 60))'", event)
            }
            entries.append(entry)
        }
    }
}
