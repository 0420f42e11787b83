internal import CYAML
import Text

/// Reads the events of one text from libyaml, which points into its bytes, and counts them against the limits.
final class EventReader {
    /// A scalar, alias, or the start or end of a collection or document, with the offset of its first code point.
    struct Event {
        /// How a scalar or a collection is written.
        enum Style {
            case plain, singleQuoted, doubleQuoted, literal, folded
            case block, flow
        }

        enum Kind {
            case streamStart
            case streamEnd
            case documentStart(hasTagDirectives: Bool)
            case documentEnd
            case alias(anchor: String)
            /// `isOpen` where the text alone says what it is: without quotes and tag, or with the tag of another kind.
            case scalar(text: String, isOpen: Bool)
            case sequenceStart
            case sequenceEnd
            case mappingStart
            case mappingEnd
        }

        var kind: Kind
        var anchor: String?
        var tag: String?
        var offset: Int
        /// The offset behind the last code point; of a block, the breaks behind it are included.
        var end = 0
        var style = Style.plain
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeBufferPointer<UInt8>
    private let lines: LineTable
    let limits: YAMLLimits
    private var nodes = 0
    private var depth = 0

    /// A reader of these bytes, which must be UTF-8 without a byte order mark and outlive it; nil when memory is short.
    init?(_ input: UnsafeBufferPointer<UInt8>, lines: LineTable, limits: YAMLLimits) {
        parser = .allocate(capacity: 1)
        self.input = input
        self.lines = lines
        self.limits = limits
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            return nil
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event; after an error or the end of the stream it must not be called again.
    func next() throws(YAMLProblem) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        var read = content(of: event)
        read.end = Int(event.end_mark.index)
        return read
    }

    /// The start of the next document; nil where there is none.
    func nextDocument() throws(YAMLProblem) -> Event? {
        while true {
            let event = try next()
            switch event.kind {
            case .documentStart: return event
            case .streamEnd: return nil
            default: continue
            }
        }
    }

    /// The first event of the value of a document that starts there.
    func value(of start: Event) throws(YAMLProblem) -> Event {
        // A long prefix would be copied for each of thousands of tags.
        if case .documentStart(hasTagDirectives: true) = start.kind {
            throw problem(.unsupportedTag, "%TAG means nothing here; remove it", start)
        }
        return try next()
    }

    /// The place where an event begins.
    func mark(of event: Event) -> YAMLMark { lines.mark(at: event.offset) }

    /// A problem at the place of an event.
    func problem(_ code: YAMLProblem.Code, _ message: String, _ event: Event) -> YAMLProblem {
        YAMLProblem(code: code, message: message, mark: mark(of: event))
    }

    /// What is said of an alias of an anchor that is not known.
    func unknownAlias(_ anchor: String, _ event: Event) -> YAMLProblem {
        let shown = Printable.line(anchor, limit: 60)
        return problem(.unknownAlias, "no anchor &\(shown) stands before this alias; define it first", event)
    }

    /// Counts so many values against the limit.
    func count(_ size: Int, hasAliases: Bool = false, _ event: Event) throws(YAMLProblem) {
        nodes += size
        guard nodes <= limits.nodes else {
            let advice = hasAliases ? " once every alias is written out; use fewer aliases" : "; use fewer"
            throw problem(.tooManyNodes, "more than \(limits.nodes) values\(advice)", event)
        }
    }

    /// Goes on with what stands in a collection that starts there, to its end.
    func descend<Result>(_ event: Event, _ body: () throws(YAMLProblem) -> Result) throws(YAMLProblem) -> Result {
        depth += 1
        guard depth <= limits.depth else {
            throw problem(.tooDeep, "nested deeper than \(limits.depth) levels; flatten it", event)
        }
        defer { depth -= 1 }
        return try body()
    }

    private func content(of event: yaml_event_t) -> Event {
        let offset = Int(event.start_mark.index)
        switch event.type {
        case YAML_STREAM_START_EVENT: return Event(kind: .streamStart, offset: offset)
        case YAML_DOCUMENT_START_EVENT:
            let directives = event.data.document_start.tag_directives
            return Event(kind: .documentStart(hasTagDirectives: directives.start != directives.end), offset: offset)
        case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, offset: offset)
        case YAML_ALIAS_EVENT:
            return Event(kind: .alias(anchor: string(event.data.alias.anchor) ?? ""), offset: offset)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            // By length and not by terminator: a scalar may hold NUL.
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            let tag = string(scalar.tag)
            // The tag `!` says that a plain scalar is text; libyaml drops it and clears this flag.
            let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.plain_implicit == 1
            return Event(
                kind: .scalar(text: text, isOpen: tag.map(Self.openTags.contains) ?? isPlain),
                anchor: string(scalar.anchor), tag: tag, offset: offset, style: style(of: scalar.style))
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return Event(
                kind: .sequenceStart, anchor: string(start.anchor), tag: string(start.tag), offset: offset,
                style: start.style == YAML_FLOW_SEQUENCE_STYLE ? .flow : .block)
        case YAML_SEQUENCE_END_EVENT: return Event(kind: .sequenceEnd, offset: offset)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return Event(
                kind: .mappingStart, anchor: string(start.anchor), tag: string(start.tag), offset: offset,
                style: start.style == YAML_FLOW_MAPPING_STYLE ? .flow : .block)
        case YAML_MAPPING_END_EVENT: return Event(kind: .mappingEnd, offset: offset)
        default: return Event(kind: .streamEnd, offset: offset)
        }
    }

    private static let openTags = Set(["int", "float", "bool", "null"].map { "tag:yaml.org,2002:\($0)" })

    private func style(of style: yaml_scalar_style_t) -> Event.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }

    private func string(_ pointer: UnsafePointer<UInt8>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private func failure() -> YAMLProblem {
        let state = parser.pointee
        let reason = state.problem.map { String(cString: $0) } ?? "libyaml cannot read it"
        guard state.error != YAML_MEMORY_ERROR else {
            return YAMLProblem(code: .syntax, message: "not enough memory to read this", mark: lines.mark(at: 0))
        }
        guard state.error != YAML_READER_ERROR else {
            // The reader counts bytes, and stops at the one character that it refuses.
            let before = input[..<min(Int(state.problem_offset), input.count)].count { $0 & 0xC0 != 0x80 }
            let code = String(UInt32(bitPattern: state.problem_value), radix: 16, uppercase: true)
            return YAMLProblem(
                code: .syntax, message: "\(reason): U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)",
                mark: lines.mark(at: before))
        }
        return SyntaxMistake(
            reason: reason, context: state.context.map { String(cString: $0) }, offset: Int(state.problem_mark.index),
            contextOffset: Int(state.context_mark.index), input: input
        ).problem(lines)
    }
}
