import CommandLineTool
import Foundation
import Testing

@Suite struct FixingDescriptors {
    private static let former = """
        apiVersion: openchoreo.dev/v1alpha1
        kind: Workload
        endpoints:
          - Name: api   # mine
            port: "8080"
            type: REST
            networkVisibilities: [Public]

        """
    private static let present = """
        apiVersion: openchoreo.dev/v1alpha1
        endpoints:
          - name: api   # mine
            port: 8080
            type: HTTP
            visibility: [external]

        """
    private static let opened =
        "'visibility' now opens the endpoint (external), which 'networkVisibilities' did not; review it"

    private func validate(_ arguments: String..., in folder: ScratchFolder) -> ToolRun {
        ToolRun(["validate"] + arguments, workingDirectory: folder.path)
    }

    @Test func `validate --fix rewrites in place, says what it opens, and changes nothing the second time`() throws {
        let folder = try ScratchFolder(["workload.yaml": Self.former])
        let run = validate("--fix", in: folder)
        #expect(folder.read("workload.yaml") == Self.present)
        #expect(run.output == "workload.yaml:6:5: warning: \(Self.opened)\n1 file: 0 errors, 1 warning\n")
        #expect((run.code, run.errors) == (.success, "workload.yaml: updated\n"))
        let again = validate("--fix", in: folder)
        #expect((again.code, again.output, again.errors) == (.success, "1 file: 0 errors, 0 warnings\n", ""))
        #expect(folder.read("workload.yaml") == Self.present)
    }

    @Test func `validate --fix --diff prints the change and writes nothing`() throws {
        let folder = try ScratchFolder(["workload.yaml": Self.former])
        let run = validate("--fix", "--diff", in: folder)
        #expect(run.code == .success)
        #expect(folder.read("workload.yaml") == Self.former)
        for line in ["-kind: Workload", "-  - Name: api   # mine", "+  - name: api   # mine", "+    port: 8080"] {
            #expect(run.output.contains("\n\(line)\n"), "\(line)")
        }
        #expect(run.errors == "workload.yaml:6:5: warning: \(Self.opened)\n1 file: 0 errors, 1 warning\n")
        #expect(validate("--fix", "--diff", "--strict", in: folder).code == .invalidData)
        #expect(validate("--fix", in: folder).code == .success)
        #expect(validate("--fix", "--diff", in: folder).output == "")
    }

    @Test func `validate --diff without --fix is a usage error`() throws {
        let folder = try ScratchFolder(["workload.yaml": Self.former])
        let run = validate("--diff", in: folder)
        #expect((run.code, run.output) == (.usage, ""))
        #expect(run.errors.hasPrefix("error: --diff: it shows what --fix would change; give both"))
    }

    @Test func `validate --fix reports what it cannot mend, and mends the rest`() throws {
        let folder = try ScratchFolder([
            "workload.yaml": "apiVersion: openchoreo.dev/v1alpha1\nendpoints:\n- {name: a, PORT: 80, type: FTP}\n"
        ])
        let run = validate("--fix", in: folder)
        #expect(run.code == .invalidData)
        #expect(folder.read("workload.yaml")?.contains("{name: a, port: 80, type: FTP}") == true)
        #expect(run.output.hasSuffix("1 file: 1 error, 0 warnings\n"))
    }

    @Test func `validate --fix of a link edits the file that it leads to, inside the source dir alone`() throws {
        let folder = try ScratchFolder(["shared/real.yaml": Self.former, "api/other": ""])
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/api/workload.yaml", withDestinationPath: "../shared/real.yaml")
        #expect(validate("--fix", in: folder).code == .success)
        #expect(folder.read("shared/real.yaml") == Self.present)
        let outside = try ScratchFolder(["real.yaml": Self.former])
        try FileManager.default.removeItem(atPath: "\(folder.path)/api/workload.yaml")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/api/workload.yaml", withDestinationPath: "\(outside.path)/real.yaml")
        #expect(validate("--fix", in: folder).code == .invalidData)
        #expect(outside.read("real.yaml") == Self.former)
    }
}
