import Text

/// Reads flags and variables by the table of a command's parameters.
///
/// A flag wins over its variable; `--flag value` and `--flag=value` are the same. Words that fit nothing are not
/// repeated in errors: where a secret was not quoted, they are parts of it.
struct ArgumentParser {
    let parameters: [Parameter]
    let acceptsOperands: Bool

    /// What a toggle's value means; nil where it means nothing.
    static func truth(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "1", "yes", "on": true
        case "false", "0", "no", "off": false
        default: nil
        }
    }

    func parse(_ arguments: [String], environment: [String: String]) throws(UsageError) -> ParameterValues {
        var values = ParameterValues(of: parameters)
        var problems: [String] = []
        for parameter in parameters {
            for variable in parameter.variables.reversed() {
                guard let text = environment[variable], !text.isEmpty else { continue }
                values.set(parameter, text, from: .variable(variable))
            }
        }
        readFlags(arguments, into: &values, problems: &problems)
        for parameter in parameters {
            if let problem = wordProblem(of: parameter, in: values) { problems.append(problem) }
        }
        guard problems.isEmpty else {
            let missing = parameters.filter { $0.isRequired && values.text($0) == nil }
            throw UsageError(problems: problems, missing: missing.map(\.name))
        }
        return values
    }

    private func readFlags(_ arguments: [String], into values: inout ParameterValues, problems: inout [String]) {
        var rest = arguments.enumerated().makeIterator()
        var onlyOperands = false
        var indexOfUnknownFlag: Int?
        while let (index, argument) = rest.next() {
            guard argument.utf8.starts(with: "-".utf8), argument != "-", !onlyOperands else {
                if acceptsOperands {
                    values.add(operand: argument)
                } else if index - 1 != indexOfUnknownFlag {
                    // What follows an unknown flag is most likely its value.
                    problems.append(stray(argument, at: index + 1, behind: index > 0 ? arguments[index - 1] : ""))
                }
                continue
            }
            if argument == "--" {
                onlyOperands = true
                continue
            }
            let sign = argument.utf8.firstIndex(of: UInt8(ascii: "=")) ?? argument.endIndex
            let flag = String(argument[..<sign])
            guard let parameter = parameters.first(where: { $0.flag == flag }) else {
                problems.append(unknown(flag, at: index + 1))
                if sign == argument.endIndex { indexOfUnknownFlag = index }
                continue
            }
            let attached =
                sign == argument.endIndex ? nil : String(decoding: argument.utf8[sign...].dropFirst(), as: UTF8.self)
            switch parameter.argument {
            case .toggle: values.set(parameter, attached ?? "true", from: .flag)
            case .optionalChoice(let words): values.set(parameter, attached ?? words[0], from: .flag)
            case .value, .choice, .repeated:
                if let value = attached ?? rest.next()?.element {
                    values.set(parameter, value, from: .flag)
                } else {
                    problems.append("\(flag) needs a value; write \(parameter.usage)")
                }
            }
        }
    }

    /// A word that belongs to no flag, which may be one that its flag takes behind an equals sign alone.
    private func stray(_ word: String, at position: Int, behind flag: String) -> String {
        let parameter = parameters.first { $0.flag == flag }
        if case .optionalChoice(let words)? = parameter?.argument, words.contains(word) || Self.truth(word) != nil {
            return "\(flag) takes its word behind an equals sign; write \(flag)=\(word)"
        }
        return "argument \(position) belongs to no flag; put quotes around a value that holds spaces"
    }

    private func unknown(_ flag: String, at position: Int) -> String {
        if let secret = parameters.first(where: { $0.isSecret && flag.utf8.starts(with: $0.flag.utf8) }) {
            let longer = parameters.filter { $0.flag.utf8.starts(with: secret.flag.utf8) && $0.flag != secret.flag }
            if !longer.contains(where: { flag.utf8.starts(with: $0.flag.utf8) }) {
                return "argument \(position) begins like \(secret.flag); write its value after a space or an ="
            }
        }
        let allowed = Set("abcdefghijklmnopqrstuvwxyz-".utf8)
        guard flag.utf8.starts(with: "--".utf8), flag.utf8.count <= 40, flag.utf8.allSatisfy(allowed.contains) else {
            return "argument \(position) is not a flag of this command"
        }
        let nearest = Spelling.nearest(to: flag, in: parameters.map(\.flag))
        return "unknown flag \(flag)" + (nearest.map { "; did you mean \($0)?" } ?? "")
    }

    private func wordProblem(of parameter: Parameter, in values: ParameterValues) -> String? {
        guard let text = values.text(given: parameter) else { return nil }
        let words: [String]
        switch parameter.argument {
        case .toggle:
            if Self.truth(text) != nil { return nil }
            words = ["true", "false"]
        case .choice(let choices):
            if choices.contains(text) { return nil }
            words = choices
        case .optionalChoice(let choices):
            if choices.contains(text) || Self.truth(text) != nil { return nil }
            words = choices
        case .value, .repeated:
            return nil
        }
        return "\(parameter.name): unknown value '\(Printable.line(text))'; write \(Alternatives.list(words))"
    }
}
