import JSON
import MockControlPlane
import TestPrograms
import Testing

@Suite struct InTekton {
    private static let secrets = ["workload-publisher-oauth-secret/client-secret": PipelineBench.secret]

    /// Fills the Task as Tekton does and runs its step.
    private func run(
        _ bench: PipelineBench, _ more: [String: String] = [:]
    ) throws -> (result: ChildProcess.Result, results: [String: String]) {
        let given = [
            "image": "registry.example.com/shop/api:1.0.0", "namespace": "default", "project": "shop",
            "component": "api", "run-name": "run-1", "app-path": "api", "api-server-url": bench.controlPlane.baseURL,
            "oauth-token-url": bench.controlPlane.tokenURL,
            "oauth-client-id": MockControlPlane.OAuthClient.quickStart.id,
        ].merging(more) { $1 }
        let spec = try #require(try PipelineBench.workflow("tekton/generate-workload.yaml")[0]["spec"])
        var values: [String: String] = [:]
        for workspace in spec["workspaces"]?.array ?? [] {
            #expect(workspace["readOnly"] == true)
            let name = try #require(workspace["name"]?.string)
            values["workspaces.\(name).path"] = "/workspace/\(name)"
        }
        for parameter in spec["params"]?.array ?? [] {
            let name = try #require(parameter["name"]?.string)
            values["params.\(name)"] = try #require(given[name] ?? parameter["default"]?.string, "no value for \(name)")
        }
        let steps = try #require(spec["steps"]?.array)
        #expect(steps.count == 1)
        let step = steps[0].mapTexts { substitute($0, open: "$(", close: ")") { values[$0] } }
        let pod = Pod(
            container: step, secrets: Self.secrets, folders: ["/workspace/source", "/tekton/results", "/tmp"])
        let result = try pod.run(in: bench)
        var results: [String: String] = [:]
        for declared in spec["results"]?.array ?? [] {
            let name = try #require(declared["name"]?.string)
            results[name] = bench.read("tekton/results/\(name)")
        }
        return (result, results)
    }

    @Test func `publishes the checkout in its workspace and leaves results`() throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        try bench.write(PipelineBench.descriptor, to: "workspace/source/api/workload.yaml")
        let (result, results) = try run(bench)
        #expect(result.status == 0, "\(result.errors)")
        #expect(results == ["workload-name": "api-workload", "action": "created"])
        #expect(bench.requests == PipelineBench.createdAndAnnotated)
    }

    /// `$$` means a dollar to Kubernetes, and Tekton passes a parameter on without saying so.
    @Test(arguments: hostileValues)
    func `carries any value to the server as it is`(value: String) throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        try bench.write(PipelineBench.descriptor, to: "workspace/source/api/workload.yaml")
        let (result, _) = try run(bench, ["oauth-audience": value])
        #expect(result.status == 0, "\(result.errors)")
        #expect(bench.formValue("audience") == value)
        #expect(bench.read("trap") == nil)
    }

    @Test(arguments: hostileNames)
    func `refuses a hostile name, and nothing happens`(value: String) throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        let (result, results) = try run(bench, ["project": value])
        #expect(result.status == 64)
        #expect(results == [:])
        #expect(bench.requests == [])
        #expect(bench.read("trap") == nil)
    }
}
