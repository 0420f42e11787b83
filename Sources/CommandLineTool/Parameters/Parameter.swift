/// One row of the table from which the parser, the help, the manual, the completions and the documentation come.
public struct Parameter: Sendable {
    /// What stands behind the flag.
    public enum Argument: Sendable, Equatable {
        /// Nothing: the flag turns something on.
        case toggle
        /// A value, shown by this placeholder.
        case value(String)
        /// One of these words.
        case choice([String])
        /// One of these words, or none, which means `bare`.
        case optionalChoice([String], bare: String)
        /// A value, and the flag may come again.
        case repeated(String)
    }

    /// What a shell can complete.
    public enum Completion: String, Sendable {
        case nothing
        case files
        case folders
    }

    /// What holds when no value is given.
    enum Default: ExpressibleByStringLiteral {
        /// That text.
        case value(String)
        /// How it comes about.
        case note(String)

        init(stringLiteral text: String) { self = .value(text) }
    }

    /// The flag with its two dashes; without them the name of a variable that no flag stands for.
    public let flag: String
    /// The short form with its dash; nil where there is none.
    public let shortFlag: String?
    /// The environment variables that stand in for the flag, the first one preferred.
    public var variables: [String]
    /// What stands behind the flag.
    public let argument: Argument
    /// The value that holds when none is given, where that is a fixed text.
    public var defaultValue: String?
    /// What to say in the place of a default: `required`, `none`, or how the default comes about.
    public var defaultNote = "none"
    /// What it is for, in one sentence without a full stop.
    public var summary: String
    /// Whether its value must never be seen.
    public var isSecret = false
    /// What a shell can complete behind it.
    public var completion = Completion.nothing

    /// A row; behind the flag and a space its short form may stand.
    ///
    /// What turns something on is off by default, and of several words the first one holds.
    init(
        _ flag: String, _ argument: Argument, env variables: [String] = [], default fallback: Default? = nil,
        _ summary: String
    ) {
        let flags = flag.utf8.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        (self.flag, shortFlag) = (flags[0], flags.dropFirst().first)
        (self.argument, self.variables, self.summary) = (argument, variables, summary)
        switch argument {
        case .value("FILE"), .repeated("FILE"): completion = .files
        case .value("DIR"), .repeated("DIR"): completion = .folders
        default: break
        }
        switch (fallback, argument) {
        case (.value(let text), _): defaultValue = text
        case (.note(let note), _): defaultNote = note
        case (nil, .choice(let words)): defaultValue = words[0]
        case (nil, .toggle), (nil, .optionalChoice): defaultNote = "off"
        case (nil, .value), (nil, .repeated): break
        }
    }

    /// The same row as another command has it: with another default, say.
    func changed(_ change: (inout Parameter) -> Void) -> Parameter {
        var parameter = self
        change(&parameter)
        return parameter
    }

    /// The same row for a command that takes it from its flag alone, whatever the environment of a pipeline holds.
    var withoutVariables: Parameter { changed { $0.variables = [] } }
}

extension Parameter {
    /// The words that may stand behind the flag; none where any text may.
    var words: [String] {
        switch argument {
        case .choice(let words), .optionalChoice(let words, _): words
        case .toggle: ["true", "false"]
        case .value, .repeated: []
        }
    }

    /// What stands for the value in a usage line.
    var placeholder: String {
        switch argument {
        case .value(let placeholder), .repeated(let placeholder): placeholder
        case .choice, .optionalChoice: words.joined(separator: "|")
        case .toggle: ""
        }
    }

    /// Its name in an entry of a list of components.
    var key: String { String(flag.drop { $0 == "-" }) }

    /// Whether it can be given on the command line.
    var isFlag: Bool { flag.utf8.first == UInt8(ascii: "-") }

    /// What the flag means where it stands without a value; nil where it cannot.
    var bare: String? {
        switch argument {
        case .toggle: "true"
        case .optionalChoice(_, let bare): bare
        case .value, .choice, .repeated: nil
        }
    }

    /// Whether it has to be given, if only in some cases.
    var isRequired: Bool { defaultNote.utf8.starts(with: "required".utf8) }

    /// Whether the flag may come more than once.
    var isRepeated: Bool {
        if case .repeated = argument { true } else { false }
    }

    /// The flag with its placeholder, as a usage line shows it.
    public var usage: String {
        switch argument {
        case .toggle: flag
        case .value, .choice, .repeated: "\(flag) \(placeholder)"
        case .optionalChoice: "\(flag)[=\(placeholder)]"
        }
    }

    /// The flag and its variables, as an error names them.
    public var name: String {
        variables.isEmpty || !isFlag ? flag : "\(flag) (\(variables.joined(separator: ", ")))"
    }

    /// The default, as the help shows it.
    public var shownDefault: String {
        let text = defaultValue ?? defaultNote
        guard case .optionalChoice(_, let bare) = argument else { return text }
        return "\(text); \(flag) alone means \(bare)"
    }

    /// Asks for the help; every command takes it, and no table lists it.
    static let help = Parameter("--help -h", .toggle, "Print the help")
}
