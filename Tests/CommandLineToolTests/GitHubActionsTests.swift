import CommandLineTool
import MockControlPlane
import Testing

@Suite struct InsideGitHubActions {
    private let folder: ScratchFolder
    private let variables: [String: String]

    init() throws {
        folder = try ScratchFolder(["output": "earlier=1\n", "summary": ""])
        variables = [
            "GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": "\(folder.path)/output",
            "GITHUB_STEP_SUMMARY": "\(folder.path)/summary",
        ]
    }

    @Test func `inside GitHub Actions the program hands on outputs and a summary`() throws {
        let bench = try Bench()
        let run = bench.publish(variables: variables)
        #expect(run.code == .success)
        #expect(run.output == "workload/api-workload created\n")
        #expect(run.errors.hasPrefix("workload/api-workload created in namespace default: image "))
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(folder.read("output") == "earlier=1\nworkload-name=api-workload\naction=created\n")
        #expect(
            folder.read("summary") == """
                | Workload | action | namespace | image |
                | --- | --- | --- | --- |
                | `api-workload` | created | `default` | `registry.example.com/shop/api:1.0.0` |


                """)
    }

    @Test func `inside GitHub Actions the program makes annotations of what is wrong with the descriptor, at its line`()
        throws
    {
        let bench = try Bench(descriptor: Bench.descriptor.replacing("type: HTTP", with: "type: REST\n    basepath: /"))
        let run = bench.publish("--strict", variables: variables.merging(["SOURCE_DIR": "."]) { $1 })
        #expect(run.code == .invalidData)
        #expect(
            run.errors == """
                ::error file=workload.yaml,line=7,col=11,title=former-value::'REST' is the former name of \
                'HTTP'; write 'HTTP', \
                which is sent
                ::error file=workload.yaml,line=8,col=5,title=letter-case::'basepath' is read as 'basePath'; write \
                'basePath'
                workload.yaml: 2 errors, 0 warnings
                ::error::workload.yaml: 2 errors, and --strict (STRICT) makes warnings errors; fix the descriptor and \
                run this again (nothing was done)

                """)
        #expect(folder.read("output") == "earlier=1\n")
        #expect(folder.read("summary") == "")
    }

    @Test func `inside GitHub Actions the program makes an annotation of a wrong command line`() {
        let run = ToolRun(["publish", "--imgae=x"], environment: variables)
        #expect(run.code == .usage)
        #expect(
            run.errors.hasPrefix(
                "::error::unknown flag --imgae; did you mean --image?\n::error::missing: --image (IMAGE) or --image-file "
                    + "(IMAGE_FILE), --namespace (NAMESPACE_NAME), --project (PROJECT_NAME), --component (COMPONENT_NAME), "
            ))
        #expect(run.errors.hasSuffix("; see 'workload-publisher publish --help' (nothing was done)\n"))
    }

    @Test func `inside GitHub Actions the program lets no message end its line or begin another command`() throws {
        let bench = try Bench()
        let run = bench.publish(
            variables: variables.merging(["IMAGE": "a\r\n::add-path::/evil 100%"]) { $1 })
        #expect(run.code == .usage)
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(run.errors.hasPrefix("::error::--image (IMAGE): "))
        #expect(!run.errors.contains("100% "))
    }

    @Test func `inside GitHub Actions the program keeps a log in JSON as it is`() throws {
        let bench = try Bench()
        bench.controlPlane.always(.createWorkload, .error(422))
        let run = bench.publish(variables: variables.merging(["LOG_FORMAT": "json"]) { $1 })
        #expect(run.code == .invalidData)
        #expect(run.lastLine.hasPrefix("{"))
        #expect(!run.errors.contains("::"))
    }

    @Test
    func
        `inside GitHub Actions the program fails when an output cannot be handed on, and only warns about the summary`()
        throws
    {
        let bench = try Bench()
        let missing = "\(folder.path)/missing/file"
        let failed = bench.publish(variables: variables.merging(["GITHUB_OUTPUT": missing]) { $1 })
        #expect(failed.code == .cannotCreate)
        #expect(
            failed.lastLine
                == "::error::cannot write '\(missing)': No such file or directory; name a place in a folder that exists"
        )
        let warned = bench.publish(variables: variables.merging(["GITHUB_STEP_SUMMARY": missing]) { $1 })
        #expect(warned.code == .success)
        #expect(
            warned.errors.contains(
                "::warning::cannot write '\(missing)': No such file or directory; name a place in a folder that "
                    + "exists\n"
            ))
    }

    @Test(arguments: [[:], ["GITHUB_OUTPUT": "", "GITHUB_STEP_SUMMARY": ""]])
    func `inside GitHub Actions the program hands on nothing where no file is named`(files: [String: String]) throws {
        let run = try Bench().publish(variables: files.merging(["GITHUB_ACTIONS": "true"]) { $1 })
        #expect((run.code, run.output) == (.success, "workload/api-workload created\n"))
        #expect(run.errors.hasPrefix("workload/api-workload created in namespace default: image "))
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    @Test func `inside GitHub Actions the program writes nothing elsewhere, and for other commands`() throws {
        let bench = try Bench()
        let elsewhere = bench.publish(variables: variables.merging(["GITHUB_ACTIONS": ""]) { $1 })
        #expect(elsewhere.code == .success)
        #expect(folder.read("output") == "earlier=1\n")
        #expect(ToolRun(["render", "--x"], environment: variables).errors.hasPrefix("error: unknown flag --x"))
    }
}
