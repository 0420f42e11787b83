import Foundation
import JSON
import MockControlPlane
import TestPrograms
import Testing

/// The built program against a cluster: over TLS by a kubeconfig, killed in the middle, with standard input.
@Suite struct Clusters {
    private typealias Route = MockControlPlane.Route

    private static let token = "token-of-a-service-account"
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try TestFile.write(Self.manifests.utf8, to: "\(folder.path)/m.yaml")
    }

    private static let manifests = """
        {apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: {a: "1"}}
        ---
        {apiVersion: v1, kind: ConfigMap, metadata: {name: two}, data: {a: "2"}}

        """

    private func kubeconfig(server: String, cluster: String = "", user: String = "token: \(token)") throws -> String {
        let text = """
            current-context: c
            contexts: [{name: c, context: {cluster: k, user: u, namespace: shop}}]
            clusters: [{name: k, cluster: {server: '\(server)'\(cluster)}}]
            users: [{name: u, user: {\(user)}}]
            """
        try TestFile.write(text.utf8, to: "\(folder.path)/kubeconfig")
        return "\(folder.path)/kubeconfig"
    }

    private func apply(_ kubeconfig: String, _ arguments: String..., file: String? = nil) throws -> ChildProcess.Result
    {
        try BuiltProgram.publisher.run(
            ["apply", file ?? "\(folder.path)/m.yaml", "--kubeconfig", kubeconfig, "--max-retries=0"] + arguments)
    }

    private func data(_ controlPlane: MockControlPlane) -> [JSONValue?] {
        ["one", "two"].map { controlPlane.kubernetes["configmaps", "shop", $0]?["data"]?["a"] }
    }

    @Test func `are trusted by the authority of the kubeconfig alone, under the name that it has for the server`()
        throws
    {
        let authority = try TestAuthority.make(in: folder.path)
        let controlPlane = try MockControlPlane.started { $0.acceptedTokens = [Self.token] }
        let proxy = try TLSProxy(.bytes, of: controlPlane.port, authority)
        let data = Data(TestFile.bytes(of: authority.certificate)).base64EncodedString()
        for cluster in [", certificate-authority: authority.pem", ", certificate-authority-data: \(data)"] {
            let result = try apply(try kubeconfig(server: proxy.baseURL, cluster: cluster))
            #expect(result.status == 0, "\(result.errors)")
        }
        #expect(self.data(controlPlane) == ["1", "2"])
        let distrusted = try apply(try kubeconfig(server: proxy.baseURL))
        #expect(distrusted.status == 78)
        #expect(
            distrusted.errors.contains("is signed by an authority that is not trusted here"), "\(distrusted.errors)")
        let renamed = try apply(
            try kubeconfig(
                server: proxy.baseURL, cluster: ", certificate-authority: authority.pem, tls-server-name: other.example"
            ))
        #expect(renamed.status == 78, "\(renamed.errors)")
        let insecure = try apply(try kubeconfig(server: proxy.baseURL, cluster: ", insecure-skip-tls-verify: true"))
        #expect(insecure.status == 0)
        #expect(insecure.errors.contains("the servers' certificates are not verified"))
    }

    @Test func `know a client by its certificate`() throws {
        let authority = try TestAuthority.make(in: folder.path)
        let controlPlane = try MockControlPlane.started { $0.kubernetes.certificateUser = "ci" }
        let script = """
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -CA authority.pem \
                -CAkey authority.key -keyout client.key -out client.pem -subj /CN=ci -addext extendedKeyUsage=clientAuth
            """
        try ProgramCall("/bin/sh", ["-euc", script], environment: ProgramCall.usualPath, folder: folder.path).run()
        let proxy = try TLSProxy(.bytes, of: controlPlane.port, authority, asksForCertificate: true)
        let cluster = ", certificate-authority: authority.pem"
        let known = try apply(
            try kubeconfig(
                server: proxy.baseURL, cluster: cluster, user: "client-certificate: client.pem, client-key: client.key")
        )
        #expect(known.status == 0, "\(known.errors)")
        #expect(controlPlane.requests.allSatisfy { $0.header("Authorization") == nil })
        let unknown = try apply(try kubeconfig(server: proxy.baseURL, cluster: cluster, user: ""))
        #expect(unknown.status != 0)
    }

    @Test(arguments: [
        (Route.kubernetesDiscovery, false), (.kubernetesGet, false), (.kubernetesApply, false),
        (.kubernetesApply, true),
    ])
    func `are put right by the next run where one was killed`(route: MockControlPlane.Route, isWorkDone: Bool) throws {
        let controlPlane = try MockControlPlane.started { $0.acceptedTokens = [Self.token] }
        controlPlane.script(route, [isWorkDone ? .silence.afterWork : .silence])
        let responded = DispatchSemaphore(value: 0)
        controlPlane.beforeResponding { request, _ in if request.route == route { responded.signal() } }
        let kubeconfig = try kubeconfig(server: controlPlane.baseURL)
        let arguments = [
            "apply", "\(folder.path)/m.yaml", "--kubeconfig", kubeconfig, "--outputs-dir", "\(folder.path)/out",
        ]
        let running = try BuiltProgram.publisher.start(arguments)
        #expect(responded.wait(timeout: .now() + 30) == .success)
        kill(running.identifier, SIGKILL)
        #expect(running.finish().status == 128 + SIGKILL)
        #expect(TestFile.text(of: "\(folder.path)/out/results.json") == "")
        controlPlane.beforeResponding(nil)
        let result = try BuiltProgram.publisher.run(arguments)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "configmap/one \(isWorkDone ? "unchanged" : "created")\nconfigmap/two created\n")
        #expect(data(controlPlane) == ["1", "2"])
        let results = try JSONValue(parsing: TestFile.text(of: "\(folder.path)/out/results.json"))
        #expect(results["failed"] == 0)
    }

    @Test(arguments: [
        (Route.kubernetesCreate, false), (.kubernetesCreate, true), (.kubernetesGet, true), (.kubernetesReplace, true),
        (.kubernetesMergePatch, false),
    ])
    func `have a Workload put right by the next run where one was killed`(
        route: MockControlPlane.Route, hasWorkload: Bool
    ) throws {
        let controlPlane = try MockControlPlane.started { $0.acceptedTokens = [Self.token] }
        controlPlane.kubernetes["workflowruns.openchoreo.dev", "shop", "run-7"] = ["spec": ["x": 1]]
        if hasWorkload {
            controlPlane.kubernetes["workloads.openchoreo.dev", "shop", "api-workload"] = [
                "metadata": ["labels": ["team": "a"], "finalizers": ["example.com/hold"]],
                "spec": [
                    "owner": ["projectName": "shop", "componentName": "api"],
                    "container": ["image": "r.example/api:0", "args": ["x"]],
                ],
            ]
        }
        controlPlane.script(route, [.silence.afterWork])
        let responded = DispatchSemaphore(value: 0)
        controlPlane.beforeResponding { request, _ in if request.route == route { responded.signal() } }
        let arguments = [
            "publish", "--to", "kubernetes", "--kubeconfig", try kubeconfig(server: controlPlane.baseURL), "--image",
            "r.example/api:1", "--project", "shop", "--component", "api", "--source-dir", folder.path, "--run-name",
            "run-7",
        ]
        let running = try BuiltProgram.publisher.start(arguments)
        #expect(responded.wait(timeout: .now() + 30) == .success)
        kill(running.identifier, SIGKILL)
        #expect(running.finish().status == 128 + SIGKILL)
        controlPlane.beforeResponding(nil)
        let result = try BuiltProgram.publisher.run(arguments)
        #expect(result.status == 0, "\(result.errors)")
        let workload = try #require(controlPlane.kubernetes["workloads.openchoreo.dev", "shop", "api-workload"])
        #expect(workload["spec"]?["container"]?["image"] == "r.example/api:1")
        #expect(workload["metadata"]?["finalizers"] == (hasWorkload ? ["example.com/hold"] : nil))
        let run = controlPlane.kubernetes["workflowruns.openchoreo.dev", "shop", "run-7"]
        #expect(run?["metadata"]?["annotations"]?["openchoreo.dev/workload-from-source"] == "false")
    }

    @Test func `are those that a pod runs in, by the variables that every container has`() throws {
        let result = try BuiltProgram.publisher.run(
            ["apply", "\(folder.path)/m.yaml", "--max-retries=0"],
            environment: ["KUBERNETES_SERVICE_HOST": "127.0.0.1", "KUBERNETES_SERVICE_PORT": "1"])
        // A test that runs in a pod itself has the credentials, and finds no server.
        let isPod = FileManager.default.fileExists(atPath: "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt")
        let problem =
            isPod
            ? "https://127.0.0.1:1/"
            : "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt: the pod's service account cannot be read: "
                + "No such file or directory; have the token of a service account mounted into the pod"
        #expect(result.status == (isPod ? 75 : 78))
        #expect(result.errors.contains(problem), "\(result.errors)")
    }

    @Test func `take manifests from standard input`() throws {
        let controlPlane = try MockControlPlane.started { $0.acceptedTokens = [Self.token] }
        let program = BuiltProgram.publisher.path
        let script = "'\(program)' apply - --kubeconfig '\(try kubeconfig(server: controlPlane.baseURL))' < m.yaml"
        let piped = "cat m.yaml | '\(program)' apply -f - --kubeconfig '\(folder.path)/kubeconfig'"
        let output = try ProgramCall(
            "/bin/sh", ["-euc", "\(script); \(piped)"], environment: ProgramCall.usualPath, folder: folder.path
        ).run()
        #expect(
            output
                == "configmap/one created\nconfigmap/two created\nconfigmap/one unchanged\nconfigmap/two unchanged\n")
    }

    @Test(arguments: ["workspace.yaml", "ocm.yaml"])
    func `are shown by the sandbox in one command`(name: String) throws {
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let result = try BuiltProgram.sandbox.run(
            [
                "apply", "\(checkout.path)/descriptors/objects/\(name)", "--wait-for", "condition=Ready", "--fail-on",
                ".status.phase=Failed",
            ], environment: ["KUBECONFIG": "/nonexistent", "KUBERNETES_SERVICE_HOST": "192.0.2.1"])
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == (name == "ocm.yaml" ? 2 : 1))
        #expect(lines.allSatisfy { $0.hasSuffix(" created") })
    }
}
