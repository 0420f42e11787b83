/// A shell, and the script that makes it ask the program what may stand at the end of a command line.
enum CompletionScript: String, ParameterWord {
    case bash, zsh, fish

    /// The script; it calls the program by the word that stands on the command line.
    var text: String {
        """
        # Completion of \(Program.name) for \(self): \(loading)
        \(function)

        """
    }

    private var loading: String {
        let print = "\(Program.name) completions \(self)"
        return self == .fish ? "\(print) | source" : "source <(\(print))"
    }

    private var function: String {
        switch self {
        case .bash:
            // An equals sign is a word of its own in bash, and so is what stands behind it.
            #"""
            _workload_publisher() {
                local line files='' current=${COMP_WORDS[COMP_CWORD]}
                [[ $current == '=' ]] && current=''
                COMPREPLY=()
                while IFS= read -r line; do
                    case $line in
                        :nothing) ;;
                        :files) files=-f ;;
                        :folders) files=-d ;;
                        *) COMPREPLY+=("${line%%$'\t'*}") ;;
                    esac
                done < <("${COMP_WORDS[0]/#\~/${HOME:-\~}}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
                [[ $files ]] || return 0
                compopt -o filenames 2>/dev/null
                while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$files" -- "$current")
            }
            complete -F _workload_publisher workload-publisher
            """#
        case .zsh:
            #"""
            #compdef workload-publisher
            _workload_publisher() {
                local -a lines
                lines=("${(@f)$(${~words[1]} __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
                local files=$lines[-1]
                lines=("${(@)lines[1,-2]}")
                if (($#lines)); then
                    lines=("${(@)lines//:/\\:}")
                    lines=("${(@)lines/$'\t'/:}")
                    _describe -V word lines
                fi
                [[ $PREFIX == --*=* ]] && compset -P '*='
                case $files in
                    :files) _files ;;
                    :folders) _files -/ ;;
                esac
            }
            if [[ $funcstack[1] == _workload_publisher ]]; then
                _workload_publisher "$@"
            else
                compdef _workload_publisher workload-publisher
            fi
            """#
        case .fish:
            #"""
            function __workload_publisher
                set -l words (commandline -opc)
                set -l current (commandline -ct)
                set -l program (string replace -r '^~' $HOME -- $words[1])
                set -l lines ($program __complete $words[2..] "$current" 2>/dev/null)
                set -l files $lines[-1]
                set -e lines[-1]
                set -l flag (string match -r -- '^--[^=]*=' "$current")
                set -l path (string replace -- "$flag" '' "$current")
                switch "$files"
                    case ':files'
                        printf '%s\n' "$flag"(__fish_complete_path "$path")
                    case ':folders'
                        printf '%s\n' "$flag"(__fish_complete_directories "$path")
                    case '*'
                        printf '%s\n' $lines
                end
            end
            complete -c workload-publisher -f -a '(__workload_publisher)'
            """#
        }
    }
}
