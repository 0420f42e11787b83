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
        let arguments = Array(arguments)
        var isEnded = false
        var index = 0
        while index < arguments.count {
            let text = arguments[index]
            index += 1
            let position = index
            if !isEnded && text == "--" {
                isEnded = true
                continue
            }
            var kind = Kind.operand
            if !isEnded && text != "-" && text.utf8.first == UInt8(ascii: "-") {
                kind = .unknown
                if let (parameter, attached) = flag(text) {
                    var value = attached
                    if value == nil, index < arguments.count, takes(parameter, arguments[index]) {
                        value = arguments[index]
                        index += 1
                    }
                    kind = .flag(parameter, value: value)
                }
            }
            words.append(Word(kind: kind, text: text, position: position))
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
        switch parameter.argument {
        case .toggle: false
        case .optionalChoice(let words, _): words.contains(next)
        case .value, .choice, .repeated:
            next.utf8.first != UInt8(ascii: "-")
                || !parameters.contains {
                    next == $0.flag || next == $0.shortFlag || next.utf8.starts(with: "\($0.flag)=".utf8)
                }
        }
    }

    /// The flag that a word begins with, and the value that is attached to it: `--flag=VALUE`, `-fVALUE`, `-f=VALUE`.
    private func flag(_ word: String) -> (Parameter, attached: String?)? {
        let parts = word.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(decoding: parts[0], as: UTF8.self)
        let attached = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : nil
        if let parameter = parameters.first(where: { $0.flag == name }) { return (parameter, attached) }
        // A long flag with one dash is not a short one with a value.
        guard !parameters.contains(where: { $0.flag == "-\(name)" }),
            let parameter = parameters.first(where: { $0.shortFlag.map { word.utf8.starts(with: $0.utf8) } ?? false })
        else { return nil }
        let rest = word.utf8.dropFirst(2)
        if rest.isEmpty { return (parameter, nil) }
        if case .toggle = parameter.argument { return nil }
        let value = rest.first == UInt8(ascii: "=") ? rest.dropFirst() : rest
        return (parameter, String(decoding: value, as: UTF8.self))
    }
}
