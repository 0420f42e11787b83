import Glibc

/// Where text goes.
public protocol TextOutput: Sendable {
    /// Writes all of it, or says why that is impossible.
    func write(_ text: String) throws
    /// Whether a person watches.
    var isTerminal: Bool { get }
}

/// One of the process's own streams.
public struct StandardStream: TextOutput {
    private let descriptor: Int32
    private let name: String

    /// Standard output.
    public static let output = StandardStream(descriptor: STDOUT_FILENO, name: "standard output")
    /// Standard error.
    public static let error = StandardStream(descriptor: STDERR_FILENO, name: "standard error")

    /// Gives the numbers of standard streams that are closed to the null device, for else the next file or socket that
    /// is opened would get them; output that was closed stays impossible to write to.
    static func replaceClosed() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            _ = open("/dev/null", O_RDONLY)
        }
    }

    /// Writes all of it; a closed pipe is an error and no signal, for SIGPIPE is ignored.
    public func write(_ text: String) throws {
        var text = text
        let failure: Int32? = text.withUTF8 { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.startAddress, rest.count)
                if count < 0 && errno == EINTR { continue }
                if count < 0 { return errno }
                rest = rest.dropFirst(count)
            }
            return nil
        }
        if let failure {
            throw OutputError(description: "cannot write to \(name): \(String(cString: strerror(failure)))")
        }
    }

    /// Whether it is a terminal.
    public var isTerminal: Bool { isatty(descriptor) == 1 }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    fileprivate var startAddress: UnsafePointer<UInt8>? {
        base.baseAddress.map { $0 + startIndex }
    }
}
