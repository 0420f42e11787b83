import CommandLineTool
import Glibc
import JSON
import MockControlPlane
import System
import YAML

/// Publishes an example twice and shows what went over the wire.
struct Demonstration {
    private let descriptors: String

    /// Finds the examples: in the current folder, or else where this program's source is.
    init() throws {
        let inCheckout =
            #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
            .joined(separator: "/") + "/descriptors"
        guard let found = ["descriptors", inCheckout].first(where: { access("\($0)/reading-list-service", R_OK) == 0 })
        else {
            throw SandboxError(
                "there is no folder descriptors/ here; run this in the project's folder, or give a command, like "
                    + "'publish --source-dir DIR'")
        }
        descriptors = found
    }

    func run() throws {
        let controlPlane = try MockControlPlane.started(Sandbox.configure)
        // Nothing of this process's environment: the example goes to this control plane and to no other.
        let environment = Dictionary(uniqueKeysWithValues: Sandbox(controlPlane).variables.map { ($0.name, $0.value) })
        say("A control plane listens on \(controlPlane.baseURL), in this very process. Publishing the example in")
        say("\(descriptors)/reading-list-service to it, twice:")
        var shown = 0
        for image in ["1.0.0", "1.1.0"] {
            let arguments = [
                "publish", "--image", "registry.example.com/reading-list/service:\(image)", "--namespace",
                Sandbox.namespace, "--project", "reading-list", "--component", "reading-list-service", "--source-dir",
                "\(descriptors)/reading-list-service", "--run-name", Sandbox.run, "--quiet",
            ]
            say("\n$ workload-publisher \(arguments.joined(separator: " "))")
            let tool = CommandLineTool(
                environment: environment, workingDirectory: ProcessEnvironment.workingDirectory,
                output: StandardStream.output, errorOutput: StandardStream.error)
            let code = tool.run(arguments)
            guard code == .success else { exit(code.rawValue) }
            let requests = controlPlane.requests
            for request in requests[shown...] { show(request) }
            shown = requests.count
        }
        say("\nThe control plane served \(shown) requests over \(controlPlane.connectionCount) connections.")
        let name = "reading-list-service-workload"
        if let workload = controlPlane.workloads[Sandbox.namespace, name]?.withShortTexts.yaml {
            say("It holds one Workload now, long texts cut:\n\n\(workload)")
        }
        controlPlane.stop()
    }

    private func show(_ request: MockControlPlane.RecordedRequest) {
        say(
            "    connection \(request.connection): \(request.method) \(request.target) -> \(request.status ?? 0), "
                + "\(request.body.count) bytes sent")
    }

    private func say(_ text: String) {
        // Standard output is unbuffered elsewhere; this keeps both in order.
        try? StandardStream.output.write(text + "\n")
    }
}

extension JSONValue {
    /// The same with each text's first lines alone: an API description is longer than a screen.
    fileprivate var withShortTexts: JSONValue {
        switch self {
        case .string(let text):
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            return .string(lines.count <= 5 ? text : lines.prefix(3).joined(separator: "\n") + "\n…\n")
        case .array(let elements): return .array(elements.map(\.withShortTexts))
        case .object(let object):
            return .object(JSONObject(object.members.map { .init(name: $0.name, value: $0.value.withShortTexts) }))
        case .null, .bool, .number: return self
        }
    }
}

/// Why the sandbox cannot do what it was asked.
struct SandboxError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
