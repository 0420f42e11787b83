internal import CYAML
public import JSON

extension JSONValue {
    /// The value as a YAML document with sorted keys, texts that other readers could take for something else quoted.
    ///
    /// Throws where libyaml refuses a part of it, which is only when memory is short: part of a document is none.
    public var yaml: String {
        get throws(YAMLWritingError) { try YAMLEmitter().emit(self) }
    }
}

/// A value that could not be written as YAML.
public struct YAMLWritingError: Error, Equatable, CustomStringConvertible {
    /// What libyaml says of it.
    public let description: String
}

/// Writes one value through libyaml's emitter, which it owns together with what was written so far.
private final class YAMLEmitter {
    private let emitter: UnsafeMutablePointer<yaml_emitter_t>
    private var output: [UInt8] = []

    init() {
        emitter = .allocate(capacity: 1)
    }

    deinit {
        emitter.deallocate()
    }

    func emit(_ value: JSONValue) throws(YAMLWritingError) -> String {
        guard yaml_emitter_initialize(emitter) == 1 else { throw Self.shortOfMemory }
        defer { yaml_emitter_delete(emitter) }
        yaml_emitter_set_unicode(emitter, 1)
        // No folding: a long text stays on its line.
        yaml_emitter_set_width(emitter, -1)
        let context = Unmanaged.passUnretained(self).toOpaque()
        yaml_emitter_set_output(
            emitter,
            { context, bytes, count in
                guard let context, let bytes else { return 0 }
                let emitter = Unmanaged<YAMLEmitter>.fromOpaque(context).takeUnretainedValue()
                emitter.output += UnsafeBufferPointer(start: bytes, count: count)
                return 1
            }, context)
        try send { yaml_stream_start_event_initialize(&$0, YAML_UTF8_ENCODING) }
        try send { yaml_document_start_event_initialize(&$0, nil, nil, nil, 1) }
        try write(value)
        try send { yaml_document_end_event_initialize(&$0, 1) }
        try send { yaml_stream_end_event_initialize(&$0) }
        return String(decoding: output, as: UTF8.self)
    }

    private static let shortOfMemory = YAMLWritingError(description: "not enough memory to write this as YAML")

    private func send(_ initialize: (inout yaml_event_t) -> Int32) throws(YAMLWritingError) {
        var event = yaml_event_t()
        guard initialize(&event) == 1 else { throw Self.shortOfMemory }
        guard yaml_emitter_emit(emitter, &event) == 1 else {
            let reason = emitter.pointee.problem.map { ": \(String(cString: $0))" } ?? ""
            throw YAMLWritingError(description: "this cannot be written as YAML\(reason)")
        }
    }

    private func write(_ value: JSONValue) throws(YAMLWritingError) {
        switch value {
        case .null: try write(scalar: "null", style: YAML_PLAIN_SCALAR_STYLE)
        case .bool(let value): try write(scalar: value ? "true" : "false", style: YAML_PLAIN_SCALAR_STYLE)
        case .number(let number): try write(scalar: number.text, style: YAML_PLAIN_SCALAR_STYLE)
        case .string(let text): try write(scalar: text, style: style(of: text))
        case .array(let elements):
            try send { yaml_sequence_start_event_initialize(&$0, nil, nil, 1, YAML_BLOCK_SEQUENCE_STYLE) }
            for element in elements { try write(element) }
            try send { yaml_sequence_end_event_initialize(&$0) }
        case .object(let object):
            try send { yaml_mapping_start_event_initialize(&$0, nil, nil, 1, YAML_BLOCK_MAPPING_STYLE) }
            for member in object.sortedMembers {
                try write(scalar: member.name, style: style(of: member.name))
                try write(member.value)
            }
            try send { yaml_mapping_end_event_initialize(&$0) }
        }
    }

    private func style(of text: String) -> yaml_scalar_style_t {
        var text = text
        let breaks = text.withUTF8 { LineBreaks(in: $0) }
        // A reader turns every line break in a block into LF, so other breaks have to be escaped.
        if breaks.hasOthers { return YAML_DOUBLE_QUOTED_SCALAR_STYLE }
        if breaks.hasLineFeed { return YAML_LITERAL_SCALAR_STYLE }
        return YAMLScalar.Kind.isAmbiguous(plain: text) ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_PLAIN_SCALAR_STYLE
    }

    private func write(scalar text: String, style: yaml_scalar_style_t) throws(YAMLWritingError) {
        var text = text
        try send { event in
            text.withUTF8 {
                yaml_scalar_event_initialize(&event, nil, nil, $0.baseAddress, Int32($0.count), 1, 1, style)
            }
        }
    }
}

/// Which of YAML's line breaks a text has (YAML 1.1, chapter 5.4).
private struct LineBreaks {
    private(set) var hasLineFeed = false
    /// CR, or U+0085, U+2028 or U+2029.
    private(set) var hasOthers = false

    /// Looks once at each byte: a payload may have a megabyte of them.
    init(in bytes: UnsafeBufferPointer<UInt8>) {
        var before: UInt8 = 0
        var last: UInt8 = 0
        for byte in bytes {
            switch byte {
            case 0x0A: hasLineFeed = true
            case 0x0D: hasOthers = true
            case 0x85 where last == 0xC2, 0xA8 where before == 0xE2 && last == 0x80,
                0xA9 where before == 0xE2 && last == 0x80:
                hasOthers = true
            default: break
            }
            before = last
            last = byte
        }
    }
}
