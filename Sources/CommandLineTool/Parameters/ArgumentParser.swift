import Text

/// Reads flags and variables by the table of a command's parameters; a flag wins over its variable.
struct ArgumentParser {
    let parameters: [Parameter]
    let acceptsOperands: Bool

    /// What a toggle's value means; nil where it means nothing.
    private static func truth(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "1", "yes", "on": true
        case "false", "0", "no", "off": false
        default: nil
        }
    }

    /// Throws everything that is wrong with the words themselves, all at once.
    func parse(_ scan: ScannedArguments, environment: [String: String]) throws(UsageError) -> ParameterValues {
        var values = ParameterValues(of: parameters, caution: caution(scan, environment))
        var problems: [String] = []
        for parameter in parameters {
            guard let variable = parameter.variables.first(where: { !(environment[$0] ?? "").isEmpty }) else {
                continue
            }
            set(parameter, environment[variable] ?? "", .variable(variable), &values, &problems)
        }
        for (index, word) in scan.words.enumerated() {
            switch word.kind {
            case .flag(let parameter, let value):
                read(parameter, value, &values, &problems)
            case .unknown:
                problems.append(unknown(word))
            case .operand where acceptsOperands:
                values.add(operand: word.text)
            case .operand:
                if let problem = stray(word, behind: index > 0 ? scan.words[index - 1] : nil, values.caution) {
                    problems.append(problem)
                }
            }
        }
        guard problems.isEmpty else {
            let missing = parameters.filter { $0.isRequired && values.text($0) == nil }.map(\.name)
            let isImageGiven = values.text(.imageFile) != nil
            throw UsageError(
                problems: problems,
                missing: missing.compactMap { $0 == Parameter.image.name ? isImageGiven ? nil : values.imageNames : $0 }
            )
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

    private func read(
        _ parameter: Parameter, _ value: String?, _ values: inout ParameterValues, _ problems: inout [String]
    ) {
        let bare: String? =
            switch parameter.argument {
            case .toggle: "true"
            case .optionalChoice(_, let bare): bare
            case .value, .choice, .repeated: nil
            }
        guard let text = value ?? bare else {
            return problems.append("\(parameter.flag) needs a value; write \(parameter.usage)")
        }
        let earlier = values.hasFlag(parameter) && !parameter.isRepeated ? values.texts(parameter) : nil
        set(parameter, text, .flag, &values, &problems)
        if let earlier, earlier != values.texts(parameter) { values.note(overridden: parameter) }
    }

    /// Sets a value whose words are checked and have one spelling: a toggle is `true` or `false`, and where a flag
    /// with an optional word is turned off it is as if it had not been given.
    private func set(
        _ parameter: Parameter, _ text: String, _ origin: ParameterValues.Origin, _ values: inout ParameterValues,
        _ problems: inout [String]
    ) {
        var word = text
        var words = parameter.words
        switch (parameter.argument, Self.truth(text)) {
        case (.toggle, let truth):
            words = ["true", "false"]
            if let truth { word = String(truth) }
        case (.optionalChoice(_, let bare), let truth?): word = truth ? bare : ""
        default: break
        }
        values.set(parameter, word, from: origin)
        guard !words.isEmpty, !word.isEmpty, !words.contains(word) else { return }
        let name = parameter.name
        problems.append("\(name): unknown value '\(Printable.line(text))'; write \(Alternatives.list(words))")
    }

    /// What is wrong with a word that belongs to no flag; nil where it is most likely the value of an unknown one.
    private func stray(
        _ word: ScannedArguments.Word, behind earlier: ScannedArguments.Word?, _ caution: SecretCaution
    ) -> String? {
        switch earlier?.kind {
        case .unknown where earlier?.text.utf8.contains(UInt8(ascii: "=")) != true: return nil
        case .flag(let parameter, nil) where parameter.isOptional && Self.truth(word.text) != nil:
            return "\(parameter.flag) takes its value behind an equals sign; write \(parameter.flag)=\(word.text)"
        default: break
        }
        if word.text.isEmpty { return "argument \(word.position) is empty; leave it out" }
        guard let quoted = caution.quoted(word.text) else {
            return "argument \(word.position) belongs to no flag; write its flag before it, or quotes around a "
                + "value that holds spaces"
        }
        let advice = parameters.isEmpty ? "" : ", or write before it the flag whose value it is"
        return "\(quoted) belongs to no flag; leave it out\(advice)"
    }

    private func unknown(_ word: ScannedArguments.Word) -> String {
        let flag = String(decoding: word.text.utf8.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
        // Whether this command takes it or not.
        let known = Parameter.connection.filter { flag.utf8.starts(with: $0.flag.utf8) }
        if let longest = known.max(by: { $0.flag.utf8.count < $1.flag.utf8.count }), longest.isSecret,
            longest.flag != flag
        {
            return "argument \(word.position) begins like \(longest.flag); write its value after a space or an ="
        }
        if flag == "--version" { return "--version stands alone; write '\(Program.name) --version'" }
        return UnknownFlag.description(of: flag, in: parameters.map(\.flag))
            ?? "argument \(word.position) is not a flag of this command"
    }
}

/// A flag that is in no table, and the one that was probably meant.
enum UnknownFlag {
    /// What to say of it; nil where it is not written like a flag, so that it must not be repeated.
    static func description(of flag: String, in flags: [String]) -> String? {
        let allowed = Set("abcdefghijklmnopqrstuvwxyz-".utf8)
        let letters = flag.utf8.count == 2 ? flag.lowercased() : flag
        guard flag.utf8.count <= 40, letters.utf8.allSatisfy(allowed.contains) else { return nil }
        // Nothing but a letter, or a word that is a flag with its second dash, can be no secret behind a single dash.
        let meant =
            if flag.utf8.count == 2 {
                flags.first { $0.utf8.starts(with: "-\(letters)".utf8) }
            } else if flag.utf8.starts(with: "--".utf8) {
                Spelling.nearest(to: flag, in: flags) ?? longer(than: flag, in: flags)
            } else {
                flags.first { $0 == "-\(flag)" }
            }
        if meant == nil && flag.utf8.count > 2 && !flag.utf8.starts(with: "--".utf8) { return nil }
        return "unknown flag \(flag)" + (meant.map { "; did you mean \($0)?" } ?? "")
    }

    /// The flag of which only the first or the last words were written.
    private static func longer(than flag: String, in flags: [String]) -> String? {
        flags.first { $0.utf8.starts(with: "\(flag)-".utf8) || $0.hasSuffix(flag.dropFirst()) }
    }
}
