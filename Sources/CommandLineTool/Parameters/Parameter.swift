/// One row of the table from which the parser, the help, the manual, the completions and the documentation come.
public struct Parameter: Sendable {
    /// What stands behind the flag.
    public struct Argument: Sendable, Equatable {
        /// What stands for it in a usage line; nothing where the flag turns something on.
        let placeholder: String
        /// The words that may stand there; none where any text may.
        var words: [String] = []
        /// What the flag means where it stands without a value; nil where it cannot.
        var bare: String?
        /// Whether the flag may come more than once.
        var isRepeated = false

        /// Nothing: the flag turns something on.
        public static let toggle = Argument(placeholder: "", words: ["true", "false"], bare: "true")

        static func value(_ placeholder: String) -> Argument { Argument(placeholder: placeholder) }

        static func repeated(_ placeholder: String) -> Argument { Argument(placeholder: placeholder, isRepeated: true) }

        /// One of these words or, with a meaning of the bare flag, none.
        static func choice(_ words: [String], bare: String? = nil) -> Argument {
            Argument(placeholder: words.joined(separator: "|"), words: words, bare: bare)
        }
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
        completion =
            argument.placeholder == "FILE" ? .files : argument.placeholder == "DIR" ? .folders : .nothing
        switch fallback {
        case .value(let text): defaultValue = text
        case .note(let note): defaultNote = note
        case nil where argument.bare != nil: defaultNote = "off"
        case nil: defaultValue = argument.words.first
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
    /// Whether the flag turns something on.
    var isToggle: Bool { argument == .toggle }
    /// The words that may stand behind the flag; none where any text may.
    var words: [String] { argument.words }
    /// What stands for the value in a usage line.
    var placeholder: String { argument.placeholder }
    /// What the flag means where it stands without a value; nil where it cannot.
    var bare: String? { argument.bare }
    /// Whether the flag may come more than once.
    var isRepeated: Bool { argument.isRepeated }

    /// Its name in an entry of a list of components.
    var key: String { String(flag.drop { $0 == "-" }) }

    /// Whether it can be given on the command line.
    var isFlag: Bool { flag.utf8.first == UInt8(ascii: "-") }

    /// Whether it has to be given, if only in some cases.
    var isRequired: Bool { defaultNote.utf8.starts(with: "required".utf8) }

    /// The flag with its placeholder, as a usage line shows it.
    public var usage: String {
        isToggle ? flag : bare == nil ? "\(flag) \(placeholder)" : "\(flag)[=\(placeholder)]"
    }

    /// The flag and its variables, as an error names them.
    public var name: String {
        variables.isEmpty || !isFlag ? flag : "\(flag) (\(variables.joined(separator: ", ")))"
    }

    /// The default, as the help shows it.
    public var shownDefault: String {
        let text = defaultValue ?? defaultNote
        guard let bare, !isToggle else { return text }
        return "\(text); \(flag) alone means \(bare)"
    }

    /// Asks for the help; every command takes it, and no table lists it.
    static let help = Parameter("--help -h", .toggle, "Print the help")
}
