extension CompletionScript {
    /// Needs nothing but bash itself: no package with helpers for completion.
    static let bash = CompletionScript(shell: "bash") { commands in
        """
        # Completion of \(Program.name) for bash: source <(\(Program.name) completions bash)
        _workload_publisher() {
            local command=${COMP_WORDS[1]} current=${COMP_WORDS[COMP_CWORD]} flag=${COMP_WORDS[COMP_CWORD-1]}
            local attached='' kind=operand words=''
            COMPREPLY=()
            if ((COMP_CWORD == 1)); then
                COMPREPLY=($(compgen -W '\(words(commands.map(\.name) + ["--help", "--version"]))' -- "$current"))
                return
            fi
            # An equals sign is a word of its own, and so is what stands behind it.
            if [[ $current == '=' ]]; then
                current='' attached=yes
            elif [[ $flag == '=' ]]; then
                flag=${COMP_WORDS[COMP_CWORD-2]} attached=yes
            fi
            case "$command $flag $attached" in
        \(flagCases(commands))    esac
            if [[ $kind == operand && $current != -* ]]; then
                case $command in
        \(commands.filter { $0.operands != nil }.map(operandCase).joined())        esac
            fi
            if [[ $kind == operand ]]; then
                kind=words
                case $command in
        \(commands.map(flagList).joined())        esac
            fi
            case $kind in
                words) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
                files) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
                folders) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
            esac
        }
        complete -F _workload_publisher \(Program.name)

        """
    }

    private static func words(_ words: [String]) -> String {
        words.joined(separator: " ")
    }

    /// What may stand behind each flag; flags of the same kind share a line.
    private static func flagCases(_ commands: [Command]) -> String {
        var patterns: [(kind: String, patterns: [String])] = []
        for command in commands {
            for parameter in command.parameters where parameter.argument != .toggle {
                let kind = kind(of: parameter)
                // A word of its own behind a flag with an optional value is not that value.
                let pattern = "'\(command.name) \(parameter.flag) '" + (parameter.takesNextWord ? "*" : "yes")
                if let index = patterns.firstIndex(where: { $0.kind == kind }) {
                    patterns[index].patterns.append(pattern)
                } else {
                    patterns.append((kind, [pattern]))
                }
            }
        }
        return patterns.map { entry in
            "        \(entry.patterns.joined(separator: " | \\\n            "))) \(entry.kind) ;;\n"
        }.joined()
    }

    private static func kind(of parameter: Parameter) -> String {
        if !parameter.words.isEmpty { return "kind=words words='\(words(parameter.words))'" }
        switch parameter.completion {
        case .nothing: return "kind=nothing"
        case .files: return "kind=files"
        case .folders: return "kind=folders"
        }
    }

    private static func flagList(_ command: Command) -> String {
        "            \(command.name)) words='\(words(command.parameters.map(\.flag) + ["--help"]))' ;;\n"
    }

    private static func operandCase(_ command: Command) -> String {
        let words = command.operandWords()
        let kind = words.isEmpty ? "kind=files" : "kind=words words='\(Self.words(words))'"
        return "            \(command.name)) \(kind) ;;\n"
    }
}
