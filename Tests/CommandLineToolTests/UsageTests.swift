import MockControlPlane
import PipelineTemplates
import Testing

@testable import CommandLineTool

@Suite struct Usage {
    @Test func `the program names all missing parameters at once, and nothing is sent`() {
        let run = ToolRun(["publish"])
        #expect(run.code == .usage)
        #expect(run.output == "")
        #expect(
            run.errors
                == "error: missing: --image (IMAGE) or --image-file (IMAGE_FILE), --namespace (NAMESPACE_NAME), --project (PROJECT_NAME), "
                + "--component (COMPONENT_NAME), --api-server-url (API_URL), --oauth-token-url "
                + "(OAUTH_TOKEN_URL, OAUTH_URL), --oauth-client-id (CLIENT_ID), one of --oauth-client-secret "
                + "(CLIENT_SECRET), --oauth-client-secret-file (CLIENT_SECRET_FILE) or "
                + "--oauth-client-assertion-file (CLIENT_ASSERTION_FILE); see 'workload-publisher publish "
                + "--help' (nothing was done)\n"
        )
    }

    @Test func `the program reports what is malformed together with what is missing`() throws {
        let bench = try Bench()
        let run = bench.publish(
            "--namespace", "No_Good", "--timeout=soon", "--api-server-url", "ftp://x", "--max-retries=-1",
            "--label", "a", variables: ["IMAGE": "", "RUN_NAME": "-run"])
        #expect(run.code == .usage)
        #expect(bench.routes == [])
        for flag in ["--namespace", "--timeout", "--api-server-url", "--max-retries", "--label", "--run-name"] {
            #expect(run.errors.contains("error: \(flag)"), "\(flag) in \(run.errors)")
        }
        #expect(run.lastLine.contains("missing: --image (IMAGE)"))
    }

    @Test(arguments: [
        ([], "no command is given"),
        (["publish", "--", "--image"], "'--image' belongs to no flag; leave it out"),
        (
            ["publish", "--timeout=1m30"],
            "--timeout (TIMEOUT): '1m30' is not a duration; write it like 500ms, 30s or 1m30s"
        ),
        (["publish", "--timeout=0.4ms"], "--timeout (TIMEOUT): '0.4ms' is not between 1ms and a week, 168h"),
        (["publish", "--timeout=169h"], "--timeout (TIMEOUT): '169h' is not between 1ms and a week, 168h"),
        (
            ["publish", "--api-server-url=https://api.example/?x=y"],
            "--api-server-url (API_URL): the URL has a query, and paths are added to it; leave the query out"
        ),
        (
            ["publish", "--oauth-client-secret=\u{FFFD}"],
            "--oauth-client-secret (CLIENT_SECRET): it is not UTF-8 text"
        ),
        (["publish", "--imgae", "x"], "unknown flag --imgae; did you mean --image?"),
        (["publish", "--client-id", "x"], "unknown flag --client-id; did you mean --oauth-client-id?"),
        (["apply", "a.yaml", "--wait"], "unknown flag --wait; did you mean --wait-for?"),
        (["publish", "--image"], "--image needs a value; write --image REF"),
        (
            ["publish", "x y"],
            "argument 1 belongs to no flag; leave it out, or write it as --FLAG=VALUE, in quotes where it holds spaces"
        ),
        (
            ["publish", "x"],
            "'x' belongs to no flag; leave it out, or write it as --FLAG=VALUE, in quotes where it holds spaces"
        ),
        (["man", "x"], "'x' belongs to no flag; leave it out"),
        (["publish", "--dry-run", "sorver"], "'sorver' belongs to no flag; leave it out, or write it as --FLAG=VALUE"),
        (["publish", "--strict", "no"], "'no' belongs to no flag; leave it out, or write it as --FLAG=VALUE"),
        (["publish", "--image", "-n", "x"], "--image needs a value; write --image REF"),
        (["publish", "--image", "--project=x"], "--image needs a value; write --image REF"),
        (["publish", "-n"], "--namespace needs a value; write --namespace NAME"),
        (["publish", "-o", "yaml"], "--output (OUTPUT): unknown value 'yaml'; write text or json"),
        (["publish", "-v"], "unknown flag -v; did you mean --verbose?"),
        (["publish", "-hx"], "argument 1 is not a flag of this command"),
        (["publish", "-namespace", "x"], "unknown flag -namespace; did you mean --namespace?"),
        (["publish", ""], "argument 1, which is empty, belongs to no flag; leave it out"),
        (["publish", "--version"], "unknown flag --version"),
        (["help", "publish", "render"], "help takes one command's name"),
        (["version"], "unknown command 'version'; did you mean '--version'?"),
        (["-v"], "a command comes first, its flags after it"),
        (["-o", "json"], "a command comes first, its flags after it"),
        (["template", "jenkins"], "unknown word 'jenkins'; write argo, tekton, github or gitlab"),
        (
            ["publish", "--image={{inputs.parameters.imgae}}"],
            "--image (IMAGE): '{{inputs.parameters.imgae}}' holds an expression that the pipeline did not fill in; "
                + "check the name in it"
        ),
        (
            ["publish", "--namespace=team-${{ inputs.team }}"],
            "--namespace (NAMESPACE_NAME): 'team-${{ inputs.team }}' holds an expression that the pipeline did not fill in; "
                + "check the name in it"
        ),
        (
            ["publish", "--timeout=$(params.timeout)"],
            "--timeout (TIMEOUT): '$(params.timeout)' holds an expression that the pipeline did not fill in; "
                + "check the name in it"
        ),
        (["publish", "--update=some"], "--update (UPDATE): unknown value 'some'; write merge, replace or image"),
        (["publish", "--strict=maybe"], "--strict (STRICT): unknown value 'maybe'; write true or false"),
        (["publish", "--dry-run=both"], "--dry-run (DRY_RUN): unknown value 'both'; write client or server"),
        (["publsh"], "unknown command 'publsh'; did you mean 'publish'?"),
        (["help", "xyzzy"], "unknown command 'xyzzy'"),
    ])
    func `the program explains a wrong command line`(arguments: [String], problem: String) {
        let run = ToolRun(arguments)
        #expect(run.code == .usage)
        #expect(run.errors.contains("error: \(problem)"), "\(run.errors)")
        #expect(run.lastLine.contains("--help'"))
    }

    @Test func `the program shows parameters under their headings, with a command line to begin with`() {
        let help = ToolRun(["publish", "--help"]).output
        #expect(
            help.contains(
                """

                For example:

                  workload-publisher publish --dry-run \\
                      --image registry.example.com/shop/api:1.0.0 --namespace default --project shop --component api

                What to publish:

                  --image REF
                      The container image that was built, by tag or better by digest.
                      Variable: IMAGE
                      Default: required, or --image-file

                """))
        let headings = help.split(separator: "\n").filter { $0.first?.isUppercase == true && $0.last == ":" }
        #expect(
            headings == [
                "For example:", "What to publish:", "Where it came from:", "Where it goes:",
                "How to reach the control plane:",
                "How to go about it:", "Many components in one run:",
            ])
        #expect(help.hasSuffix("\nA flag wins over its variable. An empty value counts as none.\n"))
    }

    @Test(arguments: [
        ["publish", "--oauth-client-secret", "canary", "hunter2", "two"],
        ["publish", "--oauth-client-secret=canary", "--canary-hunter2=hunter2"],
        ["publish", "--oauth-client-secrethunter2"],
        ["schema", "--oauth-client-secrethunter"],
        ["schema", "--oauth-client-secretHUNTERhunter2"],
        [
            "publish", "--oauth-client-secret=hunter2\nX", "--oauth-client-secret-file=a",
            "--oauth-client-assertion-file=b",
        ],
        ["publish", "-phunter2"],
        ["--oauth-client-secert=hunter2", "publish"],
        ["publish", "--oauth-token-url=http://user:hunter2@host/"],
        ["publish", "--oauth-client-secret", "hunter2", "--image", "bad image hunter2"],
        ["publish", "--oauth-client-secert", "canary", "hunter2"],
        ["render", "--image", "--oauth-client-secret", "hunter2"],
        ["publish", "-oauth-client-secret", "hunter2", "hunter2"],
        ["publish", "hunter2%"],
        ["template", "--oauth-client-secret", "canary", "argo", "hunter2"],
        ["template", "--oauth-client-secret", "canary", "hunter2"],
    ])
    func `the program never repeats what may be a secret`(arguments: [String]) {
        let run = ToolRun(arguments)
        #expect(run.code == .usage)
        #expect(!run.errors.lowercased().contains("hunter"), "\(run.errors)")
    }

    @Test func `a word of a secret that a variable holds is not repeated`() {
        let run = ToolRun(["publish", "hunter", "hunt"], environment: ["CLIENT_SECRET": "canary hunter"])
        #expect(
            run.errors.hasPrefix(
                "error: argument 1 belongs to no flag; leave it out, or write it as --FLAG=VALUE, in quotes where it holds "
                    + "spaces\n"))
        #expect(run.errors.contains("error: 'hunt' belongs to no flag; "))
    }

    @Test(arguments: ["-n team -o json", "-n=team -o=json", "-nteam -ojson", "--namespace team --output json"])
    func `short forms are those of kubectl`(words: String) throws {
        let bench = try Bench()
        let arguments = words.split(separator: " ").map(String.init) + ["--dry-run", "client"]
        let run = ToolRun(
            ["publish"] + arguments, environment: bench.environment, workingDirectory: bench.checkout.path)
        #expect(run.code == .success, "\(run.errors)")
        #expect(run.output.contains("\"namespace\":\"team\""))
        #expect(bench.routes == [])
    }

    @Test(arguments: [
        ("true", "built"), ("client", "built"), ("server", "created (dry run)"), ("off", "api-workload created\n"),
    ])
    func `a dry run by its variable is what the words say`(word: String, result: String) throws {
        let run = try Bench().publish(variables: ["DRY_RUN": word])
        #expect(run.output.contains(result), "\(run.output)")
    }

    @Test func `the flag turns off what its variable turns on`() throws {
        let run = try Bench().publish("--dry-run=false", variables: ["DRY_RUN": "client"])
        #expect(run.output == "workload/api-workload created\n")
    }

    @Test(arguments: [("1m30s", 90_000), ("1h", 3_600_000), ("500ms", 500), ("1.5m", 90_000), ("7", 7000)])
    func `durations are read as they are printed`(text: String, milliseconds: Int) throws {
        #expect(try Duration(parameter: text) == .milliseconds(milliseconds))
    }

    @Test func `of a flag that is given twice the last one holds`() throws {
        let run = try Bench().publish(
            "--image=r.example/a:1", "--strict", "-o=json", "--strict", "--image", "r.example/a:2")
        #expect(run.output.contains("\"image\":\"r.example/a:2\""))
    }

    @Test(arguments: Command.all.map(\.name))
    func `every command refuses a flag that it does not know`(command: String) {
        let run = ToolRun([command, "--never-heard-of"])
        #expect(run.code == .usage)
        #expect("\(run.output)\(run.errors)".contains("unknown flag --never-heard-of"), "\(run.errors)")
    }

    @Test func `a malformed word does not hide what is missing`() {
        let run = ToolRun(["publish", "--strict=maybe"])
        #expect(run.errors.contains("error: --strict (STRICT): unknown value 'maybe'; write true or false\n"))
        #expect(
            run.lastLine.hasPrefix(
                "error: missing: --image (IMAGE) or --image-file (IMAGE_FILE), --namespace (NAMESPACE_NAME),"))
    }

    @Test(arguments: ["--access-token-file", "--oauth-client-secret-file", "--oauth-client-assertion-file"])
    func `a secret given to a flag that wants a file is not shown`(flag: String) throws {
        let bench = try Bench()
        let run = bench.publish(flag, "hunter2.abc.def", variables: ["CLIENT_SECRET": ""])
        #expect(run.code == .noInput)
        #expect(!run.errors.contains("hunter2"))
        #expect(
            run.lastLine.contains(
                "the file (not named here, for this may be the secret itself) cannot be read: No such file or directory"
            ))
        let named = bench.publish(flag, "\(bench.checkout.path)/absent", variables: ["CLIENT_SECRET": ""])
        #expect(named.lastLine.contains("'\(bench.checkout.path)/absent' cannot be read: No such file or directory"))
    }

    @Test(
        arguments: [
            (Array(repeating: 0x61, count: 65_537), "is larger than 64 KiB"),
            (Array("\r\n\n".utf8), "is empty"), ([0x61, 0xFF], "is not UTF-8 text"),
            (Array("a\nb\n".utf8), "holds more than one line, or control characters"),
        ] as [([UInt8], String)])
    func `a file that holds no credential is refused`(bytes: [UInt8], reason: String) throws {
        let bench = try Bench()
        try bench.checkout.write(bytes, to: "token")
        let path = "\(bench.checkout.path)/token"
        for path in [path, bench.checkout.path] {
            let run = bench.publish("--access-token-file", path)
            let expected = path == bench.checkout.path ? "cannot be read: Is a directory" : reason
            #expect(run.code == .noInput)
            #expect(
                run.lastLine.contains("--access-token-file (ACCESS_TOKEN_FILE): '\(path)' \(expected); name a file"),
                "\(run.lastLine)"
            )
        }
        #expect(bench.routes == [])
    }

    @Test func `a flag wins over its variable, and an empty variable is unset`() throws {
        let bench = try Bench()
        let run = bench.publish("--image=r.example/a:2", variables: ["WORKLOAD_NAME": "", "OUTPUT": "json"])
        #expect(run.output.contains("\"image\":\"r.example/a:2\""))
        #expect(run.output.contains("\"name\":\"api-workload\""))
    }

    @Test func `a secret on the command line works and draws a warning`() throws {
        let bench = try Bench()
        let secret = bench.environment["CLIENT_SECRET"] ?? ""
        let run = bench.publish("--oauth-client-secret", secret, variables: ["CLIENT_SECRET": ""])
        #expect(run.code == .success)
        #expect(run.errors.contains("warning: --oauth-client-secret stands on the command line"))
    }

    @Test(arguments: [["--help"], ["-h"], ["help"]])
    func `the program prints an overview`(arguments: [String]) {
        let run = ToolRun(arguments)
        #expect(run.code == .success)
        #expect(run.errors == "")
        #expect(run.output.contains("\n  publish      build the Workload; create it, or update it if it exists"))
        #expect(run.output.contains("\n  validate     check descriptors and report every problem"))
        #expect(run.output.contains("\n  schema       print the JSON Schema of workload.yaml\n"))
    }

    @Test(arguments: [
        ("publish [PARAMETERS]", "\n  --image REF\n"), ("render [PARAMETERS]", "\n  --image REF\n"),
        ("validate [PATH…] [PARAMETERS]", "\n  -o, --format text|json|github|sarif\n"),
        (
            "template \(PipelineSystem.all.map(\.name).joined(separator: "|")) [PARAMETERS]",
            "\n  --preset production|k3d\n"
        ),
        ("schema [PARAMETERS]", "\n  --output-file FILE\n"), ("completions bash|zsh|fish", ""),
    ])
    func `the program prints the help of a command, with every parameter`(usage: String, parameter: String) {
        let command = usage.prefix { $0 != " " }
        let run = ToolRun([String(command), "--help"])
        #expect(run.code == .success)
        #expect(run.output == ToolRun(["help", String(command)]).output)
        #expect(run.output.hasPrefix("Usage: workload-publisher \(usage)\n"))
        #expect(parameter.isEmpty || run.output.contains(parameter))
    }

    @Test func `the program prints its version`() {
        #expect(ToolRun(["--version"]).output == "workload-publisher 0.1.0\n")
    }
}
