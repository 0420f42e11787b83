import HTTP
import JSON
import Redaction
import Synchronization
import System
import Text

/// What the program says: the result on standard output, everything else on standard error, no secret on either.
public final class Console: Sendable {
    /// How much is said on standard error.
    enum Level: Sendable, Comparable {
        case error
        case warning
        case info
        case debug
    }

    private struct Settings {
        var level = Level.info
        var isJSON = false
        var isAnnotating = false
        /// What stands in a terminal's last line.
        var status: String?
    }

    /// More characters than any message of ours needs, with 4 KiB of a server's words in it.
    private static let longestLine = 16_384

    /// Hides what it knows to be secret in everything that is said.
    let redactor: Redactor
    private let output: any TextOutput
    private let errorOutput: any TextOutput
    private let wallClock: @Sendable () -> Double
    private let settings = Mutex(Settings())

    init(
        output: any TextOutput, errorOutput: any TextOutput, redactor: Redactor,
        wallClock: @escaping @Sendable () -> Double
    ) {
        self.output = output
        self.errorOutput = errorOutput
        self.redactor = redactor
        self.wallClock = wallClock
    }

    /// Whether standard error is a terminal.
    var isTerminal: Bool { errorOutput.isTerminal }
    /// Whether standard output is a terminal.
    var isOutputTerminal: Bool { output.isTerminal }

    /// Whether the log is made of JSON objects.
    var isJSON: Bool { settings.withLock { $0.isJSON } }

    func configure(level: Level, isJSON: Bool) {
        settings.withLock { settings in
            settings.level = level
            settings.isJSON = isJSON
        }
    }

    /// Whether errors and warnings are annotations of GitHub Actions; a log in JSON stays one.
    var isAnnotating: Bool { settings.withLock { $0.isAnnotating && !$0.isJSON } }

    /// Makes annotations of errors and warnings from now on.
    func annotate() {
        settings.withLock { $0.isAnnotating = true }
    }

    /// Writes the result, as it is.
    func print(_ result: String) throws {
        try output.write(result)
    }

    /// Writes a text that people leaf through; that they have seen enough of it is no error.
    func page(_ text: String) throws {
        do {
            try output.write(text)
        } catch let error as OutputError where error.isClosedPipe {}
    }

    /// Writes a result that shows requests or objects, secrets redacted.
    func print(redacting result: Report) throws {
        switch result {
        case .text(let text): try output.write(redactor.redact(document: text))
        case .json(let value): try output.write(value.redacted(by: redactor.redact(document:)).text() + "\n")
        }
    }

    /// Writes lines on standard error that are no log: diagnostics and help.
    func show(_ text: String) {
        write(redactor.redact(text))
    }

    /// Shows how far a run has come in the last line of a terminal, until the next call; nil takes it away.
    func showStatus(_ text: String?) {
        guard isTerminal, !isJSON, settings.withLock({ $0.level >= .info }) else { return }
        settings.withLock { $0.status = text ?? "" }
        write("")
    }

    private func write(_ text: String) {
        let status = settings.withLock { $0.status }
        // One write, so that no other thread's comes in between. Where standard error is closed there is nowhere left to say so.
        try? errorOutput.write(status.map { "\r\u{1B}[K\(text)\($0)" } ?? text)
    }

    /// Logs one event: in text its level and message, in JSON one object a line.
    func log(_ level: Level, _ event: String, _ message: String, _ fields: JSONObject = [:]) {
        let settings = settings.withLock { $0 }
        guard level <= settings.level else { return }
        guard settings.isJSON else {
            // One event is one line, whatever a server, a path or a parameter has put into it.
            func line(_ text: String) -> String { Printable.line(redactor.redact(text), limit: Self.longestLine) }
            if settings.isAnnotating && level <= .warning {
                return write(GitHubActions.annotation("\(level)", line(message)))
            }
            let prefix = level == .info || level == .debug ? "" : "\(level): "
            return write(line("\(prefix)\(message)") + "\n")
        }
        var object: JSONObject = [
            "time": .string(Self.timestamp(wallClock())), "level": .string("\(level)"), "event": .string(event),
            "message": .string(redactor.redact(message)),
        ]
        // Redacted value by value: a secret may well look like a piece of JSON.
        for field in fields.members { object[field.name] = field.value.redacted(by: redactor.redact(_:)) }
        write(JSONValue.object(object).text() + "\n")
    }

    /// A moment as RFC 3339 writes it, in UTC with milliseconds.
    static func timestamp(_ seconds: Double) -> String {
        let parts = SystemClock.utc(seconds).map { $0 < 10 ? "0\($0)" : "\($0)" }
        let milliseconds = String(1000 + Int((seconds - seconds.rounded(.down)) * 1000)).dropFirst()
        return "\(parts[0])-\(parts[1])-\(parts[2])T\(parts[3]):\(parts[4]):\(parts[5]).\(milliseconds)Z"
    }
}
