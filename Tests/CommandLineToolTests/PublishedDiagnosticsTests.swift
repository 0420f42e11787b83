import CommandLineTool
import Glibc
import JSON
import Testing

/// What publish and render say of a descriptor is what validate says, on standard error.
@Suite struct DiagnosticsOfPublishAndRender {
    private func run(
        _ command: String, _ arguments: String..., in folder: ScratchFolder, environment: [String: String] = [:],
        isTerminal: Bool = false
    ) -> ToolRun {
        var environment = environment
        environment["NO_COLOR"] = "1"
        let image = arguments.contains { $0.hasPrefix("--image") } ? [] : ["--image=r.example/x:1"]
        let names = image + ["--namespace=n", "--project=p", "--component=c"]
        let mode = command == "publish" ? ["--dry-run"] : []
        return ToolRun(
            [command] + names + mode + arguments, environment: environment, workingDirectory: folder.path,
            isTerminal: isTerminal)
    }

    @Test(arguments: ["publish", "render"])
    func `diagnostics of publish and render are in the same words`(command: String) throws {
        let folder = try ScratchFolder(["workload.yaml": Validating.wrong])
        let run = run(command, in: folder)
        let report = Validating.report.replacing("1 file: ", with: "workload.yaml: ")
        #expect(
            run.errors == report
                + "error: workload.yaml: 2 errors; fix the descriptor and run this again (nothing was done)\n")
        #expect((run.code, run.output) == (.invalidData, ""))
    }

    @Test(arguments: ["publish", "render"])
    func `diagnostics of publish and render show the line on a terminal`(command: String) throws {
        let folder = try ScratchFolder(["workload.yaml": "apiVersion: openchoreo.dev/v1alpha1\nendpoints: 1\n"])
        #expect(
            run(command, in: folder, isTerminal: true).errors == """
                workload.yaml:2:12: error: 'endpoints' must be a list, found the number 1; begin each entry with \
                '- name: '
                  endpoints: 1
                             ^
                workload.yaml: 1 error, 0 warnings
                error: workload.yaml: 1 error; fix the descriptor and run this again (nothing was done)

                """)
    }

    @Test func `diagnostics of publish and render are objects in a log of objects`() throws {
        let folder = try ScratchFolder(["workload.yaml": Validating.wrong])
        let run = run("publish", "--log-format=json", in: folder)
        let lines = try run.errors.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(
            lines.map { $0["event"] } == ["diagnostic", "diagnostic", "diagnostic", "descriptor-checked", "failed"])
        #expect(lines.map { $0["level"] } == ["error", "error", "warning", "error", "error"])
        let second = try #require(lines.dropFirst().first?.object)
        let expected: JSONValue = [
            "time": "2023-11-14T22:13:20.000Z", "level": "error", "event": "diagnostic", "file": "workload.yaml",
            "line": 5, "column": 11, "severity": "error", "code": "unknown-value", "suggestion": "HTTP",
            "message": "unknown value 'htp' for 'type'; did you mean 'HTTP'?",
        ]
        #expect(JSONValue.object(second) == expected)
        #expect(lines[3]["message"] == "workload.yaml: 2 errors, 1 warning")
        #expect((lines[3]["errors"], lines[3]["warnings"]) == (2, 1))
    }

    @Test func `diagnostics of publish and render are not there where there are none`() throws {
        let folder = try ScratchFolder(["workload.yaml": Bench.descriptor])
        for format in ["text", "json"] {
            #expect(run("publish", "--log-format=\(format)", in: folder).errors == "")
        }
    }

    @Test func `diagnostics of publish and render make a strict run fail, which says why`() throws {
        let folder = try ScratchFolder(["workload.yaml": "endpoints: []\n"])
        let run = run("render", "--strict", "--image=r.example/x", in: folder)
        #expect(
            run.errors == """
                error: --image (IMAGE): the image has no tag, so it means 'latest' at any time; give it a tag or a \
                digest
                workload.yaml:1:1: error: 'apiVersion' is missing; write 'apiVersion: openchoreo.dev/v1alpha1'
                workload.yaml: 1 error, 0 warnings
                error: workload.yaml: 1 error, and --strict (STRICT) makes warnings errors; fix the descriptor and run \
                this again (nothing was done)

                """)
        #expect((run.code, run.output) == (.invalidData, ""))
    }

    @Test func `diagnostics of publish and render report a descriptor that cannot be read`() throws {
        let folder = try ScratchFolder()
        try #require(mkfifo("\(folder.path)/workload.yaml", 0o600) == 0)
        let found = run("render", in: folder)
        #expect(
            found.errors == """
                workload.yaml:1:1: error: 'workload.yaml' is a named pipe, and only regular files are read
                workload.yaml: 1 error, 0 warnings
                error: workload.yaml: 1 error; fix the descriptor and run this again (nothing was done)

                """)
        #expect(found.code == .invalidData)
        let named = run("render", "--descriptor=workload.yaml", in: folder)
        #expect(
            named.errors
                == "error: --descriptor (DESCRIPTOR): 'workload.yaml' is a named pipe, and only regular files "
                + "are read\n"
        )
        #expect(named.code == .noInput)
        #expect(run("render", "--descriptor=none.yaml", in: folder).code == .noInput)
    }

    @Test func `diagnostics of publish and render say where no descriptor is, unless only warnings are wanted`() throws
    {
        let folder = try ScratchFolder(["api/workload.yaml": Bench.descriptor, "web/index.html": ""])
        #expect(
            run("render", "--app-path=web", in: folder).errors
                == "there is no 'web/workload.yaml': the Workload is made of the image alone\n")
        #expect(
            run("publish", "--dry-run", in: folder).errors
                == "there is no 'workload.yaml': the Workload is made of the image alone\n")
        #expect(run("publish", "--dry-run", "--quiet", in: folder).errors == "")
        #expect(run("render", "--app-path=api", in: folder).errors == "")
    }

    @Test func `diagnostics of publish and render report a file that was probably meant to be the descriptor`() throws {
        let folder = try ScratchFolder(["api/workload.yml": Bench.descriptor])
        let lenient = run("render", "--app-path=api", in: folder)
        #expect(
            lenient.errors == """
                api/workload.yml:1:1: warning: this file is not read; rename it to workload.yaml
                api/workload.yml: 0 errors, 1 warning
                there is no 'api/workload.yaml': the Workload is made of the image alone

                """)
        #expect(lenient.code == .success)
        #expect(run("render", "--app-path=api", "--strict", in: folder).code == .invalidData)
        #expect(run("render", "--descriptor=api/workload.yml", in: folder).errors == "")
        #expect(run("render", "--source-dir=api", "--app-path=.", in: folder).errors == lenient.errors)
        let missing = run("render", "--descriptor=api/none.yaml", in: folder)
        #expect(
            missing.errors
                == "error: --descriptor (DESCRIPTOR): 'api/none.yaml' does not exist; check the path\n")
        #expect(missing.code == .noInput)
    }

    /// The size of what is sent counts, names, labels and annotations included.
    @Test func `diagnostics of publish and render hold the payload to what Kubernetes stores, to the byte`() throws {
        func descriptor(_ size: Int) -> String {
            "\(Bench.descriptor)\n  files:\n    - {name: a, mountPath: /etc, valueFrom: {path: a}}\n"
                + "    - {name: b, mountPath: /etc, valueFrom: {path: b}}\n"
        }
        let folder = try ScratchFolder(["workload.yaml": descriptor(0), "a": "", "b": ""])
        func payload() -> ToolRun { run("render", "--output=json", "--label=a=b", in: folder) }
        let empty = try JSONValue(parsing: payload().output).serialized().count + "\"value\":\"\",".utf8.count * 2
        func fill(_ total: Int) throws {
            let text = total - empty
            try folder.write(Array(repeating: 0x61, count: text / 2), to: "a")
            try folder.write(Array(repeating: 0x61, count: text - text / 2), to: "b")
        }
        try fill(1_572_360)
        let largest = payload()
        #expect(largest.code == .success)
        #expect(try JSONValue(parsing: largest.output).serialized().count == 1_572_360)
        #expect(largest.errors.hasPrefix("workload.yaml:1:1: warning: the Workload has 1.50 MiB as JSON, and"))
        try fill(1_572_361)
        #expect(payload().code == .invalidData)
        #expect(
            payload().errors.hasPrefix("workload.yaml:1:1: error: the Workload has 1.50 MiB as JSON, and"))
        try fill(1_493_685)
        #expect(payload().errors == "")
    }
}
