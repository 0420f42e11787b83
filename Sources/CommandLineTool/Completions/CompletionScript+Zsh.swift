extension CompletionScript {
    /// Works as a file `_workload-publisher` in `$fpath` and behind `source`.
    static let zsh = CompletionScript(shell: "zsh") { commands in
        """
        #compdef \(Program.name)
        # Completion of \(Program.name) for zsh: source <(\(Program.name) completions zsh)
        _workload_publisher() {
            local -a commands
            commands=(
        \(commands.map { "        \(ShellQuoting.posix("\($0.name):\($0.summary)"))\n" }.joined())    )
            if ((CURRENT == 2)); then
                _describe command commands
                _arguments '--help[print the help]' '--version[print the version]'
                return
            fi
            local command=$words[2]
            shift words
            ((CURRENT--))
            case $command in
        \(commands.map(arguments).joined())    esac
        }
        if [[ $funcstack[1] == _workload_publisher ]]; then
            _workload_publisher "$@"
        else
            compdef _workload_publisher \(Program.name)
        fi

        """
    }

    private static func arguments(_ command: Command) -> String {
        var specifications = command.parameters.map(specification) + ["--help[print the help]"]
        if let operands = command.operands {
            let words = command.operandWords()
            let action = words.isEmpty ? "_files" : "(\(words.joined(separator: " ")))"
            specifications.append("\(words.isEmpty ? "*" : "1"):\(escaped(operands)):\(action)")
        }
        let lines = specifications.map { " \\\n                \(ShellQuoting.posix($0))" }
        return "        \(command.name))\n            _arguments\(lines.joined()) ;;\n"
    }

    /// A flag as zsh's `_arguments` wants it: `FLAG[SUMMARY]:PLACEHOLDER:ACTION`.
    private static func specification(_ parameter: Parameter) -> String {
        let summary = "[\(escaped(parameter.summary))]"
        let value = "\(escaped(parameter.placeholder)):\(action(of: parameter))"
        return switch parameter.argument {
        case .toggle: "\(parameter.flag)\(summary)"
        case .optionalChoice: "\(parameter.flag)=-\(summary)::\(value)"
        case .value, .choice: "\(parameter.flag)=\(summary):\(value)"
        case .repeated: "*\(parameter.flag)=\(summary):\(value)"
        }
    }

    private static func action(of parameter: Parameter) -> String {
        if !parameter.words.isEmpty { return "(\(parameter.words.joined(separator: " ")))" }
        return switch parameter.completion {
        case .nothing: " "
        case .files: "_files"
        case .folders: "_files -/"
        }
    }

    /// Within a specification brackets and colons mean something.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if ["[", "]", ":", "\\"].contains(scalar) { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
