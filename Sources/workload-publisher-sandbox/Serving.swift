import CommandLineTool
import Glibc
import MockControlPlane

/// Keeps a control plane up until it is stopped, for curl or a second terminal.
struct Serving {
    private let port: UInt16

    /// Reads `--port N`; 0, the default, takes a free port.
    init(arguments: [String]) throws {
        var port = "0"
        switch (arguments.count, arguments.first) {
        case (0, _): break
        case (2, "--port"): port = arguments[1]
        case (1, let word?) where word.utf8.starts(with: "--port=".utf8): port = String(word.dropFirst("--port=".count))
        case (1, "--help"), (1, "-h"):
            try StandardStream.output.write(Sandbox.help)
            exit(0)
        default: throw SandboxError("usage: workload-publisher-sandbox serve [--port N]")
        }
        guard let number = UInt16(port) else { throw SandboxError("--port: this is not a number from 0 to 65535") }
        self.port = number
    }

    func run() throws -> Never {
        let signals = Self.blockedSignals()
        let controlPlane = try MockControlPlane.started {
            $0.port = port
            Sandbox.configure(&$0)
        }
        for (name, value) in Sandbox(controlPlane).variables {
            try StandardStream.output.write("export \(name)='\(value)'\n")
        }
        try StandardStream.error.write(
            "The control plane runs until it is stopped (Ctrl-C). It has the WorkflowRun \(Sandbox.run) in the "
                + "namespace \(Sandbox.namespace).\n")
        Self.log(controlPlane, until: signals)
    }
}
