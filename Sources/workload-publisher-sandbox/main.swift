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
        let sandbox = Sandbox(try MockControlPlane.started(Sandbox.configure))
        sandbox.serveKinds(of: Array(arguments.dropFirst()))
        CommandLineTool.runProcess(arguments, environment: sandbox.environment(for: arguments))
    }
} catch let error as SandboxError {
    try? StandardStream.error.write("error: \(error)\n")
    exit(ExitCode.usage.rawValue)
} catch {
    try? StandardStream.error.write("error: \(error)\n")
    exit(1)
}
