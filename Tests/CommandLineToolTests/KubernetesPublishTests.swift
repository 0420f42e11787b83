import JSON
import MockControlPlane
import Testing
import Text

@Suite struct PublishingToKubernetes {
    private static let token = "a-token-of-the-cluster"

    private func bench(
        _ descriptor: String? = Bench.descriptor, _ configure: (inout MockControlPlane.Configuration) -> Void = { _ in }
    ) throws -> Bench {
        try Bench(descriptor: descriptor) {
            $0.acceptedTokens = [Self.token]
            configure(&$0)
        }
    }

    private func kubeconfig(_ bench: Bench, user: String? = nil, namespace: String? = "default") throws -> String {
        let text = """
            current-context: c
            contexts: [{name: c, context: {cluster: k, user: u, namespace: \(namespace ?? "~")}}]
            clusters: [{name: k, cluster: {server: '\(bench.controlPlane.baseURL)'}}]
            users: [{name: u, user: \(user ?? "{token: \(Self.token)}")}]
            """
        try bench.checkout.write(text, to: "kubeconfig")
        return "\(bench.checkout.path)/kubeconfig"
    }

    private func live(_ bench: Bench) -> JSONValue? {
        bench.controlPlane.kubernetes["workloads.openchoreo.dev", "default", "api-workload"]
    }

    @Test func `creates, leaves unchanged and updates, with a token of the OAuth server`() throws {
        let bench = try bench()
        for (image, action) in [("a:1", "created"), ("a:1", "unchanged"), ("a:2", "updated")] {
            let run = bench.publish("--to", "kubernetes", "--image", "r.example/\(image)")
            #expect(run.code == .success, "\(run.errors)")
            #expect(run.output == "workload/api-workload \(action)\n")
        }
        #expect(
            bench.routes.filter { $0 != .token } == [
                .kubernetesCreate, .kubernetesCreate, .kubernetesGet, .kubernetesCreate, .kubernetesGet,
                .kubernetesReplace,
            ])
        let labels = live(bench)?["metadata"]?["labels"]
        #expect(labels == ["openchoreo.dev/project": "shop", "openchoreo.dev/component": "api"])
        #expect(bench.workload == nil)
    }

    @Test func `takes an endpoint away that the descriptor no longer has`() throws {
        let bench = try bench()
        _ = bench.publish("--to", "kubernetes")
        #expect(live(bench)?["spec"]?["endpoints"]?["api"] != nil)
        try bench.checkout.write("apiVersion: openchoreo.dev/v1alpha1\nmetadata: {name: shop}\n", to: "workload.yaml")
        let run = bench.publish("--to", "kubernetes")
        #expect(run.code == .success)
        #expect(live(bench)?["spec"]?["endpoints"] == nil)
        #expect(run.errors.contains("the update removes all endpoints (api) and all variables (LOG_LEVEL)"))
    }

    @Test func `changes the image alone without a descriptor, but labels what it makes`() throws {
        let bench = try bench(nil)
        let created = bench.publish("--to", "kubernetes", "--image", "r.example/a:1")
        #expect(created.output == "workload/api-workload created\n")
        #expect(live(bench)?["metadata"]?["labels"]?.object?.members.count == 2)
        bench.controlPlane.kubernetes["workloads.openchoreo.dev", "default", "api-workload"] = [
            "metadata": ["labels": ["theirs": "x"]],
            "spec": [
                "owner": ["projectName": "shop", "componentName": "api"],
                "container": ["image": "r.example/a:1", "args": ["x"]],
            ],
        ]
        #expect(bench.publish("--to", "kubernetes", "--image", "r.example/a:2").code == .success)
        #expect(live(bench)?["metadata"]?["labels"] == ["theirs": "x"])
        #expect(live(bench)?["spec"]?["container"] == ["image": "r.example/a:2", "args": ["x"]])
    }

    @Test func `goes by a kubeconfig, whose namespace holds where none is given`() throws {
        let bench = try bench()
        let run = bench.publish(
            "--to", "kubernetes",
            variables: [
                "KUBECONFIG": try kubeconfig(bench), "NAMESPACE_NAME": "", "API_URL": "http://127.0.0.1:1",
                "OAUTH_URL": "", "CLIENT_ID": "", "CLIENT_SECRET": "",
            ])
        #expect(run.code == .success, "\(run.errors)")
        #expect(bench.controlPlane.requests.first?.header("Authorization") == "Bearer \(Self.token)")
        #expect(live(bench) != nil)
    }

    @Test func `takes a flag before any variable, and not two of them`() throws {
        let bench = try bench()
        let other = try kubeconfig(bench, user: "{token: not-accepted}")
        let byURL = bench.publish(
            "--to", "kubernetes", "--api-server-url", bench.controlPlane.baseURL, variables: ["KUBECONFIG": other])
        #expect(byURL.code == .success, "\(byURL.errors)")
        let both = bench.publish("--to", "kubernetes", "--api-server-url", "http://x", "--kubeconfig", other)
        #expect(both.code == .usage)
        #expect(
            both.lastLine
                == "error: --kubeconfig (KUBECONFIG) and --api-server-url (API_URL) name two servers; give one of them; see "
                + "'workload-publisher publish --help' (nothing was done)")
        try bench.checkout.write(Self.token, to: "token")
        let replaced = bench.publish(
            "--to", "kubernetes", "--kubeconfig", other, "--access-token-file", "\(bench.checkout.path)/token")
        #expect(replaced.code == .success, "\(replaced.errors)")
    }

    @Test func `takes a token from a file for a user that wants a program to be run`() throws {
        let bench = try bench()
        try bench.checkout.write(Self.token, to: "token")
        let run = bench.publish(
            "--to", "kubernetes", "--kubeconfig", try kubeconfig(bench, user: "{exec: {command: /bin/false}}"),
            "--access-token-file", "\(bench.checkout.path)/token")
        #expect(run.code == .success, "\(run.errors)")
    }

    @Test func `does not call a namespace missing that the kubeconfig has`() throws {
        let bench = try bench()
        let run = bench.publish(
            "--to", "kubernetes", "--kubeconfig", try kubeconfig(bench), "--max-retries", "x",
            variables: ["NAMESPACE_NAME": ""])
        #expect(run.code == .usage)
        #expect(run.lastLine.contains("'x' is not a number from 0 to 1000"))
        #expect(!run.lastLine.contains("namespace"), "\(run.lastLine)")
    }

    @Test func `shows no password of a kubeconfig's proxy`() throws {
        let bench = try bench { $0.echoesRequests = true }
        bench.controlPlane.always(.kubernetesCreate, .error(407))
        let path = try kubeconfig(bench)
        let proxy = bench.controlPlane.baseURL.replacing("http://", with: "http://wren:n1ghtingale@")
        try bench.checkout.write(
            try #require(bench.checkout.read("kubeconfig")).replacing(
                "server: '\(bench.controlPlane.baseURL)'", with: "server: 'http://k.example', proxy-url: '\(proxy)'"),
            to: "kubeconfig")
        let run = bench.publish("--to", "kubernetes", "--kubeconfig", path, "--verbose", "--max-retries", "0")
        #expect(run.code == .temporaryFailure)
        #expect(
            bench.controlPlane.requests.first?.header("Proxy-Authorization") == "Basic d3JlbjpuMWdodGluZ2FsZQ==")
        for secret in ["n1ghtingale", "d3JlbjpuMWdodGluZ2FsZQ"] { #expect(!run.errors.contains(secret)) }
    }

    @Test func `says what is missing where this is not a pod`() throws {
        let run = try bench().publish("--to", "kubernetes", variables: ["API_URL": ""])
        #expect(run.code == .usage)
        #expect(
            run.lastLine.contains(
                "missing: --kubeconfig (KUBECONFIG) or --api-server-url (API_URL), for this is not a pod with a service account"
            ))
    }

    @Test(arguments: [
        (
            "{exec: {command: /bin/false}}", 78,
            "its user gets its credential from a program (exec), and none is run; have the program write a token to a "
                + "file, and name that with --access-token-file (ACCESS_TOKEN_FILE)"
        ),
        ("{token: \"a\\nb\"}", 78, "its token holds more than one line, spaces or control characters; check"),
        ("{token: wrong-token-here}", 77, "401 Unauthorized: Unauthorized; the API does not accept the credential"),
        ("{}", 77, #"User "system:anonymous" cannot create resource "workloads""#),
    ])
    func `says why a kubeconfig is of no use`(user: String, code: Int32, message: String) throws {
        let bench = try bench()
        let run = bench.publish("--to", "kubernetes", "--kubeconfig", try kubeconfig(bench, user: user))
        #expect(run.code.rawValue == code)
        #expect(run.lastLine.contains(message), "\(run.errors)")
        #expect(run.output.isEmpty)
    }

    @Test func `says of a missing kubeconfig, a folder and a list what each one is`() throws {
        let bench = try bench()
        let path = bench.checkout.path
        for (kubeconfig, code, message) in [
            ("\(path)/none", 66, "'\(path)/none': No such file or directory; check --kubeconfig (KUBECONFIG)"),
            (path, 66, "Is a directory"),
            ("\(path)/a:\(path)/b", 78, "this is a list of kubeconfigs, and one file is read; name one of them"),
        ] {
            let run = bench.publish("--to", "kubernetes", "--kubeconfig", kubeconfig)
            #expect(run.code.rawValue == Int32(code))
            #expect(run.lastLine.contains(message), "\(run.errors)")
        }
    }

    @Test(arguments: [
        ("ABC", "has no PEM certificate (-----BEGIN CERTIFICATE-----) in it"),
        // Only libcurl looks into it.
        ("-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n", "was refused by the TLS library"),
    ])
    func `a kubeconfig's authority that is no certificate is reported where it stands`(
        authority: String, problem: String
    ) throws {
        let bench = try bench()
        let path = try kubeconfig(bench)
        let text = try #require(bench.checkout.read("kubeconfig"))
        let data = Base64.encode(Array(authority.utf8))
        try bench.checkout.write(
            text.replacing(
                "cluster: {server: 'http://", with: "cluster: {certificate-authority-data: \(data), server: 'https://"),
            to: "kubeconfig")
        let run = bench.publish("--to", "kubernetes", "--kubeconfig", path)
        #expect(run.code.rawValue == 78)
        #expect(
            run.lastLine
                == "error: '\(path)': certificate-authority-data \(problem); name a PEM file of the authorities to trust with "
                + "--ca-file (CA_FILE)")
    }

    @Test func `annotates the run by a merge patch, once`() throws {
        let bench = try bench()
        bench.controlPlane.kubernetes["workflowruns.openchoreo.dev", "default", "run-7"] = ["spec": ["x": 1]]
        for _ in 1...2 {
            let run = bench.publish("--to", "kubernetes", "--run-name", "run-7")
            #expect(run.code == .success, "\(run.errors)")
        }
        #expect(bench.controlPlane.requests(.kubernetesMergePatch).count == 1)
        let annotations = bench.controlPlane.kubernetes["workflowruns.openchoreo.dev", "default", "run-7"]?[
            "metadata"]?[
                "annotations"]
        #expect(annotations?["openchoreo.dev/workload-from-source"] == "true")
    }

    @Test func `ends with 77 where an existing Workload may not be read`() throws {
        let bench = try bench { $0.kubernetes.denied = ["get workloads"] }
        #expect(bench.publish("--to", "kubernetes").code == .success)
        let run = bench.publish("--to", "kubernetes", "--image", "r.example/a:2")
        #expect(run.code == .noPermission)
        #expect(run.lastLine.contains("get workloads.openchoreo.dev"), "\(run.lastLine)")
    }

    @Test func `shows the requests it would send, and what would change`() throws {
        let bench = try bench()
        let planned = bench.publish("--to", "kubernetes", "--dry-run", variables: ["API_URL": "", "KUBECONFIG": ""])
        #expect(planned.code == .success, "\(planned.errors)")
        #expect(
            planned.output.contains(
                "POST <api-server-url>/apis/openchoreo.dev/v1alpha1/namespaces/default/workloads?"))
        #expect(bench.routes.isEmpty)
        _ = bench.publish("--to", "kubernetes", "--image", "r.example/a:1")
        let preview = bench.publish("--to", "kubernetes", "--image", "r.example/a:2", "--dry-run=server")
        #expect(preview.output.contains("-    image: r.example/a:1\n+    image: r.example/a:2\n"))
        #expect(preview.output.hasSuffix("workload/api-workload updated (dry run)\n"))
        #expect(live(bench)?["spec"]?["container"]?["image"] == "r.example/a:1")
    }

    @Test(arguments: [
        (403, "Forbidden", "w is forbidden: exceeded quota: q", 69, "have the quota raised"),
        (403, "Forbidden", "User \"x\" cannot create", 77, "create workloads.openchoreo.dev in the namespace default"),
        (403, "", #"admission webhook "c.example" denied the request: no"#, 77, "a webhook of the cluster refuses"),
        (422, "Invalid", "spec.x: no", 65, "fix what it names"),
        (500, "", "etcdserver: request is too large", 65, "etcdserver: request is too large"),
        (500, "InternalError", "failed calling webhook \"w.example\"", 75, "failed calling webhook"),
        (504, "Timeout", "Timeout: request did not complete", 75, "Timeout: request did not complete"),
    ])
    func `ends as the refusal has it`(
        status: Int, reason: String, message: String, code: Int32, part: String
    ) throws {
        let bench = try bench()
        bench.controlPlane.always(
            .kubernetesCreate,
            .response(.kubernetesStatus(status, message, reason: reason.isEmpty ? nil : reason)))
        let run = bench.publish("--to", "kubernetes")
        #expect(run.code.rawValue == code)
        #expect(run.lastLine.contains(part), "\(run.lastLine)")
        #expect(!run.lastLine.contains("openchoreo-api"))
    }
}
