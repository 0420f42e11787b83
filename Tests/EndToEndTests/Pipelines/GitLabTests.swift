import Foundation
import JSON
import MockControlPlane
import TestPrograms
import Testing

@Suite struct InGitLab {
    /// Fills the component as GitLab does and runs its job's script in a shell.
    private func run(
        _ bench: PipelineBench, _ more: [String: String] = [:], projectVariables: [String: String] = [:]
    ) throws -> ChildProcess.Result {
        let given = [
            "image": "registry.example.com/shop/api:1.0.0", "namespace": "default", "project": "shop",
            "component": "api", "run-name": "run-1", "app-path": "api", "api-server-url": bench.controlPlane.baseURL,
            "oauth-token-url": bench.controlPlane.tokenURL,
            "oauth-client-id": MockControlPlane.OAuthClient.quickStart.id,
        ].merging(more) { $1 }
        let documents = try PipelineBench.workflow("gitlab/generate-workload.yml")
        #expect(documents.count == 2)
        var values: [String: String] = [:]
        for input in documents[0]["spec"]?["inputs"]?.object?.members ?? [] {
            values["inputs.\(input.name)"] = try #require(
                given[input.name] ?? input.value["default"]?.string, "no value for \(input.name)")
        }
        let job = try #require(documents[1]["generate-workload"])
            .mapTexts { substitute($0, open: "$[[", close: "]]") { values[$0] } }
        #expect(job["stage"] == "deploy")
        let script = (job["script"]?.array ?? []).compactMap(\.string).joined(separator: "\n")
        #expect(!script.contains("[["))
        var environment = [
            "PATH": "\((BuiltProgram.publisher.path as NSString).deletingLastPathComponent):/usr/bin:/bin"
        ]
        for variable in job["variables"]?.object?.members ?? [] {
            environment[variable.name] = variable.value.string
        }
        // A variable of the project wins over one of the job.
        environment.merge(projectVariables) { $1 }
        try bench.write("", to: "project/.keep")
        return try ChildProcess(
            "/bin/sh", ["-eu", "-c", script], environment: environment, folder: "\(bench.root.path)/project"
        ).finish()
    }

    private static let secret = ["CLIENT_SECRET": PipelineBench.secret]

    @Test func `publishes the checkout and hands on variables`() throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        try bench.write(PipelineBench.descriptor, to: "project/api/workload.yaml")
        let result = try run(bench, projectVariables: Self.secret)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "workload/api-workload created\n")
        let job = try PipelineBench.workflow("gitlab/generate-workload.yml")[1]["generate-workload"]
        let report = try #require(job?["artifacts"]?["reports"]?["dotenv"]?.string)
        #expect(
            bench.read("project/\(report)") == "PUBLISHED_WORKLOAD_NAME=api-workload\nPUBLISHED_ACTION=created\n")
        #expect(bench.requests == PipelineBench.createdAndAnnotated)
    }

    @Test func `takes from the group what no input gives`() throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        let variables = [
            "API_URL": bench.controlPlane.baseURL, "OAUTH_TOKEN_URL": bench.controlPlane.tokenURL,
            "CLIENT_ID": MockControlPlane.OAuthClient.quickStart.id,
        ]
        let result = try run(
            bench, ["api-server-url": "", "oauth-token-url": "", "oauth-client-id": "", "app-path": ""],
            projectVariables: variables.merging(Self.secret) { $1 })
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test func `lets no variable of the project win over an input`() throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        try bench.write(PipelineBench.descriptor, to: "project/api/workload.yaml")
        let variables = [
            "IMAGE": "registry.example.com/other:1", "COMPONENT_NAME": "other", "API_URL": "http://127.0.0.1:1",
            "WORKLOAD_NAME": "other", "OUTPUTS_DIR": "elsewhere", "DRY_RUN": "true", "SOURCE_DIR": "/nowhere",
        ]
        let result = try run(bench, projectVariables: variables.merging(Self.secret) { $1 })
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            bench.controlPlane.workloads["default", "api-workload"]?["spec"]?["container"]?["image"]
                == "registry.example.com/shop/api:1.0.0")
        #expect(bench.read("project/workload-publisher-outputs/action") == "created")
    }

    @Test(
        arguments: [
            (
                [:],
                [
                    "commit": "8d1c0de", "branch": "main", "repository": "https://gitlab.example.com/example/shop",
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
        let known = [
            "CI_COMMIT_SHA": "8d1c0de", "CI_COMMIT_REF_NAME": "main",
            "CI_PROJECT_URL": "https://gitlab.example.com/example/shop",
            "CI_COMMIT_TIMESTAMP": "2026-01-06T10:00:00+01:00",
        ]
        let result = try run(
            bench, inputs.merging(["app-path": ""]) { $1 }, projectVariables: known.merging(Self.secret) { $1 })
        #expect(result.status == 0, "\(result.errors)")
        #expect(bench.controlPlane.workloads["default", "api-workload"]?["spec"]?["source"] == source)
    }

    @Test func `hands on nothing of a dry run`() throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        let result = try run(bench, ["dry-run": "true", "app-path": ""], projectVariables: Self.secret)
        #expect(result.status == 0, "\(result.errors)")
        #expect(bench.requests == [])
        #expect(bench.read("project/workload-publisher-outputs/published.env") == nil)
    }

    @Test func `ends with the program's own code`() throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        #expect(try run(bench, ["project": "No_Good", "app-path": ""], projectVariables: Self.secret).status == 64)
    }

    /// A `$` is left out: GitLab itself puts variables in its place, which is what its users write it for.
    @Test(arguments: hostileValues.filter { !$0.contains("$") })
    func `carries any value to the server as it is`(value: String) throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        let result = try run(bench, ["oauth-scope": value, "app-path": ""], projectVariables: Self.secret)
        #expect(result.status == 0, "\(result.errors)")
        #expect(bench.formValue("scope") == value)
        #expect(bench.read("trap") == nil && bench.read("project/trap") == nil)
    }
}
