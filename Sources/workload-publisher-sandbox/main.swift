import CommandLineTool
import Glibc
import MockControlPlane

let arguments = Array(CommandLine.arguments.dropFirst())
do {
    switch arguments.first {
    case nil: try Demonstration().run()
    case "help", "--help", "-h": try StandardStream.output.write(Sandbox.help)
    case "serve": try Serving(arguments: Array(arguments.dropFirst())).run()
    default:
        let controlPlane = try MockControlPlane.started()
        CommandLineTool.runProcess(arguments, environment: Sandbox(controlPlane).environment(for: arguments))
    }
} catch let error as SandboxError {
    try? StandardStream.error.write("error: \(error)\n")
    exit(ExitCode.usage.rawValue)
} catch {
    try? StandardStream.error.write("error: \(error)\n")
    exit(1)
}
