import CommandLineTool
import Foundation
import JSON
import Testing

@Suite struct Validating {
    static let wrong = """
        apiVersion: openchoreo.dev/v1alpha1
        endpoints:
          - name: api
            port: "80"
            type: htp
            displayNam: API

        """

    static let report = """
        workload.yaml:4:11: error: 'port' must be an integer from 1 to 65535, found the text '80'; remove the quotes
        workload.yaml:5:11: error: unknown value 'htp' for 'type'; did you mean 'HTTP'?
        workload.yaml:6:5: warning: unknown key 'displayNam', nothing of it is sent; did you mean 'displayName'?
        1 file: 2 errors, 1 warning

        """

    private func validate(
        _ arguments: String..., in folder: ScratchFolder, environment: [String: String] = [:], isTerminal: Bool = false
    ) -> ToolRun {
        ToolRun(
            ["validate"] + arguments, environment: environment, workingDirectory: folder.path, isTerminal: isTerminal)
    }

    @Test func `validate reports every problem on standard output, and its number last on standard error`() throws {
        let folder = try ScratchFolder(["workload.yaml": Self.wrong])
        let run = validate(in: folder)
        #expect(run.output == Self.report)
        #expect(run.errors == "error: 2 errors, 1 warning; fix the descriptor and run this again\n")
        #expect(run.code == .invalidData)
    }

    @Test func `validate finds nothing wrong with what is right`() throws {
        let folder = try ScratchFolder(["workload.yaml": Bench.descriptor])
        let run = validate(in: folder)
        #expect(run.output == "1 file: 0 errors, 0 warnings\n")
        #expect(run.errors == "")
        #expect(run.code == .success)
    }

    @Test func `validate lets warnings pass, unless it is strict`() throws {
        let folder = try ScratchFolder(["workload.yaml": "endpoints: []\n"])
        let text = """
            workload.yaml:1:1: warning: 'apiVersion' is missing; write 'apiVersion: openchoreo.dev/v1alpha1'
            1 file: 0 errors, 1 warning

            """
        let strict = text.replacing("warning: ", with: "error: ").replacing(
            "0 errors, 1 warning", with: "1 error, 0 warnings")
        let lenient = validate(in: folder)
        #expect((lenient.code, lenient.output, lenient.errors) == (.success, text, ""))
        let message =
            "error: 1 error, 0 warnings, and --strict (STRICT) makes warnings errors; fix the descriptor and run "
            + "this again\n"
        for run in [validate("--strict", in: folder), validate(in: folder, environment: ["STRICT": "true"])] {
            #expect((run.code, run.output, run.errors) == (.invalidData, strict, message))
        }
    }

    @Test func `validate searches folders, and names files as they were asked for`() throws {
        let folder = try ScratchFolder([
            "b/workload.yaml": "endpoints: 1\n", "b/c/workload.yaml": "", "a/other.yaml": "x: 1\n",
            "node_modules/workload.yaml": "nothing: 1\n", "b/.git/workload.yaml": "nothing: 1\n",
        ])
        let empty = "1:1: warning: the descriptor is empty, so the Workload holds the image alone\n"
        let version = "1:1: warning: 'apiVersion' is missing; write 'apiVersion: openchoreo.dev/v1alpha1'\n"
        let list =
            "1:12: error: 'endpoints' must be a list, found the number 1; begin each entry with '- name: '\n"
        #expect(
            validate(in: folder).output
                == "b/c/workload.yaml:\(empty)b/workload.yaml:\(version)b/workload.yaml:\(list)"
                + "2 files: 1 error, 2 warnings\n")
        #expect(
            validate("./b/", "a/other.yaml", "b", in: folder).output
                == "./b/c/workload.yaml:\(empty)./b/workload.yaml:\(version)./b/workload.yaml:\(list)"
                + "a/other.yaml:1:1: error: unknown key 'x'; the keys here are apiVersion, "
                + "metadata, endpoints, dependencies, connections, configurations\n"
                + "a/other.yaml:\(version)"
                + "3 files: 2 errors, 3 warnings\n")
        let path = "\(folder.path)/b/c"
        #expect(
            validate(path, in: folder).output == "\(path)/workload.yaml:\(empty)1 file: 0 errors, 1 warning\n")
    }

    /// Equal to Swift, and two folders to the file system.
    @Test func `validate takes folders whose names are equivalent for two`() throws {
        let folder = try ScratchFolder(["\u{E9}/workload.yaml": "endpoints: 1\n"])
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/e\u{301}", withIntermediateDirectories: false)
        try folder.write(Array("endpoints: 2\n".utf8), to: "e\u{301}/workload.yaml")
        let run = validate(in: folder)
        #expect(run.output.hasSuffix("2 files: 2 errors, 2 warnings\n"))
        #expect(validate("\u{E9}", "e\u{301}", in: folder).output.hasSuffix("2 files: 2 errors, 2 warnings\n"))
    }

    @Test func `validate reports the paths that are wrong all at once, and nothing else`() throws {
        let folder = try ScratchFolder(["workload.yaml": Self.wrong, "empty/x": ""])
        try #require(mkfifo("\(folder.path)/pipe", 0o600) == 0)
        let run = validate("none", "workload.yaml", "empty", "workload.yaml/x", "pipe", in: folder)
        #expect(run.code == .noInput)
        #expect(run.output == "")
        #expect(
            run.errors == """
                error: PATH: 'none' does not exist; check the path
                error: PATH: there is no workload.yaml in 'empty' or below; name a folder that has one
                error: PATH: 'workload.yaml/x' does not exist: 'workload.yaml' is not a folder; check the path
                error: PATH: 'pipe' is a named pipe, and only regular files are read (no report was printed)

                """)
    }

    @Test func `validate says that there is nothing to check, which is no error`() throws {
        let folder = try ScratchFolder(["x/y": ""])
        let message =
            "there is no workload.yaml here or below, without which publish makes a Workload of the image alone"
        let advice = "name the PATH of one, if there is one"
        let run = validate(in: folder)
        #expect(run.output == "0 files: 0 errors, 0 warnings\n")
        #expect(run.errors == "warning: \(message); \(advice)\n")
        #expect(run.code == .success)
        let strict = validate("--strict", in: folder)
        #expect(strict.errors == "error: \(message), and --strict (STRICT) makes warnings errors; \(advice)\n")
        #expect(strict.code == .invalidData)
    }

    @Test func `validate reports a file that was probably meant to be a descriptor`() throws {
        let folder = try ScratchFolder([
            "a/workload.yml": "", "b/workload.yml": "", "b/workload.yaml": Bench.descriptor, "c/workload.yml/x": "",
        ])
        let run = validate(in: folder)
        #expect(
            run.output == """
                a/workload.yml:1:1: warning: this file is not read; rename it to workload.yaml
                1 file: 0 errors, 1 warning

                """)
        #expect(run.code == .success)
        #expect(validate("a", in: folder).code == .success)
        #expect(validate("--strict", "a", in: folder).code == .invalidData)
        #expect(validate("a/workload.yml", in: folder).output.contains("the descriptor is empty"))
    }

    @Test func `validate takes the source dir for a fence`() throws {
        let folder = try ScratchFolder([
            "source/api/workload.yaml": """
            apiVersion: openchoreo.dev/v1alpha1
            endpoints: [{name: a, port: 1, type: HTTP, schemaFile: ../openapi.yaml}]
            """,
            "source/openapi.yaml": "openapi: 3.0.3\n", "other/workload.yaml": Bench.descriptor,
        ])
        #expect(validate("source/api", in: folder).code == .success)
        let fenced = ToolRun(["validate", "."], workingDirectory: "\(folder.path)/source/api")
        #expect(
            fenced.output.hasPrefix(
                "workload.yaml:2:56: error: 'schemaFile': '../openapi.yaml' leads outside the source dir"))
        let outside = ToolRun(["validate", "../../other"], workingDirectory: "\(folder.path)/source/api")
        #expect(outside.output == "1 file: 0 errors, 0 warnings\n")

        let given = ["SOURCE_DIR": "source"]
        #expect(validate(in: folder, environment: given).output == "1 file: 0 errors, 0 warnings\n")
        #expect(validate("--source-dir=source", "source/api/workload.yaml", in: folder).code == .success)
        let refused = validate("other", in: folder, environment: given)
        #expect(refused.code == .noInput)
        #expect(
            refused.errors
                == "error: PATH: 'other' leads outside the source dir; name a path that stays inside it (no "
                + "report was printed)\n"
        )
        let within = ToolRun(
            ["validate"], environment: ["SOURCE_DIR": "../../source"], workingDirectory: "\(folder.path)/source/api")
        #expect((within.output, within.code) == ("1 file: 0 errors, 0 warnings\n", .success))
        let missing = validate("--source-dir", "none", in: folder)
        #expect(missing.code == .noInput)
        #expect(
            missing.errors
                == "error: --source-dir (SOURCE_DIR): 'none' does not exist; write the path relative to the current folder\n"
        )
    }

    @Test func `validate shows the first hundred, errors before warnings, and counts the rest`() throws {
        let keys = (0..<120).map { "  k\($0): 1\n" }.joined()
        let ports = (0..<90).map { "- {name: e\($0), port: 0, type: TCP}\n" }.joined()
        let folder = try ScratchFolder([
            "workload.yaml": "configurations:\n\(keys)apiVersion: openchoreo.dev/v1alpha1\nendpoints:\n\(ports)"
        ])
        let run = validate(in: folder)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 102)
        #expect(lines.count { $0.contains(": error: ") } == 90)
        #expect(lines[9].hasPrefix("workload.yaml:11:3: warning: unknown key 'k9'"))
        #expect(lines[10].hasPrefix("workload.yaml:124:20: error: 'port' must be an integer"))
        #expect(lines[100] == "1 file: and 110 more")
        #expect(lines[101] == "1 file: 90 errors, 120 warnings")
        let json = try JSONValue(parsing: validate("--format=json", in: folder).output)
        #expect(json["diagnostics"]?.array?.count == 100)
        #expect((json["errors"]?.integer, json["warnings"]?.integer) == (90, 120))
        let github = validate("--format=github", in: folder).output.split(separator: "\n")
        #expect(github.count == 101)
        #expect(github.last == "::notice title=more::and 110 more: 90 errors, 120 warnings in all")
    }
}

@Suite struct TheSchemaCommand {
    @Test func `the schema command prints the schema that lies beside the examples`() throws {
        let run = ToolRun(["schema"])
        #expect(run.code == .success)
        #expect(run.errors == "")
        let folder = try ScratchFolder()
        let written = ToolRun(["schema", "--output-file", "\(folder.path)/schema.json"])
        #expect((written.code, written.output) == (.success, ""))
        #expect(folder.read("schema.json") == run.output)
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let kept = repository.appending(path: "descriptors/workload.schema.json")
        #expect(String(decoding: try Data(contentsOf: kept), as: UTF8.self) == run.output)
    }
}
