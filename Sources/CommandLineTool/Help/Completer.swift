/// Says what may stand at the end of a command line, for the scripts that shells load.
///
/// As with cobra's `__complete`, a script hands on the words of the line, the one that is being written last, and gets a
/// candidate a line, its meaning behind a tab, and in the last line what else the shell is to offer: `:files`,
/// `:folders`, or `:nothing`.
struct Completer {
    /// The command that the scripts call, which no help lists.
    static let command = "__complete"

    private typealias Candidate = (text: String, meaning: String)

    private let commands: [Command]
    private var words: [String] = []
    /// The part of the last word that the shell does not take for a part of it.
    private var hidden = ""

    /// Takes the words behind the program's name; those that bash has split around an equals sign are joined again.
    init(_ words: some Sequence<String>, _ commands: [Command]) {
        self.commands = commands
        for word in words {
            if word == "=", let flag = self.words.last, flag.utf8.starts(with: "--".utf8) {
                hidden = flag + "="
            } else if hidden.isEmpty || self.words.last != hidden {
                hidden = ""
                self.words.append(word)
                continue
            }
            self.words[self.words.count - 1] += word
        }
        if self.words.last?.utf8.starts(with: hidden.utf8) != true { hidden = "" }
    }

    /// The lines to print.
    var lines: String {
        let (candidates, files) = offers
        let current = words.last ?? ""
        let fitting = candidates.filter { $0.text.utf8.starts(with: current.utf8) }
        let lines = fitting.map { candidate in
            String(decoding: candidate.text.utf8.dropFirst(hidden.utf8.count), as: UTF8.self)
                + (candidate.meaning.isEmpty ? "" : "\t\(candidate.meaning)")
        }
        return (lines + [":\(files.rawValue)"]).map { $0 + "\n" }.joined()
    }

    private var offers: ([Candidate], Parameter.Completion) {
        guard let current = words.last else { return ([], .nothing) }
        guard words.count > 1, let command = commands.first(where: { $0.name == words[0] }) else {
            let flags = [("--help", Parameter.help.summary), ("--version", "Print the version")]
            return (words.count > 1 ? [] : commands.map { ($0.name, $0.summary) } + flags, .nothing)
        }
        let scan = ScannedArguments(words[1...].dropLast(), command.parameters)
        if let last = scan.words.last, case .flag(let parameter, nil) = last.kind, parameter.bare == nil {
            return (parameter.words.map { ($0, "") }, parameter.completion)
        }
        if case .flag(let parameter, _?)? = ScannedArguments([current], command.parameters).words.first?.kind,
            current.utf8.starts(with: "\(parameter.flag)=".utf8)
        {
            return (parameter.words.map { ("\(parameter.flag)=\($0)", "") }, parameter.completion)
        }
        let isFlag = current.utf8.first == UInt8(ascii: "-")
        if !isFlag && command.operands != nil {
            let operands = command.operandWords()
            return (operands.map { ($0, "") }, operands.isEmpty ? .files : .nothing)
        }
        let free = (command.parameters + [.help]).filter { $0.isFlag && ($0.isRepeated || scan.values(of: $0).isEmpty) }
        return (free.map { ($0.flag, $0.summary) }, .nothing)
    }
}
