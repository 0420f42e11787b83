import Glibc
import Loopback

/// A program to run, with everything that it is given.
struct CommandLineCall: Sendable {
    /// The path of the program.
    var program: String
    var arguments: [String]
    /// All variables that it sees, beside `PATH`.
    var environment: [String: String] = [:]

    /// `NAME=value` for each variable.
    var variables: [String] {
        environment.merging(["PATH": "/usr/local/bin:/usr/bin:/bin"]) { given, _ in given }
            .map { "\($0.key)=\($0.value)" }.sorted()
    }
}

/// A program that runs beside this one.
struct ChildProcess {
    /// Where a stream of a program goes.
    enum Sink {
        /// Nowhere.
        case nowhere
        /// A file, made anew.
        case file(String)
        /// An open descriptor.
        case descriptor(Int32)
    }

    let identifier: pid_t

    /// Starts the program without any input.
    init(_ call: CommandLineCall, output: Sink = .nowhere, errors: Sink = .nowhere) throws(SystemCallError) {
        try self.init(
            call.program, [call.program] + call.arguments, variables: call.variables, output: output, errors: errors)
    }

    /// Starts the program with its name among the arguments and its variables written out.
    init(
        _ program: String, _ words: [String], variables: [String], output: Sink, errors: Sink
    ) throws(SystemCallError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for (stream, sink) in [(Int32(1), output), (Int32(2), errors)] {
            switch sink {
            case .nowhere: posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
            case .file(let path):
                posix_spawn_file_actions_addopen(&actions, stream, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
            case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, stream)
            }
        }
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
        defer { for pointer in arguments + environment { free(pointer) } }
        var identifier = pid_t()
        let code = posix_spawn(&identifier, program, &actions, nil, &arguments, &environment)
        guard code == 0 else { throw SystemCallError("posix_spawn \(program)", code: code) }
        self.identifier = identifier
    }

    /// Waits for its end: the exit status, or 128 and the signal that ended it; with what it used.
    @discardableResult
    func wait() -> (status: Int32, usage: rusage) {
        var status: Int32 = 0
        var usage = rusage()
        while wait4(identifier, &status, 0, &usage) == -1 && errno == EINTR {}
        let signal = status & 0x7F
        return (signal == 0 ? (status >> 8) & 0xFF : 128 + signal, usage)
    }

    /// Ends it.
    func stop() {
        kill(identifier, SIGTERM)
        wait()
    }

    /// Runs a program to its end; throws where it fails, with what it said.
    static func run(_ call: CommandLineCall, output: String? = nil, log: String) throws(BenchmarkError) {
        let status: Int32
        do {
            status = try ChildProcess(call, output: output.map(Sink.file) ?? .nowhere, errors: .file(log)).wait().status
        } catch {
            throw BenchmarkError("\(error)")
        }
        guard status == 0 else {
            throw BenchmarkError("\(call.program) failed with status \(status): \(File.text(of: log))")
        }
    }
}

/// What keeps the benchmark from going on.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
