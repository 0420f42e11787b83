import CommandLineTool
import MockControlPlane
import Testing

@Suite struct Usage {
    @Test func `names all missing parameters at once, and nothing is sent`() {
        let run = ToolRun(["publish"])
        #expect(run.code == .usage)
        #expect(run.output == "")
        #expect(
            run.errors
                == "error: missing: --image (IMAGE), --namespace (NAMESPACE_NAME), --project (PROJECT_NAME), "
                + "--component (COMPONENT_NAME), --api-server-url (API_URL), --oauth-token-url "
                + "(OAUTH_TOKEN_URL, OAUTH_URL), --oauth-client-id (CLIENT_ID), one of --oauth-client-secret "
                + "(CLIENT_SECRET), --oauth-client-secret-file (CLIENT_SECRET_FILE) or "
                + "--oauth-client-assertion-file (CLIENT_ASSERTION_FILE); see 'workload-publisher publish "
                + "--help' (nothing was done)\n"
        )
    }

    @Test func `reports what is malformed together with what is missing`() throws {
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
        (["publish", "--imgae", "x"], "unknown flag --imgae; did you mean --image?"),
        (["publish", "--image"], "--image needs a value; write --image REF"),
        (["publish", "x"], "argument 1 belongs to no flag; put quotes around a value that holds spaces"),
        (["publish", "--dry-run", "server"], "--dry-run takes its word behind an equals sign; write --dry-run=server"),
        (["publish", "--dry-run", "sorver"], "argument 2 belongs to no flag"),
        (
            ["publish", "--image={{inputs.parameters.imgae}}"],
            "--image (IMAGE): '{{inputs.parameters.imgae}}' is an expression that the pipeline did not fill in; "
                + "check the name in it"
        ),
        (
            ["publish", "--namespace=team-${{ inputs.team }}"],
            "--namespace (NAMESPACE_NAME): '${{ inputs.team }}' is an expression that the pipeline did not fill in; "
                + "check the name in it"
        ),
        (
            ["publish", "--timeout=$(params.timeout)"],
            "--timeout (TIMEOUT): '$(params.timeout)' is an expression that the pipeline did not fill in; "
                + "check the name in it"
        ),
        (["publish", "--update=some"], "--update (UPDATE): unknown value 'some'; write merge, replace or image"),
        (["publish", "--strict=maybe"], "--strict (STRICT): unknown value 'maybe'; write true or false"),
        (["publish", "--dry-run=both"], "--dry-run (DRY_RUN): unknown value 'both'; write client or server"),
        (["publsh"], "unknown command 'publsh'; did you mean 'publish'?"),
        (["help", "xyzzy"], "unknown command 'xyzzy'"),
    ])
    func `explains a wrong command line`(arguments: [String], problem: String) {
        let run = ToolRun(arguments)
        #expect(run.code == .usage)
        #expect(run.errors.contains("error: \(problem)"), "\(run.errors)")
        #expect(run.lastLine.contains("--help'"))
    }

    @Test func `shows parameters under their headings, with a command line to begin with`() {
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
                      Default: required

                """))
        let headings = help.split(separator: "\n").filter { $0.first?.isUppercase == true && $0.last == ":" }
        #expect(
            headings == [
                "For example:", "What to publish:", "How to reach the control plane:", "How to go about it:",
            ])
        #expect(help.hasSuffix("\nA flag wins over its variable. An empty value counts as none.\n"))
    }

    @Test(arguments: [
        ["publish", "--oauth-client-secret", "canary", "hunter2", "two"],
        ["publish", "--oauth-client-secret=canary", "--canary-hunter2=hunter2"],
        ["publish", "--oauth-client-secrethunter2"],
        [
            "publish", "--oauth-client-secret=hunter2\nX", "--oauth-client-secret-file=a",
            "--oauth-client-assertion-file=b",
        ],
        ["publish", "-phunter2"],
        ["--oauth-client-secert=hunter2", "publish"],
        ["publish", "--oauth-token-url=http://user:hunter2@host/"],
        ["publish", "--oauth-client-secret", "hunter2", "--image", "bad image hunter2"],
    ])
    func `never repeats what may be a secret`(arguments: [String]) {
        let run = ToolRun(arguments)
        #expect(run.code == .usage)
        #expect(!run.errors.contains("hunter2"), "\(run.errors)")
    }

    @Test func `a malformed word does not hide what is missing`() {
        let run = ToolRun(["publish", "--strict=maybe"])
        #expect(run.errors.contains("error: --strict (STRICT): unknown value 'maybe'; write true or false\n"))
        #expect(run.lastLine.hasPrefix("error: missing: --image (IMAGE), --namespace (NAMESPACE_NAME),"))
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
    func `prints an overview`(arguments: [String]) {
        let run = ToolRun(arguments)
        #expect(run.code == .success)
        #expect(run.errors == "")
        #expect(run.output.contains("\n  publish      build the Workload; create it, or update it if it exists"))
        #expect(run.output.contains("\n  validate     check descriptors and report every problem"))
        #expect(run.output.contains("\n  schema       print the JSON Schema of workload.yaml\n"))
    }

    @Test(arguments: ["publish", "render"])
    func `prints the help of a command, with every parameter`(command: String) {
        let run = ToolRun([command, "--help"])
        #expect(run.code == .success)
        #expect(run.output == ToolRun(["help", command]).output)
        #expect(run.output.hasPrefix("Usage: workload-publisher \(command) [PARAMETERS]\n"))
        #expect(run.output.contains("\n  --image REF\n"))
    }

    @Test func `prints its version`() {
        #expect(ToolRun(["--version"]).output == "workload-publisher 0.1.0\n")
    }
}
