import Checkout
import Testing
import WorkloadModel

@Suite struct FilesThatADescriptorNames {
    @Test(arguments: [
        ("app/../b.txt", ""),
        ("../a.txt", ""),
        (
            "../../outside/secret.txt",
            "'../../outside/secret.txt' leads outside the source dir; name a path that stays inside it"
        ),
        ("link", "'link' leads outside the source dir; name a path that stays inside it"),
        (
            "/etc/passwd",
            "'/etc/passwd' is an absolute path; write it relative to the descriptor's folder"
        ),
        ("app", "'app' is a folder, not a file"),
        ("pipe", "'pipe' is a named pipe, and only regular files are read"),
        ("none.yaml", "'none.yaml' does not exist; write the path relative to the descriptor's folder"),
        ("big", "'big' is too large: 1572865 bytes or more, and at most 1536 KiB is read; shorten it"),
        ("\"a\\0b\"", "'a\\0b' is not a usable path: it contains a NUL character"),
        ("\"\\e[2J\"", "'\\u{1B}[2J' does not exist; write the path relative to the descriptor's folder"),
    ])
    func `files that a descriptor names are read inside the source dir alone, and the message names the field`(
        path: String, error: String
    ) throws {
        let fixture = try SourceTreeFixture()
        try fixture.link("source/svc/link", to: "BASE/outside/secret.txt")
        try fixture.makePipe("source/svc/pipe")
        try fixture.write(String(repeating: "x", count: 3 << 19 + 1), to: "source/svc/big")
        let tree = try fixture.tree()
        let source = """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints:
              - {name: api, port: 80, type: TCP, schemaFile: \(path)}
            configurations:
              files:
                - {name: a, mountPath: /m, valueFrom: {path: \(path)}}
            """
        let report = DescriptorReader.read(Array(source.utf8)) { path, limit throws(SourceTreeError) in
            try tree.contents(of: path, from: "svc", limit: limit)
        }
        let expected = error.isEmpty ? "" : "3:50: error: 'schemaFile': \(error)\n6:50: error: 'path': \(error)"
        #expect(report.diagnostics.map(\.description).joined(separator: "\n") == expected)
        #expect((report.descriptor == nil) == !error.isEmpty)
    }
}
