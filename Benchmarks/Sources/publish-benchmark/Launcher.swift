import Glibc
import Loopback
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
    /// The argument that makes this executable a launcher: variables, then `--`, then the program and its arguments.
    static let role = "--launch"

    /// Measures one run; throws where the program fails.
    static func measure(_ call: ProgramCall) throws -> Measurement {
        let variables = call.environment.map { "\($0.key)=\($0.value)" }
        let launcher = ProgramCall("/proc/self/exe", [role] + variables + ["--", call.program] + call.arguments)
        let result = try ChildProcess(launcher).finish()
        guard let measured = Report(result.output) else {
            throw BenchmarkError("the launcher of \(call.program) reports nothing: \(result.errors)")
        }
        guard measured.status == 0 else {
            throw BenchmarkError("\(call.program) failed with status \(measured.status): \(result.errors)")
        }
        return measured.measurement
    }

    /// The launcher's own work.
    static func run(_ arguments: ArraySlice<String>) throws(SystemCallError) {
        guard let separator = arguments.firstIndex(of: "--"), separator + 1 < arguments.endIndex else {
            throw SystemCallError("launch", code: EINVAL)
        }
        let variables = arguments[..<separator].map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        let environment = Dictionary(
            variables.map { ($0[0], $0.count == 2 ? $0[1] : "") }, uniquingKeysWith: { _, last in last })
        let call = ProgramCall(
            arguments[separator + 1], Array(arguments[(separator + 2)...]), environment: environment)
        let start = MonotonicTime.now
        let child = try ChildProcess(call, output: .discarded, errors: .descriptor(2))
        let (status, usage) = child.wait()
        let wall = MonotonicTime.now - start
        let processor = [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + $1.tv_sec * 1_000_000 + Int($1.tv_usec) }
        print(status, wall, processor, usage.ru_maxrss)
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
