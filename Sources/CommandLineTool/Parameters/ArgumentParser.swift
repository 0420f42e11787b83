import Text

/// Reads flags and variables by the table of a command's parameters; a flag wins over its variable.
struct ArgumentParser {
    let parameters: [Parameter]
    let acceptsOperands: Bool

    /// The values that are given, with everything that is wrong with the words themselves.
    func parse(_ scan: ScannedArguments, environment: [String: String]) -> ParameterValues {
        var values = ParameterValues(of: parameters, caution: caution(scan, environment))
        for parameter in parameters {
            let given = parameter.variables.compactMap { environment[$0] }.first { !$0.isEmpty }
            if let given { set(parameter, given, .variable, &values) }
        }
        for (index, word) in scan.words.enumerated() {
            switch word.kind {
            case .flag(let parameter, let value):
                if let text = value ?? parameter.bare {
                    set(parameter, text, .flag, &values)
                } else {
                    values.problems.append("\(parameter.flag) needs a value; write \(parameter.usage)")
                }
            case .unknown:
                values.problems.append(unknown(word))
            case .operand where acceptsOperands:
                values.operands.append(word.text)
            case .operand:
                let earlier = index > 0 ? scan.words[index - 1] : nil
                // Most likely the value of an unknown flag.
                if case .unknown? = earlier?.kind, earlier?.text.utf8.contains(UInt8(ascii: "=")) == false { continue }
                values.problems.append(stray(word, values.caution))
            }
        }
        return values
    }

    private func caution(_ scan: ScannedArguments, _ environment: [String: String]) -> SecretCaution {
        let secrets = parameters.filter(\.isSecret)
        return SecretCaution(
            isSecretNear: scan.words.contains { word in
                switch word.kind {
                case .unknown: true
                case .operand: false
                case .flag(let parameter, let value): parameter.isSecret || value?.utf8.first == UInt8(ascii: "-")
                }
            }, secrets: secrets.flatMap(\.variables).compactMap { environment[$0] })
    }

    /// Sets a value whose words are checked and have one spelling: a toggle is `true` or `false`, and where a flag
    /// with an optional word is turned off it is as if it had not been given.
    private func set(
        _ parameter: Parameter, _ text: String, _ origin: ParameterValues.Origin, _ values: inout ParameterValues
    ) {
        var word = text
        if let bare = parameter.bare {
            switch text.lowercased() {
            case "true", "1", "yes", "on": word = bare
            case "false", "0", "no", "off": word = parameter.isToggle ? "false" : ""
            default: break
            }
        }
        values.set(parameter, [word], from: origin)
        if !word.isEmpty, !parameter.words.isEmpty, !parameter.words.contains(word) {
            values.problems.append(
                "\(parameter.name): unknown value '\(Printable.line(text))'; write \(Alternatives.list(parameter.words))"
            )
        }
    }

    /// What is wrong with a word that belongs to no flag.
    private func stray(_ word: ScannedArguments.Word, _ caution: SecretCaution) -> String {
        let position = "argument \(word.position)\(word.text.isEmpty ? ", which is empty," : "")"
        let advice = parameters.isEmpty ? "" : ", or write it as --FLAG=VALUE, in quotes where it holds spaces"
        return "\(caution.quoted(word.text) ?? position) belongs to no flag; leave it out\(advice)"
    }

    /// What is wrong with a flag that is in no table, and the one that was probably meant.
    private func unknown(_ word: ScannedArguments.Word) -> String {
        let flag = String(decoding: word.text.utf8.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
        let flags = parameters.map(\.flag)
        let isLong = flag.utf8.starts(with: "--".utf8)
        let meant =
            isLong
            ? Spelling.nearest(to: flag, in: flags)
                ?? flags.first { $0.utf8.starts(with: "\(flag)-".utf8) || $0.hasSuffix(flag.dropFirst()) }
            : flags.first { $0.utf8.starts(with: "-\(flag)".utf8) }
        // What is not written like a flag, or begins like that of a secret, may be one. Behind a single dash nothing but the
        // beginning of a flag, or one letter, can be none.
        let isPlain = flag.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz-".utf8.contains($0) } && flag.utf8.count <= 40
        let isSecret = Parameter.connection.contains { row in
            row.isSecret && flag.utf8.starts(with: row.flag.utf8) && flag != row.flag
        }
        guard isPlain, !isSecret, isLong || meant != nil || flag.utf8.count == 2 else {
            return "argument \(word.position) is not a flag of this command"
        }
        return "unknown flag \(flag)" + (meant.map { "; did you mean \($0)?" } ?? "")
    }
}
