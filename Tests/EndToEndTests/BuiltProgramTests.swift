import Foundation
import JSON
import MockControlPlane
import TestPrograms
import Testing

private let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("descriptors").path

@Suite struct TheBuiltProgram {
    private func environment(_ controlPlane: MockControlPlane) -> [String: String] {
        let client = MockControlPlane.OAuthClient.quickStart
        return [
            "IMAGE": "registry.example.com/reading-list/service:1.0.0", "NAMESPACE_NAME": "default",
            "PROJECT_NAME": "reading-list", "COMPONENT_NAME": "service", "SOURCE_DIR": examples,
            "APP_PATH": "/reading-list-service", "OAUTH_URL": controlPlane.tokenURL, "API_URL": controlPlane.baseURL,
            "CLIENT_ID": client.id, "CLIENT_SECRET": client.secret ?? "", "RUN_NAME": "run-1",
        ]
    }

    @Test func `does the step from its environment alone`() throws {
        let controlPlane = try MockControlPlane.started()
        controlPlane.workflowRuns["default", "run-1"] = ["spec": ["workflow": ["name": "docker"]]]
        let result = try BuiltProgram.publisher.run(["publish"], environment: environment(controlPlane))
        #expect(result.output == "workload/service-workload created\n")
        #expect(result.status == 0)
        #expect(
            result.errors == """
                workload/service-workload created in namespace default: image registry.example.com/reading-list/service:1.0.0, \
                descriptor '\(examples)/reading-list-service/workload.yaml'
                workflowrun/run-1 annotated

                """)
        #expect(
            controlPlane.requests.map { "\($0.method) \($0.target) \($0.status ?? 0)" } == [
                "POST /oauth2/token 200", "POST /api/v1/namespaces/default/workloads 201",
                "GET /api/v1/namespaces/default/workflowruns/run-1 200",
                "PUT /api/v1/namespaces/default/workflowruns/run-1 200",
                "GET /api/v1/namespaces/default/workloads?component=service&limit=100 200",
                "GET /api/v1/namespaces/default/components/service 403",
            ])
        #expect(controlPlane.connectionCount == 1)
    }

    @Test func `sends requests that the schemas of both API versions accept`() throws {
        for version in MockControlPlane.APIVersion.allCases {
            for example in ["reading-list-service", "minimal", "connections"] {
                let controlPlane = try MockControlPlane.started { $0.apiVersion = version }
                controlPlane.workflowRuns["default", "run-1"] = ["spec": ["workflow": ["name": "docker"]]]
                var environment = environment(controlPlane)
                environment["APP_PATH"] = example
                for (image, action) in [("1", "created"), ("1", "unchanged"), ("2", "updated")] {
                    environment["IMAGE"] = "r.example/x:\(image)"
                    let result = try BuiltProgram.publisher.run(["publish"], environment: environment)
                    #expect(result.output == "workload/service-workload \(action)\n", "\(version) \(result.errors)")
                }
            }
        }
    }

    @Test func `prints one result and ends with the code of its failure`() throws {
        let controlPlane = try MockControlPlane.started()
        controlPlane.always(.createWorkload, .error(422))
        let result = try BuiltProgram.publisher.run(["publish", "--quiet"], environment: environment(controlPlane))
        #expect(result.status == 65)
        #expect(result.output == "")
        #expect(
            result.errors.split(separator: "\n").last?.hasPrefix("error: POST \(controlPlane.baseURL)/api/v1/") == true)
    }

    @Test func `checks descriptors in its folder and says so by its status`() throws {
        let folder = "\(examples)/minimal"
        let clean = try BuiltProgram.publisher.run(["validate"], folder: folder)
        #expect((clean.status, clean.output, clean.errors) == (0, "1 file: 0 errors, 0 warnings\n", ""))
        let strict = try BuiltProgram.publisher.run(["validate"], environment: ["STRICT": "1"], folder: examples)
        #expect(strict.status == 65)
        #expect(strict.output.hasSuffix("\n4 files: 3 errors, 0 warnings\n"))
        let fenced = try BuiltProgram.publisher.run(["validate", "/etc/passwd"], environment: ["SOURCE_DIR": "."])
        #expect((fenced.status, fenced.output) == (66, ""))
        let schema = try BuiltProgram.publisher.run(["schema"])
        #expect(schema.output == (try String(contentsOfFile: "\(examples)/workload.schema.json", encoding: .utf8)))
    }

    @Test func `reads paths relative to its folder`() throws {
        let result = try BuiltProgram.publisher.run(
            [
                "render", "--image", "r.example/x:1", "--namespace", "n", "--project", "p", "--component", "c",
                "--descriptor", "minimal/workload.yaml",
            ], folder: examples)
        #expect(result.status == 0)
        #expect(
            result.output.hasPrefix(
                "apiVersion: openchoreo.dev/v1alpha1\nkind: Workload\nmetadata:\n  name: c-workload\n"))
    }

    @Test(arguments: [(SIGTERM, Int32(143), "SIGTERM"), (SIGINT, 130, "SIGINT")])
    func `ends at once when it is asked to, and says what had been written`(
        signal: Int32, status: Int32, name: String
    ) throws {
        let controlPlane = try MockControlPlane.started()
        controlPlane.always(.getWorkflowRun, .silence)
        let running = try BuiltProgram.publisher.start(
            ["publish", "--quiet"], environment: environment(controlPlane))
        #expect(controlPlane.waitForRequests(count: 3))
        kill(running.identifier, signal)
        let result = running.finish()
        #expect(result.status == status)
        #expect(result.output == "")
        #expect(
            result.errors.hasSuffix(
                "error: stopped by \(name): workload/service-workload was created; run this again to put it right\n"))
    }

    @Test func `that is stopped while it waits says what it has published`() throws {
        let controlPlane = try MockControlPlane.started {
            $0.permissions = Set(MockControlPlane.Permission.allCases)
            $0.rollout = [.unseen]
        }
        let running = try BuiltProgram.publisher.start(
            ["publish", "--quiet", "--wait"],
            environment: environment(controlPlane).merging(["RUN_NAME": ""]) { _, new in new })
        #expect(controlPlane.waitForRequests(count: 7))
        kill(running.identifier, SIGTERM)
        let result = running.finish()
        #expect((result.status, result.output) == (143, ""))
        #expect(
            result.errors
                == "error: stopped by SIGTERM: workload/service-workload was created; run this again to put it right\n")
        #expect(controlPlane.workloads["default", "service-workload"] != nil)
    }

    @Test(arguments: [
        ["publish", "--access-token-file"], ["publish", "--to", "kubernetes", "--kubeconfig"], ["apply"],
        ["publish", "--to", "git", "--tree", ".", "--image-file"], ["apply", "--to", "git", "--tree", "."],
    ])
    func `ends within its time even where a file never ends`(command: [String]) throws {
        let controlPlane = try MockControlPlane.started()
        let pipe = NSTemporaryDirectory() + "workload-publisher-\(UUID().uuidString)"
        #expect(mkfifo(pipe, 0o600) == 0)
        defer { unlink(pipe) }
        let result = try BuiltProgram.publisher.run(
            command + [pipe, "--timeout", "100ms"], environment: environment(controlPlane))
        #expect(result.status == 75)
        #expect(
            result.errors.hasSuffix(
                "error: the time for the whole step is over: nothing is known to have been written; run this again, "
                    + "with a longer --timeout (TIMEOUT) if it needs one\n"))
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `ends at once even where its errors are not read`(signal: Int32) throws {
        let controlPlane = try MockControlPlane.started()
        controlPlane.always(.createWorkload, .error(503).delayed(by: .milliseconds(1)))
        // A child whose standard error is never read fills its pipe with what --verbose says.
        let child = try ChildProcess(
            BuiltProgram.publisher.path,
            ["publish", "--verbose", "--max-retries=1000", "--app-path", String(repeating: "./", count: 10)],
            environment: environment(controlPlane))
        #expect(controlPlane.waitForRequests(count: 2))
        kill(child.identifier, signal)
        #expect(child.finish().status == (signal == SIGTERM ? 143 : 130))
    }

    @Test func `does not crash when its output is not read`() throws {
        let process = try ChildProcess(
            BuiltProgram.publisher.path, ["schema"], environment: [:], isOutputClosed: true)
        let result = process.finish()
        #expect(result.status == 73)
        #expect(result.errors == "error: cannot write to standard output: Broken pipe\n")
    }
}

@Suite struct TheSandbox {
    @Test func `publishes the example twice and shows the requests`() throws {
        let folder = URL(fileURLWithPath: examples).deletingLastPathComponent().path
        let result = try BuiltProgram.sandbox.run([], folder: folder)
        #expect(result.status == 0)
        #expect(result.output.contains("\nworkload/reading-list-service-workload created\n"))
        #expect(result.output.contains("\nworkload/reading-list-service-workload updated\n"))
        #expect(result.output.contains("PUT /api/v1/namespaces/default/workloads/reading-list-service-workload -> 200"))
        #expect(result.output.contains("\n        content: |\n          openapi: 3.0.3\n"))
        // A screen shows it whole.
        #expect(result.output.split(separator: "\n", omittingEmptySubsequences: false).count < 70)
    }

    @Test(arguments: [["--help"], ["help"], ["serve", "--help"]])
    func `explains what it adds`(arguments: [String]) throws {
        let result = try BuiltProgram.sandbox.run(arguments)
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("workload-publisher-sandbox is workload-publisher with a control plane inside"))
        #expect(result.output.contains("workload-publisher-sandbox serve [--port N]"))
        #expect(result.errors == "")
    }

    @Test func `runs any command line against its own control plane`() throws {
        let result = try BuiltProgram.sandbox.run(
            [
                "publish", "--image=r.example/x:1", "--namespace=n", "--project=p", "--component=c",
                "--source-dir=\(examples)", "--app-path=minimal",
            ])
        #expect(result.output == "workload/c-workload created\n")
        #expect(result.status == 0)
    }

    @Test func `takes the kinds of any cluster in a manifest that it does not see before`() throws {
        let folder = try TemporaryFolder()
        let manifests = """
            {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 1}}
            ---
            {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {}}
            """
        try TestFile.write(manifests.utf8, to: "\(folder.path)/m.yaml")
        let server = try BuiltProgram.sandbox.start(["serve"])
        #expect(server.readOutput(until: "CLIENT_SECRET="))
        var environment: [String: String] = [:]
        for line in server.outputText.split(separator: "\n") {
            let parts = line.dropFirst("export ".count).split(separator: "=", maxSplits: 1).map(String.init)
            environment[parts[0]] = String(parts[1].dropFirst().dropLast())
        }
        let result = try BuiltProgram.publisher.run(["apply", "\(folder.path)/m.yaml"], environment: environment)
        #expect(
            result.output == "service/web created\ndeployment.apps/web created\ningress.networking.k8s.io/web created\n"
        )
        #expect(result.status == 0, "\(result.errors)")
        kill(server.identifier, SIGTERM)
        _ = server.finish()
    }

    @Test func `releases and deploys what is published, so that a wait ends`() throws {
        let result = try BuiltProgram.sandbox.run(
            [
                "publish", "--image=r.example/x:1", "--namespace=n", "--project=p", "--component=c", "--wait",
                "--source-dir=\(examples)", "--app-path=minimal",
            ])
        let lines = result.output.split(separator: "\n")
        #expect(lines.first == "workload/c-workload created")
        #expect(lines.dropFirst().first?.hasPrefix("component/c released ") == true)
        #expect(lines.dropFirst(2).first?.hasPrefix("releasebinding/c-") == true)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test func `shows the example to no other control plane than its own`() throws {
        let other = try MockControlPlane.started()
        let folder = URL(fileURLWithPath: examples).deletingLastPathComponent().path
        var environment = ["API_URL": other.baseURL, "OAUTH_URL": other.tokenURL, "DRY_RUN": "true"]
        environment["CLIENT_ID"] = MockControlPlane.OAuthClient.quickStart.id
        environment["CLIENT_SECRET"] = MockControlPlane.OAuthClient.quickStart.secret
        let result = try BuiltProgram.sandbox.run([], environment: environment, folder: folder)
        #expect(result.output.contains("\nworkload/reading-list-service-workload updated\n"))
        #expect(other.requests.isEmpty)
    }

    @Test func `lets missing parameters be missing`() throws {
        let result = try BuiltProgram.sandbox.run(["publish"])
        #expect(result.status == 64)
        #expect(result.errors.hasPrefix("error: missing: --image (IMAGE) or --image-file (IMAGE_FILE),"))
    }

    @Test(arguments: [
        (["serve", "x"], "usage: workload-publisher-sandbox serve [--port N]"),
        (["serve", "--port"], "usage: workload-publisher-sandbox serve [--port N]"),
        (["serve", "--port", "65536"], "--port: this is not a number from 0 to 65535"),
        (["serve", "--port=some"], "--port: this is not a number from 0 to 65535"),
    ])
    func `says what is wrong with the words for its server`(arguments: [String], problem: String) throws {
        let result = try BuiltProgram.sandbox.run(arguments)
        #expect((result.status, result.output, result.errors) == (64, "", "error: \(problem)\n"))
    }

    @Test func `says that its port is taken`() throws {
        let other = try MockControlPlane.started()
        let result = try BuiltProgram.sandbox.run(["serve", "--port=\(other.port)"])
        #expect((result.status, result.output) == (1, ""))
        #expect(
            result.errors
                == "error: the mock control plane cannot start: bind: Address already in use; is its port taken?\n")
    }

    @Test func `serves a second program`() throws {
        let server = try BuiltProgram.sandbox.start(["serve"])
        #expect(server.readOutput(until: "CLIENT_SECRET="))
        var environment = ["IMAGE": "r.example/x:1", "NAMESPACE_NAME": "default", "PROJECT_NAME": "p"]
        environment["COMPONENT_NAME"] = "c"
        environment["RUN_NAME"] = "sandbox-run"
        environment["SOURCE_DIR"] = "\(examples)/minimal"
        for line in server.outputText.split(separator: "\n") {
            let parts = line.dropFirst("export ".count).split(separator: "=", maxSplits: 1).map(String.init)
            environment[parts[0]] = String(parts[1].dropFirst().dropLast())
        }
        let result = try BuiltProgram.publisher.run(["publish"], environment: environment)
        #expect(result.output == "workload/c-workload created\n")
        #expect(server.readOutput(until: "PUT /api/v1/namespaces/default/workflowruns/sandbox-run 200\n"))
        kill(server.identifier, SIGTERM)
        let ended = server.finish()
        #expect(ended.status == 0)
        let lines = ended.output.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("export ") }
        #expect(lines.first == "POST /oauth2/token 200")
        #expect(lines.contains("POST /api/v1/namespaces/default/workloads 201"))
        #expect(lines.contains("  workload/c-workload in namespace default, image r.example/x:1"))
    }
}
