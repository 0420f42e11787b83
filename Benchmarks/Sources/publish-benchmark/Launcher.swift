import Glibc
import Loopback
import Synchronization
import TestPrograms

/// What one run of a program cost.
struct Measurement: Equatable, Sendable {
    /// From the start of the process to its end, in milliseconds.
    let wall: Double
    /// Processor time of the program and all programs that it started, in milliseconds.
    let processor: Double
    /// The largest resident memory of the program or of one that it started, in KiB.
    let peakMemory: Int
}

/// Runs and measures a program from a process of its own.
///
/// Linux counts the memory of the process that starts a program towards the program's peak, and this one holds servers.
enum Launcher {
    /// The argument that makes this executable a launcher: how many processes, how many of them at once, variables, then
    /// `--`, then the program and its arguments.
    static let role = "--launch"

    /// Measures one run, or so many, some of them at once; throws where the program fails.
    ///
    /// Of many runs wall time is that of all together, and memory that of the largest.
    static func measure(_ call: ProgramCall, processes: Int = 1, jobs: Int = 1) throws -> Measurement {
        let variables = call.environment.map { "\($0.key)=\($0.value)" }
        let launcher = ProgramCall(
            "/proc/self/exe",
            [role, "\(processes)", "\(jobs)"] + variables + ["--", call.program] + call.arguments)
        let result = try ChildProcess(launcher).finish(within: .seconds(600))
        guard let measured = Report(result.output) else {
            throw BenchmarkError("the launcher of \(call.program) reports nothing: \(result.errors)")
        }
        guard measured.status == 0 else {
            throw BenchmarkError("\(call.program) failed with status \(measured.status): \(result.errors)")
        }
        return measured.measurement
    }

    /// The digits that stand for a number in the arguments of its process, in the place of `{}`.
    static func digits(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// The launcher's own work.
    static func run(_ arguments: ArraySlice<String>) throws {
        let words = Array(arguments)
        guard words.count > 2, let processes = Int(words[0]), let jobs = Int(words[1]),
            let separator = words.firstIndex(of: "--"), separator + 1 < words.endIndex
        else { throw SystemCallError("launch", code: EINVAL) }
        let variables = words[2..<separator].map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        let environment = Dictionary(
            variables.map { ($0[0], $0.count == 2 ? $0[1] : "") }, uniquingKeysWith: { _, last in last })
        let call = ProgramCall(words[separator + 1], Array(words[(separator + 2)...]), environment: environment)
        let runs = Runs(call, count: processes)
        let start = MonotonicTime.now
        let threads = try (1..<max(1, min(jobs, processes))).map { _ in try SystemThread { runs.work() } }
        runs.work()
        for thread in threads { thread.join() }
        let wall = MonotonicTime.now - start
        let total = runs.total.withLock { $0 }
        print(total.status, wall, total.processor, total.peakMemory)
    }

    /// The processes of one measurement, which several threads take from.
    final class Runs: Sendable {
        struct Total {
            var started = 0
            var status = 0
            /// Microseconds.
            var processor = 0
            /// KiB.
            var peakMemory = 0
        }

        let total = Mutex(Total())
        private let call: ProgramCall
        private let count: Int

        init(_ call: ProgramCall, count: Int) {
            self.call = call
            self.count = count
        }

        /// Starts one process after the other until there is none left or one has failed.
        func work() {
            while let number = next() {
                var call = call
                if count > 1 {
                    call.arguments = call.arguments.map { $0.replacing("{}", with: Launcher.digits(number)) }
                }
                let child = try? ChildProcess(call, output: .discarded, errors: .descriptor(2))
                guard let (status, usage) = child?.wait() else { return total.withLock { $0.status = 127 } }
                let times = [usage.ru_utime, usage.ru_stime]
                total.withLock { total in
                    if status != 0 { total.status = Int(status) }
                    total.processor += times.reduce(0) { $0 + $1.tv_sec * 1_000_000 + Int($1.tv_usec) }
                    total.peakMemory = max(total.peakMemory, usage.ru_maxrss)
                }
            }
        }

        private func next() -> Int? {
            total.withLock { total in
                guard total.started < count, total.status == 0 else { return nil }
                total.started += 1
                return total.started - 1
            }
        }
    }

    /// What a launcher prints: status, nanoseconds, microseconds of processor time, KiB.
    struct Report: Equatable {
        let status: Int
        let measurement: Measurement

        init?(_ text: String) {
            let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
            guard numbers.count == 4 else { return nil }
            status = numbers[0]
            measurement = Measurement(
                wall: Double(numbers[1]) / 1_000_000, processor: Double(numbers[2]) / 1000, peakMemory: numbers[3])
        }
    }
}
