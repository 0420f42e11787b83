import Foundation

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
