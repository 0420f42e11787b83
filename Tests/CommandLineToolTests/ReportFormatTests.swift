import CommandLineTool
import JSON
import Testing
import WorkloadModel

@Suite struct ReportFormats {
    private static let hostile = """
        apiVersion: openchoreo.dev/v1alpha1
        endpoints:
        - {name: "e\u{301}😀", port: 0, "basePath%": /, type: HTTP}

        """

    private static let unusual =
        "'name' should be at most 63 lower-case letters, digits and '-', with a letter or digit "
        + "at both ends, found 'e\u{301}😀'"

    private func run(_ format: String, _ files: [String: String]) throws -> ToolRun {
        let folder = try ScratchFolder(files)
        return ToolRun(["validate", "--format", format], workingDirectory: folder.path)
    }

    @Test func `a report as json is one object with everything, columns in characters`() throws {
        let run = try run("json", ["workload.yaml": Self.hostile])
        let expected: JSONValue = [
            "files": 1, "errors": 1, "warnings": 2,
            "diagnostics": [
                [
                    "file": "workload.yaml", "line": 3, "column": 10, "severity": "warning", "code": "unusual-name",
                    "message": .string(Self.unusual),
                ],
                [
                    "file": "workload.yaml", "line": 3, "column": 22, "severity": "error", "code": "out-of-range",
                    "message": "'port' must be an integer from 1 to 65535, found 0",
                ],
                [
                    "file": "workload.yaml", "line": 3, "column": 25, "severity": "warning", "code": "unknown-key",
                    "message": "unknown key 'basePath%', nothing of it is sent; did you mean 'basePath'?",
                    "suggestion": "basePath",
                ],
            ],
        ]
        #expect(try JSONValue(parsing: run.output) == expected)
        #expect(run.output.utf8.count { $0 == 0x0A } == 1)
        #expect(run.code == .invalidData)
    }

    @Test func `a report as json carries a suggestion where there is one`() throws {
        let run = try run("json", ["workload.yaml": Validating.wrong])
        let diagnostics = try #require(try JSONValue(parsing: run.output)["diagnostics"]?.array)
        #expect(diagnostics.map { $0["suggestion"]?.string } == ["80", "HTTP", "displayName"])
    }

    @Test func `a report as json of nothing wrong has an empty list`() throws {
        let run = try run("json", ["workload.yaml": Bench.descriptor])
        #expect(run.output == #"{"diagnostics":[],"errors":0,"files":1,"warnings":0}"# + "\n")
        #expect(run.code == .success)
    }

    @Test func `a report as github makes workflow commands, escaped by its rules`() throws {
        let run = try run("github", ["a,b:c%\n/workload.yaml": Self.hostile])
        let place = "file=a%2Cb%3Ac%25%0A/workload.yaml,line=3,col="
        #expect(
            run.output == """
                ::warning \(place)10,title=unusual-name::\(Self.unusual)
                ::error \(place)22,title=out-of-range::'port' must be an integer from 1 to 65535, found 0
                ::warning \(place)25,title=unknown-key::unknown key 'basePath%25', nothing of it is sent; did \
                you mean 'basePath'?

                """)
        #expect(try self.run("github", ["workload.yaml": Bench.descriptor]).output == "")
    }

    @Test(arguments: [
        ("text", "workload.yaml:1:1: error: 'apiVersion' is missing"), ("json", #""severity":"error""#),
        ("github", "::error file=workload.yaml,line=1,col=1,title=recommended-key::"),
        ("sarif", #""results":[{"level":"error""#),
    ])
    func `every form of the report calls a warning an error where it is strict`(format: String, expected: String) throws
    {
        let folder = try ScratchFolder(["workload.yaml": "endpoints: []\n"])
        let run = ToolRun(["validate", "--strict", "--format", format], workingDirectory: folder.path)
        #expect(run.output.contains(expected), "\(run.output)")
        #expect(run.code == .invalidData)
    }

    @Test func `a report as text keeps a path on its line`() throws {
        let run = try run("text", ["a\n::error::b\u{1B}[2J/workload.yaml": "endpoints: []\n"])
        #expect(run.output.hasPrefix(#"a\n::error::b\u{1B}[2J/workload.yaml:1:1: warning: "#))
        #expect(run.output.utf8.count { $0 == 0x0A } == 2)
    }

    @Test func `none shows a secret that a descriptor holds`() throws {
        let folder = try ScratchFolder(["workload.yaml": "endpoints: hunter22\nhunter22: 1\n"])
        for format in ["text", "json", "github", "sarif"] {
            let run = ToolRun(
                ["validate", "--format", format], environment: ["CLIENT_SECRET": "hunter22"],
                workingDirectory: folder.path, isTerminal: true)
            #expect(run.code == .invalidData)
            #expect(run.output.contains("<redacted>"), "\(run.output)")
            #expect(!run.output.contains("hunter22"), "\(run.output)")
        }
    }
}

@Suite struct TextOnATerminal {
    private func run(_ source: String, _ environment: [String: String] = ["NO_COLOR": "1"]) throws -> String {
        let folder = try ScratchFolder(["workload.yaml": source])
        return ToolRun(["validate"], environment: environment, workingDirectory: folder.path, isTerminal: true).output
    }

    @Test func `text on a terminal shows the line and a caret, in colors`() throws {
        let source = "apiVersion: openchoreo.dev/v1alpha1\nendpoints: 1\n"
        let message = "'endpoints' must be a list, found the number 1; begin each entry with '- name: '"
        #expect(
            try run(source, [:]) == """
                \u{1B}[1mworkload.yaml:2:12:\u{1B}[0m \u{1B}[1;31merror:\u{1B}[0m \(message)
                  endpoints: 1
                             \u{1B}[1;32m^\u{1B}[0m
                1 file: 1 error, 0 warnings

                """)
        let plain = """
            workload.yaml:2:12: error: \(message)
              endpoints: 1
                         ^
            1 file: 1 error, 0 warnings

            """
        #expect(try run(source, ["NO_COLOR": "1"]) == plain)
        #expect(try run(source, ["TERM": "dumb"]) == plain)
        #expect(try run(source, ["NO_COLOR": "", "TERM": "xterm"]).contains("\u{1B}["))
    }

    /// A line with one mistake, the line as it is shown and the caret.
    @Test(arguments: [
        ("endpoints: 1", "endpoints: 1", "           ^"),
        ("endpoints:\t1", "endpoints:    1", "              ^"),
        ("{日本: &a 1, endpoints: 2}", "{日本: &a 1, endpoints: 2}", "                        ^"),
        ("{e\u{301}e\u{301}: 1, endpoints: 2}", "{e\u{301}e\u{301}: 1, endpoints: 2}", "                   ^"),
        ("{'😀🇩🇪': 1, endpoints: 2}", "{'😀🇩🇪': 1, endpoints: 2}", "                       ^"),
        ("{'\u{202E}': 1, endpoints: 2}", #"{'\u{202E}': 1, endpoints: 2}"#, "                           ^"),
        ("endpoints: 2 # \u{200B}", #"endpoints: 2 # \u{200B}"#, "           ^"),
        (
            "{\(String(repeating: "x", count: 100)): 1, endpoints: 2, \(String(repeating: "y", count: 100)): 1}",
            "…\(String(repeating: "x", count: 40)): 1, endpoints: 2, \(String(repeating: "y", count: 53))…",
            "                                                         ^"
        ),
        (
            "{\(String(repeating: "日", count: 100)): 1, endpoints: 2}",
            "…\(String(repeating: "日", count: 40)): 1, endpoints: 2}",
            String(repeating: " ", count: 97) + "^"
        ),
    ])
    func `text on a terminal points right under the place`(source: String, line: String, caret: String) throws {
        let output = try run("\(source)\n")
        let lines = output.split(separator: "\n").map(String.init)
        let index = try #require(lines.firstIndex { $0.contains("'endpoints' must be a list") })
        #expect(lines[index + 1] == "  \(line)")
        #expect(lines[index + 2] == "  \(caret)")
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `text on a terminal finds the line whatever the line ends`(end: String) throws {
        let output = try run("\u{FEFF}# \u{2028} \u{85}\(end)\(end)endpoints: 1\(end)")
        #expect(output.contains("workload.yaml:3:12: error: "))
        #expect(output.contains("\n  endpoints: 1\n             ^\n"))
    }

    @Test func `text on a terminal shows no line that is longer than people write`() throws {
        let output = try run("{\(String(repeating: "x", count: 1 << 16)): 1, endpoints: 2}\n")
        #expect(output.contains("workload.yaml:1:"))
        #expect(!output.contains("^"))
    }

    @Test func `text on a terminal shows no line of a file that it did not read`() throws {
        let output = try run(String(repeating: "#", count: 3 << 19 + 1))
        #expect(
            output == """
                workload.yaml:1:1: error: 'workload.yaml' is too large: 1572865 bytes or more, and at most 1536 KiB \
                is read; shorten it
                1 file: 1 error, 0 warnings

                """)
    }

    @Test func `text on a terminal shows bytes that are no text as what they are not`() throws {
        let folder = try ScratchFolder()
        try folder.write([0x61, 0x3A, 0x20, 0xFF, 0x1B, 0x5B], to: "workload.yaml")
        let run = ToolRun(
            ["validate"], environment: ["NO_COLOR": "1"], workingDirectory: folder.path, isTerminal: true)
        #expect(
            run.output == #"""
                workload.yaml:1:4: error: this byte is not UTF-8; save the text as UTF-8
                  a: \#u{FFFD}\u{1B}[
                     ^
                1 file: 1 error, 0 warnings

                """#)
    }
}
