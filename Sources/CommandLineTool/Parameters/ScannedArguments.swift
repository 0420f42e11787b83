/// The words of a command line, each with what it is by a table of parameters.
///
/// Nothing is wrong in here yet: what looks for secrets, for help or for the form of the log, and what completes a
/// line, sees the words as the parser sees them.
struct ScannedArguments {
    /// What one word is, or two that belong together.
    enum Kind {
        /// A flag of the table, with its value where one was given.
        case flag(Parameter, value: String?)
        /// Begins with a dash and is in no table.
        case unknown
        case operand
    }

    struct Word {
        let kind: Kind
        let text: String
        /// Counted from 1.
        let position: Int
    }

    private(set) var words: [Word] = []
    private let parameters: [Parameter]

    init(_ arguments: some Sequence<String>, _ parameters: [Parameter]) {
        self.parameters = parameters + [.help]
        var rest = Array(arguments).enumerated().map { ($0 + 1, $1) }[...]
        var isEnded = false
        while let (position, text) = rest.popFirst() {
            if isEnded || text == "-" || text.utf8.first != UInt8(ascii: "-") {
                words.append(Word(kind: .operand, text: text, position: position))
            } else if text == "--" {
                isEnded = true
            } else if let (parameter, attached) = flag(text) {
                let isNext = attached == nil && rest.first.map { takes(parameter, $0.1) } == true
                let value = isNext ? rest.popFirst()?.1 : attached
                words.append(Word(kind: .flag(parameter, value: value), text: text, position: position))
            } else {
                words.append(Word(kind: .unknown, text: text, position: position))
            }
        }
    }

    /// All values that a flag has, nil where it stands bare; empty where it stands nowhere.
    func values(of parameter: Parameter) -> [String?] {
        words.compactMap { word in
            guard case .flag(let found, let value) = word.kind, found.flag == parameter.flag else { return nil }
            return .some(value)
        }
    }

    /// Whether the next word is the flag's value; a flag is never one, so that a forgotten value swallows none.
    private func takes(_ parameter: Parameter, _ next: String) -> Bool {
        if parameter.bare != nil { return !parameter.isToggle && parameter.words.contains(next) }
        return next.utf8.first != UInt8(ascii: "-")
            || !parameters.contains {
                next == $0.flag || next == $0.shortFlag || next.utf8.starts(with: "\($0.flag)=".utf8)
            }
    }

    /// The flag that a word begins with, and the value that is attached to it: `--flag=VALUE`, `-fVALUE`, `-f=VALUE`.
    private func flag(_ word: String) -> (Parameter, attached: String?)? {
        let name = String(decoding: word.utf8.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
        let short = String(decoding: word.utf8.prefix(2), as: UTF8.self)
        // A long flag with one dash is not a short one with a value.
        let isLong = parameters.contains { $0.flag == "-\(name)" }
        let parameter =
            parameters.first { $0.flag == name } ?? parameters.first { $0.shortFlag == short && !isLong }
        guard let parameter else { return nil }
        let isShort = parameter.flag != name
        var rest = word.utf8.dropFirst(isShort ? 2 : name.utf8.count)
        guard !rest.isEmpty else { return (parameter, nil) }
        if isShort, parameter.isToggle { return nil }
        if rest.first == UInt8(ascii: "=") { rest = rest.dropFirst() }
        return (parameter, String(decoding: rest, as: UTF8.self))
    }
}
