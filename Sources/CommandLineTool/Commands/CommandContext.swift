import HTTP

/// What a command may use of the world.
struct CommandContext {
    /// The words behind the command's name.
    let arguments: [String]
    let environment: [String: String]
    /// An absolute path.
    let workingDirectory: String
    let console: Console
    let timing: Timing
    /// What has been done so far, for whoever stops the program.
    let progress: Progress
}
