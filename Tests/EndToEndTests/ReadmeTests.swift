import Foundation
import TestPrograms
import Testing

@Suite struct TheCommandsOfTheReadme {
    private static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The blocks behind the mark in these pages, in their order.
    private static func blocks(_ pages: String...) throws -> [String] {
        try pages.flatMap { page in
            let text = try String(contentsOf: checkout.appending(path: page), encoding: .utf8)
            return text.components(separatedBy: "<!-- run by a test -->\n```sh\n").dropFirst().map { rest in
                rest.components(separatedBy: "```\n")[0]
            }
        }
    }

    /// As a reader would: one after the other in one shell, in a clone, with the control plane in another terminal.
    @Test func `do what it says`() throws {
        let blocks = try Self.blocks("README.md", "Documentation/pipelines.md", "Documentation/descriptor.md")
        #expect(blocks.count == 5)
        let server = try BuiltProgram.sandbox.start(["serve"])
        #expect(server.readOutput(until: "OAUTH_TOKEN_URL="))
        let firstLine = try #require(server.outputText.split(separator: "\n").first)
        let address = try #require(firstLine.split(separator: "'").last).dropFirst("http://".count)
        let script = blocks.joined().replacing("127.0.0.1:8765", with: address)
        #expect(script.contains(address))

        let clone = URL(filePath: NSTemporaryDirectory()).appending(path: "workload-publisher-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: clone, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: clone) }
        try FileManager.default.copyItem(
            at: Self.checkout.appending(path: "descriptors"), to: clone.appending(path: "descriptors"))
        let programs = URL(filePath: BuiltProgram.publisher.path).deletingLastPathComponent().path
        let result = try ChildProcess(
            "/bin/bash", ["-euc", script], environment: ["PATH": "\(programs):/usr/bin:/bin"], folder: clone.path
        ).finish()

        #expect(result.status == 0, "\(result.errors)")
        var rest = result.output[...]
        for part in [
            "POST <oauth-token-url>\n", "POST <api-server-url>/api/v1/namespaces/default/workloads\n",
            "\nworkload/api-workload built (dry run)\n", "workload/api-workload created\n",
            "\n-    image: registry.example.com/shop/api:1.0.0\n+    image: registry.example.com/shop/api:1.1.0\n",
            "\nworkload/api-workload updated (dry run)\n", "workload/api-workload updated\n",
            "1 file: 0 errors, 0 warnings\n", "\nkind: Workload\n",
        ] {
            let found = try #require(rest.range(of: part), "\(part) in \(rest)")
            rest = rest[found.upperBound...]
        }
        let example = clone.appending(path: "descriptors/minimal")
        #expect(FileManager.default.fileExists(atPath: example.appending(path: "workload.schema.json").path))
        for file in ["generate-workload.yaml", "action.yml", "generate-workload.yml"] {
            let text = try String(contentsOf: example.appending(path: file), encoding: .utf8)
            #expect(text.contains("registry.example.com/ci/workload-publisher:0.1.0"), "\(file)")
        }
    }
}
