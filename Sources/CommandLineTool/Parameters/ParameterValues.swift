import Text

/// The values that were given for some parameters, by flag or by variable.
struct ParameterValues {
    /// Where a value came from.
    enum Origin: Equatable {
        case flag
        case variable(String)
        /// An entry of a list of components.
        case entry
    }

    private struct Given {
        var texts: [String]
        var origin: Origin
    }

    private let rows: [String: Parameter]
    private var given: [String: Given] = [:]
    /// The arguments that are no flags, in order.
    private(set) var operands: [String] = []
    /// The flags that were given more than once, with different values of which the last one holds.
    private(set) var overridden: [String] = []
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

    /// How errors name the parameters one of which gives the image.
    var imageNames: String { "\(name(of: .image)) or \(name(of: .imageFile))" }

    /// Takes a value; of two flags the last one counts, unless both do.
    mutating func set(_ parameter: Parameter, _ text: String, from origin: Origin) {
        let earlier = parameter.isRepeated && hasFlag(parameter) ? given[parameter.flag]?.texts ?? [] : []
        given[parameter.flag] = Given(texts: earlier + [text], origin: origin)
    }

    /// Takes the value of a list's entry, which wins over those of all entries; one that may be repeated adds to them.
    mutating func set(_ parameter: Parameter, inEntry texts: [String]) {
        let earlier = parameter.isRepeated ? given[parameter.flag]?.texts ?? [] : []
        given[parameter.flag] = Given(texts: earlier + texts, origin: .entry)
    }

    /// Forgets a value, as if none had been given.
    mutating func forget(_ parameter: Parameter) {
        given[parameter.flag] = nil
    }

    mutating func add(operand: String) {
        operands.append(operand)
    }

    mutating func note(overridden parameter: Parameter) {
        if !overridden.contains(parameter.flag) { overridden.append(parameter.flag) }
    }

    /// Whether the flag stands on the command line, even with an empty value.
    func hasFlag(_ parameter: Parameter) -> Bool {
        given[parameter.flag]?.origin == .flag
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

    /// The one word that stands where a command takes one of a few.
    func operand<Choice>(
        of command: String, in choices: [Choice], named name: (Choice) -> String
    ) throws(UsageError) -> Choice {
        if operands.count == 1, let choice = choices.first(where: { name($0) == operands[0] }) { return choice }
        let word = operands.first.flatMap(caution.quoted)
        let problem = operands.count == 1 && word != nil ? "unknown word \(word ?? "")" : "\(command) takes one word"
        throw UsageError(problems: ["\(problem); write \(Alternatives.list(choices.map(name)))"])
    }
}
