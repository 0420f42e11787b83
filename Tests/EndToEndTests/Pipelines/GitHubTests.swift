import Foundation
import JSON
import MockControlPlane
import TestPrograms
import Testing

@Suite struct InGitHubActions {
    /// Stands in for docker: takes exactly the flags that the action uses, passes exactly the variables that are named.
    private static let docker = """
        docker() (
            set -eu
            variables=()
            while [ $# -gt 0 ]; do
                case $1 in
                    run | --rm | --read-only) ;;
                    --user) [ "$2" = "$(id -u):$(id -g)" ]; shift ;;
                    --cap-drop | --security-opt) shift ;;
                    --volume) printf '%s\\n' "$2" >> "$RUNNER_TEMP/volumes"; shift ;;
                    --workdir) folder=$2; shift ;;
                    --env) if [ -n "${!2+set}" ]; then variables+=("$2=${!2}"); fi; shift ;;
                    --entrypoint) [ "$2" = workload-publisher ]; shift ;;
                    *) break ;;
                esac
                shift
            done
            [ "$1" = workload-publisher:0.1.0 ]
            shift
            cd "$folder"
            exec env -i "${variables[@]}" "$PROGRAM" "$@"
        )

        """

    private static let commit = "8d1c0de5f00d8d1c0de5f00d8d1c0de5f00d8d1c"

    private func run(_ bench: PipelineBench, _ more: [String: String] = [:]) throws -> ChildProcess.Result {
        let given = [
            "image": "registry.example.com/shop/api:1.0.0", "namespace": "default", "project": "shop",
            "component": "api", "run-name": "run-1", "app-path": "api", "api-server-url": bench.controlPlane.baseURL,
            "oauth-token-url": bench.controlPlane.tokenURL, "oauth-client-secret": PipelineBench.secret,
            "oauth-client-id": MockControlPlane.OAuthClient.quickStart.id,
        ].merging(more) { $1 }
        let action = try PipelineBench.workflow("github/action.yml")[0]
        var values = ["github.event.head_commit.timestamp": "2026-01-06T10:00:00+01:00"]
        for input in action["inputs"]?.object?.members ?? [] {
            #expect(input.value["default"] != nil || given[input.name] != nil, "\(input.name)")
            values["inputs.\(input.name)"] = given[input.name] ?? input.value["default"]?.string ?? ""
        }
        let step = try #require(action["runs"]?["steps"]?.array?.first)
        let script = try #require(step["run"]?.string)
        #expect(!script.contains("${{"))
        try bench.write(script, to: "temp/script.sh")
        // A function, for a program that was written a moment ago may be busy still.
        try bench.write(Self.docker, to: "docker.bash")
        for file in ["output", "summary"] { try bench.write("", to: "temp/commands/\(file)") }
        try bench.write("", to: "workspace/.keep")
        var environment = [
            "PATH": "/usr/bin:/bin", "BASH_ENV": "\(bench.root.path)/docker.bash",
            "PROGRAM": BuiltProgram.publisher.path,
            "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": "\(bench.root.path)/workspace",
            "RUNNER_TEMP": "\(bench.root.path)/temp", "GITHUB_OUTPUT": "\(bench.root.path)/temp/commands/output",
            "GITHUB_STEP_SUMMARY": "\(bench.root.path)/temp/commands/summary", "GITHUB_TOKEN": "not for the container",
            "GITHUB_SHA": Self.commit, "GITHUB_REF_NAME": "main", "GITHUB_REPOSITORY": "example/shop",
            "GITHUB_SERVER_URL": "https://github.example.com",
        ]
        for variable in step["env"]?.object?.members ?? [] {
            environment[variable.name] = substitute(variable.value.string ?? "", open: "${{", close: "}}") {
                values[$0]
            }
        }
        return try ChildProcess(
            "/bin/bash", ["--noprofile", "--norc", "-eo", "pipefail", "\(bench.root.path)/temp/script.sh"],
            environment: environment, folder: "\(bench.root.path)/workspace"
        ).finish()
    }

    @Test func `publishes the checkout and hands on outputs and a summary`() throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        try bench.write(PipelineBench.descriptor, to: "workspace/api/workload.yaml")
        let result = try run(bench)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "workload/api-workload created\n")
        #expect(bench.read("temp/commands/output") == "workload-name=api-workload\naction=created\n")
        #expect(bench.read("temp/commands/summary")?.contains("| `api-workload` | created | `default` |") == true)
        #expect(bench.requests == PipelineBench.createdAndAnnotated)
        let path = bench.root.path
        #expect(
            bench.read("temp/volumes") == """
                \(path)/workspace:\(path)/workspace:ro
                \(path)/temp:\(path)/temp:ro
                \(path)/temp/commands/output:\(path)/temp/commands/output
                \(path)/temp/commands/summary:\(path)/temp/commands/summary

                """)
    }

    @Test(
        arguments: [
            (
                [:],
                [
                    "commit": .string(commit), "branch": "main",
                    "repository": "https://github.example.com/example/shop",
                    "authoredAt": "2026-01-06T10:00:00+01:00",
                ]
            ),
            (["source-commit": "3f2c1ab", "source-branch": "next"], ["commit": "3f2c1ab", "branch": "next"]),
        ] as [([String: String], JSONValue)])
    func `says what was built, as the runner knows it or the inputs say`(
        inputs: [String: String], source: JSONValue
    ) throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        let result = try run(bench, inputs.merging(["app-path": ""]) { $1 })
        #expect(result.status == 0, "\(result.errors)")
        #expect(bench.controlPlane.workloads["default", "api-workload"]?["spec"]?["source"] == source)
    }

    @Test func `declares the outputs that the program writes`() throws {
        let action = try PipelineBench.workflow("github/action.yml")[0]
        let values = (action["outputs"]?.object?.members ?? []).map { "\($0.name) \($0.value["value"]?.string ?? "")" }
        #expect(
            values == [
                "workload-name ${{ steps.publish.outputs.workload-name }}",
                "action ${{ steps.publish.outputs.action }}",
            ])
    }

    @Test func `annotates the line of a mistake`() throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        try bench.write(PipelineBench.descriptor.replacing("8080", with: "0"), to: "workspace/api/workload.yaml")
        let result = try run(bench)
        #expect(result.status == 65)
        #expect(
            result.errors.hasPrefix("::error file=api/workload.yaml,line=6,col=11,title=out-of-range::"),
            "\(result.errors)")
        #expect(bench.requests == [])
    }

    @Test(arguments: hostileValues)
    func `carries any value to the server as it is`(value: String) throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        try bench.write(PipelineBench.descriptor, to: "workspace/api/workload.yaml")
        let result = try run(bench, ["oauth-scope": value])
        #expect(result.status == 0, "\(result.errors)")
        #expect(bench.formValue("scope") == value)
        #expect(bench.read("trap") == nil && bench.read("workspace/trap") == nil)
    }
}
