import JSON
import MockControlPlane
import TestPrograms
import Testing

@Suite struct InArgoWorkflows {
    private static let secrets = ["workload-publisher-oauth-secret/client-secret": PipelineBench.secret]

    /// What workflows that build components pass to the step today, and nothing more.
    private func arguments(_ bench: PipelineBench, _ more: [String: String] = [:]) -> [String: String] {
        [
            "image": "registry.example.com/shop/api:1.0.0", "run-name": "run-1",
            "oauth-token-url": bench.controlPlane.tokenURL, "oauth-host-header": "",
            "oauth-client-id": MockControlPlane.OAuthClient.quickStart.id, "oauth-client-secret": PipelineBench.secret,
            "oauth-scope": "", "api-server-url": bench.controlPlane.baseURL, "api-server-host-header": "",
            "source-commit": "8d1c0de", "source-branch": "main", "source-repository": "https://git.example.com/shop",
            "source-authored-at": "2026-01-06T10:00:00Z",
        ].merging(more) { $1 }
    }

    private static let workflow = [
        "project-name": "shop", "component-name": "api", "namespace-name": "default", "app-path": "/api",
    ]

    private func run(
        _ file: String, _ bench: PipelineBench, arguments: [String: String], workflow: [String: String] = workflow
    ) throws -> (result: ChildProcess.Result, outputs: [String: String]) {
        let filled = try ArgoTemplate(file).filled(arguments: arguments, workflow: workflow)
        let container = try #require(filled["container"])
        let pod = Pod(container: container, secrets: Self.secrets, folders: ["/mnt/vol", "/tmp"])
        let result = try pod.run(in: bench)
        return (result, ArgoTemplate.outputs(filled, in: bench))
    }

    @Test(arguments: ["generate-workload.yaml", "generate-workload-k3d.yaml"])
    func `stands in for the shell step without a change to its workflow`(file: String) throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        try bench.write(PipelineBench.descriptor, to: "mnt/vol/source/api/workload.yaml")
        let (result, outputs) = try run(file, bench, arguments: arguments(bench))
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "workload/api-workload created\n")
        #expect(outputs == ["workload-name": "api-workload", "action": "created"])
        #expect(bench.requests == PipelineBench.createdAndAnnotated)
        #expect(
            bench.controlPlane.workloads["default", "api-workload"]?["spec"]?["owner"]
                == ["projectName": "shop", "componentName": "api"])
        #expect(
            bench.controlPlane.workloads["default", "api-workload"]?["spec"]?["source"]
                == [
                    "commit": "8d1c0de", "branch": "main", "repository": "https://git.example.com/shop",
                    "authoredAt": "2026-01-06T10:00:00Z",
                ])
        #expect(try ArgoTemplate(file).resourceName == "generate-workload")
    }

    @Test func `reaches the quick start's hosts by its defaults alone`() throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        let filled = try ArgoTemplate("generate-workload-k3d.yaml").filled(
            arguments: ["image": "r.example/x:1"], workflow: Self.workflow)
        let environment = try Pod(container: try #require(filled["container"]), folders: []).environment()
        #expect(environment["API_URL"] == "http://host.k3d.internal:8080")
        #expect(environment["API_HOST"] == "api.openchoreo.localhost")
        #expect(environment["OAUTH_TOKEN_URL"] == "http://host.k3d.internal:8080/oauth2/token")
        #expect(environment["OAUTH_HOST"] == "thunder.openchoreo.localhost")
        #expect(environment["CLIENT_ID"] == MockControlPlane.OAuthClient.quickStart.id)
        #expect(environment["CLIENT_SECRET"] == PipelineBench.secret)
    }

    @Test(arguments: hostileValues)
    func `carries any value to the server as it is`(value: String) throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        try bench.write(PipelineBench.descriptor, to: "mnt/vol/source/api/workload.yaml")
        let (result, outputs) = try run(
            "generate-workload.yaml", bench, arguments: arguments(bench, ["oauth-scope": value]))
        #expect(result.status == 0, "\(result.errors)")
        #expect(bench.formValue("scope") == value)
        #expect(outputs["action"] == "created")
        #expect(bench.read("trap") == nil)
    }

    @Test(arguments: hostileNames)
    func `refuses a hostile name, and nothing happens`(value: String) throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        let (result, outputs) = try run(
            "generate-workload.yaml", bench, arguments: arguments(bench, ["component-name": value]))
        #expect(result.status == 64)
        #expect(bench.requests == [])
        #expect(outputs == ["workload-name": "", "action": ""])
        #expect(bench.read("trap") == nil)
        #expect(!result.errors.contains(PipelineBench.secret))
    }

    @Test(arguments: ["it's \"here\"; touch trap", "a {b} [c] #d", "-x", "日本語"])
    func `finds the descriptor in a folder of any name`(folder: String) throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        try bench.write(PipelineBench.descriptor, to: "mnt/vol/source/\(folder)/workload.yaml")
        let (result, _) = try run(
            "generate-workload.yaml", bench, arguments: arguments(bench),
            workflow: Self.workflow.merging(["app-path": "/\(folder)"]) { $1 })
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            bench.controlPlane.workloads["default", "api-workload"]?["spec"]?["endpoints"]?["http"] != nil)
    }

    /// The parameters of upstream's four workflows that build components, by what they differ in.
    static let callers = [
        "Dockerfile": ["build-env", "docker-context", "dockerfile-path", "build-args"], "Ballerina": ["build-env"],
        "Google Cloud's buildpacks": ["build-env"], "Paketo's buildpacks": ["build-env"],
    ]

    /// What `argo lint` demands of a call: every input has a value, every expression resolves, names are of its form.
    @Test(arguments: callers.keys.sorted(), ["generate-workload.yaml", "generate-workload-k3d.yaml"])
    func `lints with the workflows that call it`(caller: String, file: String) throws {
        let names =
            ["component-name", "project-name", "workflowrun-name", "namespace-name", "app-path"]
            + (Self.callers[caller] ?? [])
        let workflow = Dictionary(uniqueKeysWithValues: names.map { ($0, "a-\($0)") })
        let template = try ArgoTemplate(file)
        let filled = try template.filled(
            arguments: ["image": "registry.example.com/a:1", "run-name": "run-1"], workflow: workflow)
        #expect(!filled.text().contains("{{"))
        #expect(filled["name"]?.string?.wholeMatch(of: /[a-zA-Z0-9][-a-zA-Z0-9]*/) != nil)
        let inputs = (template.template["inputs"]?["parameters"]?.array ?? []).compactMap { $0["name"]?.string }
        #expect(inputs.allSatisfy { $0.wholeMatch(of: /[a-zA-Z0-9][-_a-zA-Z0-9]*/) != nil })
        #expect(Set(inputs).count == inputs.count)
        let mounts = (filled["container"]?["volumeMounts"]?.array ?? []).compactMap { $0["mountPath"]?.string }
        #expect(Set(mounts).count == mounts.count)
        #expect(template.resourceName?.count ?? 64 <= 63)
    }

    @Test func `ends with 64 and the name of a Secret that is missing`() throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        let filled = try ArgoTemplate("generate-workload.yaml").filled(
            arguments: arguments(bench, ["oauth-client-secret-name": "elsewhere"]),
            workflow: Self.workflow.merging(["app-path": "."]) { $1 })
        let pod = Pod(
            container: try #require(filled["container"]), secrets: Self.secrets, folders: ["/mnt/vol/source", "/tmp"])
        let result = try pod.run(in: bench)
        #expect(result.status == 64)
        #expect(
            result.errors.contains("; the Secret 'elsewhere' does not exist in the pod's namespace or lacks its key"),
            "\(result.errors)")
        #expect(bench.requests == [])
    }

    @Test func `ends with 75 where the server is down`() throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        try bench.write(PipelineBench.descriptor, to: "mnt/vol/source/api/workload.yaml")
        let arguments = arguments(bench, ["max-retries": "0"])
        bench.controlPlane.stop()
        let (result, outputs) = try run("generate-workload.yaml", bench, arguments: arguments)
        #expect(result.status == 75)
        #expect(outputs == ["workload-name": "", "action": ""])
    }

    @Test(arguments: [
        ("build-and-publish.yaml", ["api"]), ("monorepo.yaml", ["api", "cart", "web"]),
    ])
    func `publishes every component of the example workflows`(file: String, components: [String]) throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        let workflow = try ArgoWorkflow(
            file,
            parameters: [
                "api-server-url": bench.controlPlane.baseURL, "oauth-token-url": bench.controlPlane.tokenURL,
                "oauth-client-id": MockControlPlane.OAuthClient.quickStart.id,
            ])
        for folder in ["api", "services/api", "services/cart", "web"] {
            try bench.write(PipelineBench.descriptor, to: "mnt/vol/source/\(folder)/workload.yaml")
        }
        for (reference, arguments) in try workflow.calls(from: file == "monorepo.yaml" ? "apart" : nil) {
            #expect(
                reference == ["name": "generate-workload", "template": "generate-workload-cr", "clusterScope": true])
            let (result, outputs) = try run(
                "generate-workload.yaml", bench, arguments: arguments, workflow: workflow.parameters)
            #expect(result.status == 0, "\(result.errors)")
            #expect(outputs["action"] == "created")
        }
        for component in components {
            let workload = bench.controlPlane.workloads["default", "\(component)-workload"]
            #expect(
                workload?["spec"]?["container"]?["image"]
                    == .string("registry.example.com/shop/\(component):11111111-2222"))
            #expect(workload?["spec"]?["endpoints"]?["http"] != nil)
        }
    }

    @Test func `publishes every component of the monorepo in one step`() throws {
        let bench = try PipelineBench()
        defer { bench.remove() }
        let workflow = try ArgoWorkflow(
            "monorepo.yaml",
            parameters: [
                "api-server-url": bench.controlPlane.baseURL, "oauth-token-url": bench.controlPlane.tokenURL,
                "oauth-client-id": MockControlPlane.OAuthClient.quickStart.id,
            ])
        let list = try #require(workflow.parameters["components"])
        try bench.write(list.replacing("/mnt/vol", with: "\(bench.root.path)/mnt/vol"), to: "mnt/vol/components.json")
        for (component, folder) in [("api", "services/api"), ("cart", "services/cart"), ("web", "web")] {
            try bench.write(PipelineBench.descriptor, to: "mnt/vol/source/\(folder)/workload.yaml")
            try bench.write("registry.example.com/shop/\(component):7", to: "mnt/vol/images/\(component)")
        }
        var pod = Pod(
            container: try workflow.container(of: "publish"), secrets: Self.secrets, folders: ["/mnt/vol", "/tmp"])
        pod.placesArguments = true
        let result = try pod.run(in: bench)
        #expect(result.status == 0, "\(result.errors)")
        #expect(bench.requests.filter { $0.hasPrefix("POST /oauth2/token") }.count == 1)
        for component in ["api", "cart", "web"] {
            let workload = bench.controlPlane.workloads["default", "\(component)-workload"]
            #expect(workload?["spec"]?["container"]?["image"] == .string("registry.example.com/shop/\(component):7"))
        }
    }
}
