/// How text for people looks where it goes to.
public struct TerminalStyle: Sendable {
    /// Whether each diagnostic is followed by its line of the source and a caret under the place.
    let showsSource: Bool
    private let isColored: Bool

    /// For a file or a pipe.
    public static let plain = TerminalStyle(showsSource: false, isColored: false)

    /// For a stream in an environment: colours only on a terminal, and not where NO_COLOR or TERM=dumb asks for none.
    public init(isTerminal: Bool, environment: [String: String]) {
        let isColorless = environment["NO_COLOR", default: ""] != "" || environment["TERM"] == "dumb"
        self.init(showsSource: isTerminal, isColored: isTerminal && !isColorless)
    }

    private init(showsSource: Bool, isColored: Bool) {
        self.showsSource = showsSource
        self.isColored = isColored
    }

    private func styled(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    func bold(_ text: String) -> String { styled(text, "1") }

    func severity(_ text: String, isError: Bool) -> String { styled(text, isError ? "1;31" : "1;33") }

    func caret(_ text: String) -> String { styled(text, "1;32") }

    /// A unified diff with the colours that `git diff` gives its lines.
    func diff(_ text: String) -> String {
        guard isColored else { return text }
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.map { bytes in
            let line = String(decoding: bytes, as: UTF8.self)
            return switch bytes.first {
            case UInt8(ascii: "@"): styled(line, "36")
            case UInt8(ascii: "-"): styled(line, "31")
            case UInt8(ascii: "+"): styled(line, "32")
            default: line
            }
        }.joined(separator: "\n")
    }
}
