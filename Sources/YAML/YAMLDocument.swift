/// The one document of a YAML text, read with everything that is wrong with it.
///
/// Reading never fails as a whole: what cannot be read is a problem, and whatever could be read is there.
public struct YAMLDocument: Sendable {
    /// The document's value; nil where the text is empty or could not be read to its end.
    public let root: YAMLNode?
    /// What is wrong, in the order in which it was found.
    public let problems: [YAMLProblem]

    /// Reads a UTF-8 text, with or without a byte order mark, whatever its bytes.
    public init(parsing bytes: [UInt8], limits: YAMLLimits = .standard) {
        do throws(YAMLProblem) {
            self = try Self.read(bytes, limits: limits) { reader in
                var composer = Composer(reader: reader)
                let root = composer.compose(onlyOne: true).first
                return YAMLDocument(root: root, problems: composer.problems)
            }
        } catch {
            self.init(root: nil, problems: [error])
        }
    }

    /// The values of all documents of a text, each at its position among them; throws the first thing that keeps one from
    /// being understood.
    ///
    /// Tags and keys that are no text mean nothing here and are none of that: they are good YAML.
    public static func positioned(
        in bytes: [UInt8], limits: YAMLLimits
    ) throws(YAMLProblem) -> [(position: Int, root: YAMLNode)] {
        try roots(in: bytes, limits) { $0.code != .unsupportedTag && $0.code != .complexKey }.enumerated()
            .map { (position: $0, root: $1) }
    }

    /// The values of all documents of a text, the empty ones left out; throws the first thing that is wrong with any of them.
    public static func all(in bytes: [UInt8], limits: YAMLLimits = .standard) throws(YAMLProblem) -> [YAMLNode] {
        try roots(in: bytes, limits) { _ in true }.filter { root in
            if case .scalar(let scalar) = root.content { scalar.kind != .null } else { true }
        }
    }

    private static func roots(
        in bytes: [UInt8], _ limits: YAMLLimits, _ isFatal: (YAMLProblem) -> Bool
    ) throws(YAMLProblem) -> [YAMLNode] {
        try read(bytes, limits: limits) { reader throws(YAMLProblem) in
            var composer = Composer(reader: reader)
            let roots = composer.compose(onlyOne: false)
            if let problem = composer.problems.first(where: isFatal) { throw problem }
            return roots
        }
    }

    /// Hands the events of a text to whatever makes something of them.
    static func read<Result>(
        _ bytes: [UInt8], limits: YAMLLimits, _ body: (EventReader) throws(YAMLProblem) -> Result
    ) throws(YAMLProblem) -> Result {
        let start = YAMLMark(line: 1, column: 1)
        guard bytes.count <= limits.bytes else {
            let message = "the text has \(bytes.count) bytes, and at most \(limits.bytes) are read; shorten it"
            throw YAMLProblem(code: .tooLarge, message: message, mark: start)
        }
        if let problem = encodingProblem(of: bytes) { throw problem }
        let text = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(byteOrderMark.count) : bytes[...]
        let lines = LineTable(text)
        if let problem = directiveProblem(of: text, lines) { throw problem }
        return try text.withUnsafeBufferPointer { input throws(YAMLProblem) in
            guard let reader = EventReader(input, lines: lines, limits: limits) else {
                throw YAMLProblem(code: .syntax, message: "not enough memory to read this", mark: start)
            }
            return try body(reader)
        }
    }

    private init(root: YAMLNode?, problems: [YAMLProblem]) {
        self.root = root
        self.problems = problems
    }

    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static func encodingProblem(of bytes: [UInt8]) -> YAMLProblem? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
                let message = "the text is UTF-16; save it as UTF-8"
                return YAMLProblem(code: .notUTF8, message: message, mark: YAMLMark(line: 1, column: 1))
            }
            let start = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
            let mark = LineTable(bytes[start..<error.byteOffsets.lowerBound]).mark(at: Int.max)
            return YAMLProblem(code: .notUTF8, message: "this byte is not UTF-8; save the text as UTF-8", mark: mark)
        }
    }

    /// libyaml compares each `%TAG` with all those before it, long before it reports the first.
    private static func directiveProblem(of text: ArraySlice<UInt8>, _ lines: LineTable) -> YAMLProblem? {
        // The last bytes of all that libyaml takes for a line break: LF, CR, U+0085, U+2028 and U+2029.
        let breaks: [UInt8] = [0x0A, 0x0D, 0x85, 0xA8, 0xA9]
        var count = 0
        for index in text.indices where text[index] == UInt8(ascii: "%") {
            guard text[index...].starts(with: "%TAG".utf8) else { continue }
            guard index == text.startIndex || breaks.contains(text[index - 1]) else { continue }
            count += 1
            guard count > maximumTagDirectives else { continue }
            return YAMLProblem(
                code: .unsupportedTag, message: "%TAG means nothing here; remove it",
                mark: lines.mark(at: text[..<index].count { $0 & 0xC0 != 0x80 }))
        }
        return nil
    }

    private static let maximumTagDirectives = 100
}
