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
        /// One of these words behind an equals sign; the bare flag means the first.
        case optionalChoice([String])
        /// A value, and the flag may come again.
        case repeated(String)
    }

    /// What a shell can complete.
    public enum Completion: Sendable {
        case nothing
        case files
        case folders
    }

    /// The flag with its two dashes.
    public let flag: String
    /// The environment variables that stand in for the flag, the first one preferred.
    public var variables: [String] = []
    /// What stands behind the flag.
    public let argument: Argument
    /// The value that holds when none is given, where that is a fixed text.
    public var defaultValue: String?
    /// What to say in the place of a default: `required`, `none`, or how the default comes about.
    public var defaultNote: String = "none"
    /// Whether no command that takes it can do without.
    public var isRequired = false
    /// What it is for, in one sentence without a full stop.
    public let summary: String
    /// Whether its value must never be seen.
    public var isSecret = false
    /// What a shell can complete behind it.
    public var completion = Completion.nothing

    /// The flag with its placeholder, as a usage line shows it.
    public var usage: String {
        switch argument {
        case .toggle: flag
        case .value(let placeholder), .repeated(let placeholder): "\(flag) \(placeholder)"
        case .choice(let words): "\(flag) \(words.joined(separator: "|"))"
        case .optionalChoice(let words): "\(flag)[=\(words.joined(separator: "|"))]"
        }
    }

    /// The flag and its variables, as an error names them.
    public var name: String {
        variables.isEmpty ? flag : "\(flag) (\(variables.joined(separator: ", ")))"
    }

    /// The default, as the help shows it.
    public var shownDefault: String { defaultValue ?? defaultNote }
}
