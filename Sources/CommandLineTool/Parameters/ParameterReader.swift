import HTTP
import Text

/// Turns the values that were given into well-formed ones and gathers everything that is wrong with them.
struct ParameterReader {
    private(set) var values: ParameterValues
    /// What is wrong so far.
    private(set) var error: UsageError

    /// Reads those values; what is wrong with the words of the command line is wrong from the start.
    init(_ values: ParameterValues) {
        self.values = values
        error = UsageError(problems: values.problems)
    }

    /// Ends the reading: throws everything that is wrong, all at once.
    func finish() throws(UsageError) {
        if !error.isEmpty { throw error }
    }

    /// Takes a value for a parameter that was not given.
    mutating func assume(_ parameter: Parameter, _ text: String?) {
        if let text, values.text(given: parameter) == nil { values.set(parameter, [text], from: .variable) }
    }

    mutating func report(_ parameter: Parameter, _ problem: String) {
        error.problems.append("\(values.name(of: parameter)): \(problem)")
    }

    mutating func report(_ problem: String) {
        error.problems.append(problem)
    }

    mutating func reportMissing(_ usage: String) {
        error.missing.append(usage)
    }

    /// The well-formed value, or nil where none was given or it is malformed, which is then noted.
    mutating func value<Value>(_ parameter: Parameter, _ parse: (String) throws -> Value) -> Value? {
        values.text(parameter).flatMap { parsed(parameter, $0, parse) }
    }

    /// The same, and where none was given that is noted as well.
    mutating func required<Value>(_ parameter: Parameter, _ parse: (String) throws -> Value) -> Value? {
        if values.text(parameter) == nil { reportMissing(values.name(of: parameter)) }
        return value(parameter, parse)
    }

    /// All values of a parameter that may be repeated.
    mutating func all<Value>(_ parameter: Parameter, _ parse: (String) throws -> Value) -> [Value] {
        values.texts(parameter).compactMap { parsed(parameter, $0, parse) }
    }

    private mutating func parsed<Value>(
        _ parameter: Parameter, _ text: String, _ parse: (String) throws -> Value
    ) -> Value? {
        do {
            return try parse(text)
        } catch {
            // For a mistyped name, or a place where none may stand, a pipeline hands on the expression and not its value.
            let isExpression = ["{{", "$(", "${"].contains { text.contains($0) }
            report(
                parameter,
                isExpression
                    ? "\(Quoted(text)) holds an expression that the pipeline did not fill in; check the name in it"
                    : "\(error)")
            return nil
        }
    }

    /// The one of some parameters that was given; one that a flag gives wins over those that variables give.
    ///
    /// Nil where none is, and where more than one is, which is noted by that problem.
    mutating func chosen(_ candidates: [Parameter], _ problem: String) -> Parameter? {
        let given = candidates.filter { values.text(given: $0) != nil }
        let flags = given.filter { values.origin(of: $0) == .flag }
        let chosen = flags.isEmpty ? given : flags
        if chosen.count > 1 {
            let names = chosen.map(values.name).joined(separator: ", ")
            report("\(problem): \(names); give one of them")
        }
        return chosen.count == 1 ? chosen[0] : nil
    }

    /// The one word that stands where a command takes one of a few; nil where there is none, which is noted.
    mutating func operand<Choice>(
        of command: String, in choices: [Choice], named name: (Choice) -> String
    ) -> Choice? {
        let operands = values.operands
        if operands.count == 1, let choice = choices.first(where: { name($0) == operands[0] }) { return choice }
        let word = operands.count == 1 ? values.caution.quoted(operands[0]) : nil
        let problem = word.map { "unknown word \($0)" } ?? "\(command) takes one word"
        report("\(problem); write \(Alternatives.list(choices.map(name)))")
        return nil
    }

    mutating func duration(_ parameter: Parameter) -> Duration {
        value(parameter, Duration.init(parameter:)) ?? .zero
    }

    /// A Host header: a host, with a port or without.
    mutating func hostHeader(_ parameter: Parameter) -> HTTPHeader? {
        value(parameter) { text in
            let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]".utf8)
            guard text.utf8.allSatisfy(allowed.contains) else {
                throw MalformedValue("\(Quoted(text)) is not a host; write it like api.example.com or host:8080")
            }
            return HTTPHeader.host(text)
        }
    }
}

/// Why a value is malformed.
struct MalformedValue: Error, CustomStringConvertible {
    /// What is wrong and what to write instead.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
