public import JSON
import Text

/// Changes single values of a YAML or JSON text and leaves every other byte as it is.
///
/// After each change the text is read again. Where it does not say what it was to say, nothing else and nothing less, the
/// change is refused: no text is ever left that says something else.
public struct YAMLEditor: Sendable {
    /// One step on the way to a value.
    public enum Step: Sendable, Hashable {
        /// The value of that key.
        case key(String)
        /// The element at that position, the first one being 0.
        case index(Int)
    }

    /// What to do with the value that a path leads to.
    public enum Change: Sendable {
        /// Put another in its place.
        case set(JSONValue)
        /// Put a scalar in its place that is read as it is without quotes.
        case setPlain(String)
        /// Give its mapping that key at its end or, where it has it, that value.
        case add(key: String, JSONValue)
        /// Put an element at the end of its sequence.
        case append(JSONValue)
        /// Take it out of its mapping or sequence.
        case remove

        /// What takes the value's place.
        var replacement: YAMLSyntax? {
            switch self {
            case .set(let value): YAMLSyntax(value)
            case .setPlain(let text): YAMLSyntax(plain: text)
            case .add, .append, .remove: nil
            }
        }
    }

    /// Why a change is not made, and at which place.
    public struct Refusal: Error, CustomStringConvertible {
        /// What is in the way and what to do instead.
        public let message: String
        /// Where it is.
        public let mark: YAMLMark
        /// The place and the message, as `line:column: message`.
        public var description: String { "\(mark.line):\(mark.column): \(message)" }

        /// A refusal at a place.
        public init(_ mark: YAMLMark, _ message: String) {
            (self.mark, self.message) = (mark, message)
        }
    }

    /// The text as it is by now.
    public var bytes: [UInt8] { (hasMark ? YAMLDocument.byteOrderMark : []) + source.bytes }
    /// The values of its documents, in order.
    public private(set) var documents: [YAMLSyntax]

    let hasMark: Bool
    let limits: YAMLLimits
    private(set) var source: SourceText
    private(set) var isJSON: Bool

    /// Reads a text of one or several documents; throws what keeps it from being edited.
    public init(_ bytes: [UInt8], limits: YAMLLimits = .standard) throws(YAMLProblem) {
        hasMark = bytes.starts(with: YAMLDocument.byteOrderMark)
        source = SourceText(bytes: hasMark ? Array(bytes.dropFirst(3)) : bytes)
        isJSON = (try? JSONValue(parsing: bytes)) != nil
        self.limits = limits
        let text = source
        documents = try YAMLDocument.read(isJSON ? Self.withoutSurrogates(bytes) : bytes, limits: limits) {
            reader throws(YAMLProblem) in
            var reader = SyntaxReader(reader: reader, text: text)
            return try reader.documents()
        }
    }

    /// JSON with other characters, as long, in the place of escaped surrogates, which YAML does not know.
    private static func withoutSurrogates(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        var index = 0
        while index + 3 < bytes.count {
            let isEscape = bytes[index] == UInt8(ascii: "\\")
            let isSurrogate =
                bytes[index + 2] | 0x20 == UInt8(ascii: "d") && !"01234567".utf8.contains(bytes[index + 3])
            if isEscape && isSurrogate && bytes[index + 1] == UInt8(ascii: "u") { bytes[index + 2] += 1 }
            index += isEscape ? 2 : 1
        }
        return bytes
    }

    /// Where a value of this text begins.
    public func mark(of value: YAMLSyntax) -> YAMLMark { source.mark(value.range.lowerBound) }

    /// Makes one change, or throws why it cannot be made and leaves the text as it was.
    public mutating func apply(_ change: Change, at path: [Step], in document: Int = 0) throws(Refusal) {
        var place = try place(of: path, in: document)
        if case .add(let key, let value) = change, !place.value.entries(of: key).isEmpty {
            return try apply(.set(value), at: path + [.key(key)], in: document)
        }
        if let new = change.replacement, !place.chain[place.chain.count - 1].dropTag(unfitFor: new) {
            throw refusal(place.value, "the tag of this value fits no other kind of value; change it by hand")
        }
        let expected = try value(of: change, at: place)
        if expected?.says(place.value) == true && !place.value.isAmbiguous { return }
        var wanted = documents
        wanted[document] = self.document(with: expected, at: place)
        for splices in ways(of: change, at: place) {
            guard let edited = try? YAMLEditor(bytes(with: splices), limits: limits), edited.isJSON || !isJSON,
                edited.documents.count == wanted.count, zip(edited.documents, wanted).allSatisfy({ $0.says($1) })
            else { continue }
            self = edited
            return
        }
        throw refusal(place.value, "this cannot be changed here without changing more than this; change it by hand")
    }

    /// A refusal that names the place of a value.
    public func refusal(_ value: YAMLSyntax, _ message: String) -> Refusal {
        Refusal(mark(of: value), message)
    }

    private func bytes(with splices: [Splice]) -> [UInt8] {
        var edited = source.bytes
        // From the end; of two at one place the one that only puts something there comes last.
        let ordered = splices.sorted {
            ($0.range.lowerBound, $0.range.upperBound) > ($1.range.lowerBound, $1.range.upperBound)
        }
        for splice in ordered {
            edited.replaceSubrange(splice.range, with: splice.text.utf8)
        }
        return (hasMark ? YAMLDocument.byteOrderMark : []) + edited
    }
}

/// Bytes of a text and what to write in their place.
struct Splice {
    let range: Range<Int>
    let text: String

    init(_ range: Range<Int>, _ text: String) {
        self.range = range
        self.text = text
    }
}

/// A value and the collections that it stands in.
struct Place {
    /// From the document's root down to the value itself.
    var chain: [YAMLSyntax]
    /// The position in each of the collections.
    var positions: [Int] = []

    var value: YAMLSyntax { chain[chain.count - 1] }
    var parent: YAMLSyntax? { chain.dropLast().last }

    /// The place of the collection that the value stands in.
    var outer: Place { Place(chain: chain.dropLast(), positions: positions.dropLast()) }
}
