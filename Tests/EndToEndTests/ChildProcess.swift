import Foundation
import Glibc

/// A program that runs beside the test, its output gathered to the end.
///
/// Foundation's `Process` lets children inherit each other's pipes when tests run at the same time, and then nobody
/// sees the end of anything; here every descriptor is closed on exec.
final class ChildProcess {
    /// What a finished process left.
    struct Result {
        /// The exit status, or 128 and the signal that killed it, as a shell says it.
        let status: Int32
        let output: String
        let errors: String
    }

    /// Why a program could not be started.
    struct StartError: Error {
        let call: String
        let code: Int32
    }

    private static let spawning = NSLock()
    /// Where a program counts the lines that it runs while coverage is measured; else it would be its own folder.
    private static let coverage = ProcessInfo.processInfo.environment.filter { $0.key == "LLVM_PROFILE_FILE" }

    let identifier: pid_t
    private let outputEnd: Int32
    private let errorEnd: Int32
    private var output: [UInt8] = []
    private var errors: [UInt8] = []
    private var isReaped = false

    /// Starts a program; `isOutputClosed` gives it a standard output that nobody reads.
    init(
        _ path: String, _ arguments: [String], environment: [String: String], folder: String? = nil,
        isOutputClosed: Bool = false
    ) throws {
        // No other child may be born between the making of a pipe and its mark to be closed on exec.
        let lock = Self.spawning
        lock.lock()
        defer { lock.unlock() }
        let outputPipe = try Self.makePipe()
        let errorPipe = try Self.makePipe()
        if isOutputClosed { close(outputPipe.reading) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, outputPipe.writing, 1)
        posix_spawn_file_actions_adddup2(&actions, errorPipe.writing, 2)
        let command = folder.map { ["/usr/bin/env", "-C", $0, path] } ?? [path]
        var words: [UnsafeMutablePointer<CChar>?] = (command + arguments).map { strdup($0) } + [nil]
        let counted = environment.merging(Self.coverage) { given, _ in given }
        var variables: [UnsafeMutablePointer<CChar>?] = counted.map { strdup("\($0)=\($1)") } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var identifier = pid_t()
        let code = posix_spawn(&identifier, command[0], &actions, nil, &words, &variables)
        close(outputPipe.writing)
        close(errorPipe.writing)
        guard code == 0 else { throw StartError(call: "posix_spawn \(path)", code: code) }
        self.identifier = identifier
        outputEnd = isOutputClosed ? -1 : outputPipe.reading
        errorEnd = errorPipe.reading
    }

    deinit {
        if !isReaped {
            kill(identifier, SIGKILL)
            waitpid(identifier, nil, 0)
        }
        if outputEnd >= 0 { close(outputEnd) }
        close(errorEnd)
    }

    /// Reads until standard output holds that text; false where it ends or a minute passes before.
    func readOutput(until text: String) -> Bool {
        drain { String(decoding: $0.output, as: UTF8.self).contains(text) }
    }

    /// What standard output held so far.
    var outputText: String { String(decoding: output, as: UTF8.self) }

    /// Reads to the end and waits; a program that takes longer than a minute is killed.
    func finish() -> Result {
        if !drain(until: { _ in false }, atEnd: true) { kill(identifier, SIGKILL) }
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) == -1 && errno == EINTR {}
        isReaped = true
        let signal = status & 0x7F
        return Result(
            status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: outputText,
            errors: String(decoding: errors, as: UTF8.self))
    }

    /// Reads both streams until the condition holds or both have ended.
    private func drain(until condition: (ChildProcess) -> Bool, atEnd: Bool = false) -> Bool {
        let limit = ContinuousClock.now.advanced(by: .seconds(60))
        var open = [outputEnd, errorEnd].filter { $0 >= 0 }
        while !open.isEmpty {
            if condition(self) { return true }
            let left = ContinuousClock.now.duration(to: limit) / .milliseconds(1)
            guard left > 0 else { return false }
            var polled = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&polled, nfds_t(polled.count), Int32(left)) >= 0 else { continue }
            for entry in polled where entry.revents != 0 {
                var chunk = [UInt8](repeating: 0, count: 1 << 16)
                let count = read(entry.fd, &chunk, chunk.count)
                if count <= 0 {
                    open.removeAll { $0 == entry.fd }
                } else if entry.fd == outputEnd {
                    output += chunk[..<count]
                } else {
                    errors += chunk[..<count]
                }
            }
        }
        return atEnd || condition(self)
    }

    private static func makePipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw StartError(call: "pipe", code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
