import Glibc
import Loopback
import Synchronization

/// A program that runs beside this one, without any input.
///
/// Foundation's `Process` lets children inherit each other's pipes when tests run at the same time, and then none of
/// them sees the end of anything; here every descriptor is closed on exec.
public final class ChildProcess {
    /// Where one of its streams goes.
    public enum Stream {
        /// Into this process's memory, read by `finish` and `readOutput`.
        case gathered
        /// Into a pipe without a reader.
        case broken
        /// Nowhere.
        case discarded
        /// Into a file, made anew.
        case file(String)
        /// To an open descriptor.
        case descriptor(Int32)
    }

    /// Held while a pipe is made and not yet marked, or another child would inherit it.
    private static let spawning = Mutex(())

    /// Its process ID.
    public let identifier: pid_t
    var pipes: [Int32: Pipe] = [:]
    private var ended: (status: Int32, usage: rusage)?

    /// Starts the program.
    public init(
        _ call: ProgramCall, output: Stream = .gathered, errors: Stream = .gathered
    ) throws(SystemCallError) {
        let streams = [(Int32(1), output), (Int32(2), errors)]
        (identifier, pipes) = try Self.spawning.withLock { _ throws(SystemCallError) in try Self.start(call, streams) }
    }

    deinit {
        if ended == nil { kill(identifier, SIGKILL) }
        wait()
        for pipe in pipes.values { close(pipe.descriptor) }
    }

    /// Waits for its end: the exit status, or 128 and the signal that ended it; with what it used.
    @discardableResult
    public func wait() -> (status: Int32, usage: rusage) {
        if let ended { return ended }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(identifier, &status, 0, &usage) == -1 && errno == EINTR {}
        let signal = status & 0x7F
        let ended = (signal == 0 ? (status >> 8) & 0xFF : 128 + signal, usage)
        self.ended = ended
        return ended
    }

    /// Asks it to end and waits until it has.
    public func stop() {
        if ended == nil { kill(identifier, SIGTERM) }
        wait()
    }

    private static func start(
        _ call: ProgramCall, _ streams: [(Int32, Stream)]
    ) throws(SystemCallError) -> (pid_t, [Int32: Pipe]) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        var pipes: [Int32: Pipe] = [:]
        var writingEnds: [Int32] = []
        defer { for end in writingEnds { close(end) } }
        for (stream, target) in streams {
            switch target {
            case .discarded: posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
            case .file(let path):
                posix_spawn_file_actions_addopen(&actions, stream, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
            case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, stream)
            case .gathered, .broken:
                let ends = try Pipe.make()
                writingEnds.append(ends.writing)
                if case .gathered = target { pipes[stream] = Pipe(ends.reading) } else { close(ends.reading) }
                posix_spawn_file_actions_adddup2(&actions, ends.writing, stream)
            }
        }
        do {
            return (try spawn(call, &actions), pipes)
        } catch {
            for pipe in pipes.values { close(pipe.descriptor) }
            throw error
        }
    }

    private static func spawn(
        _ call: ProgramCall, _ actions: inout posix_spawn_file_actions_t
    ) throws(SystemCallError) -> pid_t {
        // A child of a dispatch thread would be born with its signals blocked.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let command = call.folder.map { ["/usr/bin/env", "-C", $0, call.program] } ?? [call.program]
        var words: [UnsafeMutablePointer<CChar>?] = (command + call.arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = call.environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var identifier = pid_t()
        let code = posix_spawn(&identifier, command[0], &actions, &attributes, &words, &variables)
        guard code == 0 else { throw SystemCallError("posix_spawn \(call.program)", code: code) }
        return identifier
    }
}
