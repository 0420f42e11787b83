import Foundation
import TestPrograms

/// The executables that were built beside the tests.
enum BuiltProgram: String {
    case publisher = "workload-publisher"
    case sandbox = "workload-publisher-sandbox"

    /// Where it is: in the folder of the test bundle.
    var path: String {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(rawValue).path
    }

    /// Runs it to its end with nothing in its environment but these variables.
    func run(
        _ arguments: [String], environment: [String: String] = [:], folder: String? = nil
    ) throws -> ChildProcess.Result {
        try start(arguments, environment: environment, folder: folder).finish()
    }

    /// Starts it.
    func start(
        _ arguments: [String], environment: [String: String] = [:], folder: String? = nil
    ) throws -> ChildProcess {
        try ChildProcess(path, arguments, environment: environment, folder: folder)
    }
}

extension ChildProcess {
    /// Where a program counts the lines that it runs while coverage is measured; else it would be its own folder.
    private static let coverage = ProcessInfo.processInfo.environment.filter { $0.key == "LLVM_PROFILE_FILE" }

    /// Starts a program; `isOutputClosed` gives it a standard output without a reader.
    convenience init(
        _ path: String, _ arguments: [String], environment: [String: String], folder: String? = nil,
        isOutputClosed: Bool = false
    ) throws {
        let environment = environment.merging(Self.coverage) { given, _ in given }
        try self.init(
            ProgramCall(path, arguments, environment: environment, folder: folder),
            output: isOutputClosed ? .broken : .gathered)
    }
}
