/// The values that were given for some parameters, by flag or by variable.
struct ParameterValues {
    /// Where a value came from.
    enum Origin: Equatable {
        case flag
        case variable(String)
    }

    private struct Given {
        var texts: [String]
        var origin: Origin
    }

    private let parameters: [Parameter]
    private var given: [String: Given] = [:]
    /// The arguments that are no flags, in order.
    private(set) var operands: [String] = []

    /// Nothing yet, for a command that takes those parameters.
    init(of parameters: [Parameter]) {
        self.parameters = parameters
    }

    /// How an error names a parameter: with the variables that this command reads for it, which may be none.
    func name(of parameter: Parameter) -> String {
        (parameters.first { $0.flag == parameter.flag } ?? parameter).name
    }

    mutating func set(_ parameter: Parameter, _ text: String, from origin: Origin) {
        if case .repeated = parameter.argument, origin == .flag, let earlier = given[parameter.flag] {
            given[parameter.flag] = Given(texts: earlier.texts + [text], origin: origin)
        } else {
            given[parameter.flag] = Given(texts: [text], origin: origin)
        }
    }

    mutating func add(operand: String) {
        operands.append(operand)
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
        text(given: parameter) ?? parameter.defaultValue
    }

    /// All values of a parameter that may be repeated.
    func texts(_ parameter: Parameter) -> [String] {
        given[parameter.flag]?.texts ?? []
    }

    /// Whether a toggle is on.
    func isOn(_ parameter: Parameter) -> Bool {
        text(given: parameter).flatMap(ArgumentParser.truth) ?? false
    }
}
