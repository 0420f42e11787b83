/// One value that a step takes from its callers.
public struct StepInput: Sendable {
    /// What kind of value it takes.
    public enum Kind: Sendable {
        /// Anything that everybody may read.
        case plain
        /// The client's secret itself.
        case secret
        /// A file that holds a credential, in the place of the secret.
        case credentialFile
    }

    /// The input's name, words joined by hyphens.
    public var name: String
    /// The environment variable in which the program reads it.
    public var variable: String
    /// What it is for, in one sentence without a full stop.
    public var summary: String
    /// The value that holds when the caller gives none; nil where the caller has to give one.
    public var value: String?
    /// What kind of value it takes.
    public var kind: Kind

    /// An input of that name and variable.
    public init(name: String, variable: String, summary: String, value: String?, kind: Kind = .plain) {
        self.name = name
        self.variable = variable
        self.summary = summary
        self.value = value
        self.kind = kind
    }
}
