import Text

/// The values that were given for some parameters, by flag or by variable.
struct ParameterValues {
    /// Where a value came from.
    enum Origin {
        case flag
        case variable
        /// An entry of a list of components.
        case entry
    }

    private let rows: [String: Parameter]
    private var given: [String: (texts: [String], origin: Origin)] = [:]
    /// The arguments that are no flags, in order.
    var operands: [String] = []
    /// What is wrong with the words of the command line, a sentence each; who reads the values reports it with the rest.
    var problems: [String] = []
    /// What may be said of a word that fits nothing.
    let caution: SecretCaution

    /// Nothing yet, for a command that takes those parameters.
    init(of parameters: [Parameter], caution: SecretCaution = SecretCaution()) {
        rows = Dictionary(parameters.map { ($0.flag, $0) }) { first, _ in first }
        self.caution = caution
    }

    /// The row that this command has for a parameter, which may have other variables and another default.
    private func row(_ parameter: Parameter) -> Parameter { rows[parameter.flag] ?? parameter }

    /// How an error names a parameter: with the variables that this command reads for it, which may be none.
    func name(of parameter: Parameter) -> String {
        given[parameter.flag]?.origin == .entry ? parameter.key : row(parameter).name
    }

    /// Takes values in the place of earlier ones, or beside them where the parameter may be repeated.
    mutating func set(_ parameter: Parameter, _ texts: [String], from origin: Origin) {
        given[parameter.flag] = ((parameter.isRepeated ? self.texts(parameter) : []) + texts, origin)
    }

    /// Forgets a value, as if none had been given.
    mutating func forget(_ parameter: Parameter) {
        given[parameter.flag] = nil
    }

    /// Where the value came from; nil when none was given or it is empty.
    func origin(of parameter: Parameter) -> Origin? {
        text(given: parameter) == nil ? nil : given[parameter.flag]?.origin
    }

    /// The value that was given; an empty one counts as none.
    func text(given parameter: Parameter) -> String? {
        guard let text = given[parameter.flag]?.texts.last, !text.isEmpty else { return nil }
        return text
    }

    /// The value that was given, or else the default.
    func text(_ parameter: Parameter) -> String? {
        text(given: parameter) ?? row(parameter).defaultValue
    }

    /// All values of a parameter that may be repeated.
    func texts(_ parameter: Parameter) -> [String] {
        given[parameter.flag]?.texts ?? []
    }

    /// Whether a toggle is on.
    func isOn(_ parameter: Parameter) -> Bool {
        text(given: parameter) == "true"
    }

    /// The chosen word, or the default, as what it stands for; nil where there is neither.
    func word<Word: RawRepresentable<String>>(_ parameter: Parameter, as _: Word.Type = Word.self) -> Word? {
        text(parameter).flatMap(Word.init)
    }
}
