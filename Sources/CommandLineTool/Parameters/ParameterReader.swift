import HTTP
import Text

/// Turns the values that were given into well-formed ones and gathers everything that is wrong with them.
struct ParameterReader {
    private(set) var values: ParameterValues
    /// What is wrong so far.
    private(set) var error = UsageError(problems: [])

    init(_ values: ParameterValues) {
        self.values = values
    }

    /// Ends the reading: throws everything that is wrong, all at once.
    func finish() throws(UsageError) {
        if !error.isEmpty { throw error }
    }

    /// Takes a value for a parameter that was not given.
    mutating func assume(_ parameter: Parameter, _ text: String?) {
        if let text, values.text(given: parameter) == nil { values.set(parameter, text, from: .variable("")) }
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
        guard let text = values.text(parameter) else { return nil }
        do {
            return try parse(text)
        } catch {
            report(parameter, UnfilledExpression(in: text)?.description ?? "\(error)")
            return nil
        }
    }

    /// The same, and where none was given that is noted as well.
    mutating func required<Value>(_ parameter: Parameter, _ parse: (String) throws -> Value) -> Value? {
        if values.text(parameter) == nil { reportMissing(values.name(of: parameter)) }
        return value(parameter, parse)
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

    /// All values of a parameter that may be repeated.
    mutating func all<Value>(_ parameter: Parameter, _ parse: (String) throws -> Value) -> [Value] {
        values.texts(parameter).compactMap { text in
            do {
                return try parse(text)
            } catch {
                report(parameter, UnfilledExpression(in: text)?.description ?? "\(error)")
                return nil
            }
        }
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

/// An expression of a pipeline that was handed on instead of its value, for a mistyped name or a place where none may stand.
private struct UnfilledExpression: CustomStringConvertible {
    private let text: Substring

    /// The first one in a value: of Argo, GitHub, Tekton and Kubernetes, or a shell.
    init?(in value: String) {
        for (start, end) in [("${{", "}}"), ("{{", "}}"), ("$(", ")"), ("${", "}")] {
            guard let first = value.firstRange(of: start) else { continue }
            guard let last = value[first.upperBound...].firstRange(of: end) else { continue }
            text = value[first.lowerBound..<last.upperBound]
            return
        }
        return nil
    }

    var description: String {
        "\(Quoted(String(text))) is an expression that the pipeline did not fill in; check the name in it"
    }
}
