import System

/// Where text goes.
public protocol TextOutput: Sendable {
    /// Writes all of it, or says why that is impossible.
    func write(_ text: String) throws
    /// Whether a person watches.
    var isTerminal: Bool { get }
}

/// One of the process's own streams.
public struct StandardStream: TextOutput {
    private let descriptor: FileDescriptor
    private let name: String

    /// Standard output.
    public static let output = StandardStream(descriptor: .standardOutput, name: "standard output")
    /// Standard error.
    public static let error = StandardStream(descriptor: .standardError, name: "standard error")

    /// Writes all of it; a closed pipe is an error and no signal, for SIGPIPE is ignored.
    public func write(_ text: String) throws {
        do throws(SystemError) {
            try descriptor.write(Array(text.utf8))
        } catch {
            throw OutputError(
                description: "cannot write to \(name): \(error.text)", isClosedPipe: error == .brokenPipe)
        }
    }

    /// Whether it is a terminal.
    public var isTerminal: Bool { descriptor.isTerminal }
}
