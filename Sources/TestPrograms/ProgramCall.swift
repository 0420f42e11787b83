import Glibc

/// A program to run, with everything that it is given.
public struct ProgramCall: Sendable {
    /// Where the system's programs are.
    public static let usualPath = ["PATH": "/usr/local/bin:/usr/bin:/bin"]

    /// The path of the program.
    public var program: String
    /// What follows its name.
    public var arguments: [String]
    /// All variables that it sees.
    public var environment: [String: String]
    /// The folder that it starts in; nil is this process's.
    public var folder: String?

    /// A call of the program at that path.
    public init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], folder: String? = nil
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
    }

    /// Where a program of the system is, as a shell would look for it; nil where there is none.
    public static func path(of name: String) -> String? {
        ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"].map { "\($0)/\(name)" }
            .first { access($0, X_OK) == 0 }
    }

    /// Runs it to its end and returns what it wrote to standard output; throws where it fails, with its errors.
    @discardableResult
    public func run() throws(ProgramFailure) -> String {
        let result: ChildProcess.Result
        do {
            result = try ChildProcess(self).finish()
        } catch {
            throw ProgramFailure("\(error)")
        }
        guard result.status == 0 else {
            throw ProgramFailure("\(program) failed with status \(result.status): \(result.errors)")
        }
        return result.output
    }
}

/// Why a program that others depend on does not run.
public struct ProgramFailure: Error, CustomStringConvertible {
    /// The program and what it wrote.
    public let description: String

    /// A failure with that description.
    public init(_ description: String) {
        self.description = description
    }
}
