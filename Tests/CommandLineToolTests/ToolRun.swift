import CommandLineTool
import Foundation
import MockControlPlane
import Synchronization

@testable import HTTP

/// What a stream was given.
final class CapturedOutput: TextOutput {
    private let written = Mutex("")
    let isTerminal: Bool

    init(isTerminal: Bool = false) {
        self.isTerminal = isTerminal
    }

    var text: String { written.withLock { $0 } }

    func write(_ text: String) {
        written.withLock { $0 += text }
    }
}

/// A clock that leaps ahead by every sleep, so that no test waits.
final class LeapingClock: Sendable {
    private let slept = Mutex<[Duration]>([])
    private let look: @Sendable () -> Void
    private let sleep: @Sendable () -> Void

    /// Runs one closure whenever the clock is read, which is before and after every request, and the other
    /// at every sleep.
    init(onLook look: @escaping @Sendable () -> Void = {}, onSleep sleep: @escaping @Sendable () -> Void = {}) {
        self.look = look
        self.sleep = sleep
    }

    /// All sleeps so far.
    var sleeps: [Duration] { slept.withLock { $0 } }

    var timing: Timing {
        Timing(
            now: {
                self.look()
                return ContinuousClock.now.advanced(by: self.sleeps.reduce(.zero, +))
            }, wallClock: { 1_700_000_000 },
            sleep: { duration in
                self.slept.withLock { $0.append(duration) }
                self.sleep()
            }, random: { 0.5 })
    }
}

/// One command line, run inside the test, and what came of it.
struct ToolRun {
    let code: ExitCode
    let output: String
    let errors: String
    let sleeps: [Duration]

    /// The last line on standard error.
    var lastLine: String { errors.split(separator: "\n").last.map(String.init) ?? "" }

    init(
        _ arguments: [String], environment: [String: String] = [:], workingDirectory: String = "/",
        isTerminal: Bool = false, clock: LeapingClock = LeapingClock(), timing: Timing? = nil
    ) {
        let output = CapturedOutput(isTerminal: isTerminal)
        let errors = CapturedOutput(isTerminal: isTerminal)
        let tool = CommandLineTool(
            environment: environment, workingDirectory: workingDirectory, output: output, errorOutput: errors,
            timing: timing ?? clock.timing)
        code = tool.run(arguments)
        self.output = output.text
        self.errors = errors.text
        sleeps = clock.sleeps
    }
}

/// A folder that goes away with the test.
final class ScratchFolder {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        path = NSTemporaryDirectory() + "workload-publisher-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(text, to: name) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ text: String, to name: String) throws {
        let file = "\(path)/\(name)"
        let folder = String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: file, atomically: false, encoding: .utf8)
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
    }

    func read(_ name: String) -> String? {
        try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    var names: [String] {
        ((try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []).sorted()
    }
}
