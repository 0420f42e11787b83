import CommandLineTool
import Foundation
import PipelineTemplates
import Testing
import Text

@Suite struct Templates {
    private static let workflows = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("workflows")

    private static let systems = PipelineSystem.all.map(\.name)

    private static let openInputs =
        "warning: OpenChoreo's workflows do not give the inputs api-server-url, oauth-token-url and oauth-client-id, "
        + "which are empty here; print the template with --api-server-url, --oauth-token-url, --oauth-client-id, or give "
        + "them in each call\n"

    /// What makes Argo's template whole.
    private static let urls = [
        "--api-server-url=https://a.example", "--oauth-token-url=https://o.example/t", "--oauth-client-id=ci",
    ]

    /// `UPDATE_WORKFLOWS=1 swift test --filter Templates` rewrites the files.
    @Test(arguments: [
        ("argo/generate-workload.yaml", ["argo"]),
        ("argo/generate-workload-k3d.yaml", ["argo", "--preset", "k3d"]),
        ("tekton/generate-workload.yaml", ["tekton"]),
        ("github/action.yml", ["github"]),
        ("gitlab/generate-workload.yml", ["gitlab"]),
    ])
    func `templates are what the files in workflows hold`(file: String, arguments: [String]) throws {
        let run = ToolRun(["template"] + arguments)
        #expect(run.code == .success)
        #expect(run.errors == (arguments == ["argo"] ? Self.openInputs : ""))
        let url = Self.workflows.appendingPathComponent(file)
        if ProcessInfo.processInfo.environment["UPDATE_WORKFLOWS"] == "1" {
            try run.output.write(to: url, atomically: true, encoding: .utf8)
        } else {
            #expect(try String(contentsOf: url, encoding: .utf8) == run.output)
        }
    }

    @Test(arguments: systems)
    func `templates print the same bytes whatever the order and the environment`(system: String) {
        let one = ToolRun(["template", system, "--name=a", "--timeout=2m"])
        let other = ToolRun(
            ["template", "--timeout", "2m", "--name", "a", system],
            environment: ["CLIENT_SECRET": "hunter2", "API_URL": "http://elsewhere", "TIMEOUT": "9m"],
            workingDirectory: "/tmp")
        #expect(one.code == .success)
        #expect(one.output == other.output)
        #expect(!other.output.contains("hunter2"))
    }

    @Test(arguments: [
        ("argo", "[publish, \"--oauth-parameter=resource=https://r.example\", --oauth-parameter=note=it's]"),
        ("tekton", "[publish, \"--oauth-parameter=resource=https://r.example\", --oauth-parameter=note=it's]"),
        ("github", " publish '--oauth-parameter=resource=https://r.example' '--oauth-parameter=note=it'\\''s'"),
        ("gitlab", " publish '--oauth-parameter=resource=https://r.example' '--oauth-parameter=note=it'\\\\''s'\""),
    ])
    func `templates write parameters of the token request into the command`(system: String, expected: String) {
        let run = ToolRun([
            "template", system, "--preset=k3d", "--oauth-parameter", "resource=https://r.example", "--oauth-parameter",
            "note=it's",
        ])
        #expect(run.code == .success)
        #expect(run.output.contains(expected), "\(run.output)")
        #expect(
            run.output.contains(
                " --oauth-parameter resource=https://r.example --oauth-parameter 'note=it'\\''s'\n"))
    }

    @Test(arguments: systems)
    func `templates make every connection parameter the default of its input`(system: String) {
        let values = [
            ("--api-server-url", "https://api.example.com/base"), ("--api-server-host-header", "a.example"),
            ("--oauth-token-url", "https://id.example.com/t"), ("--oauth-host-header", "o.example"),
            ("--oauth-client-id", "it's me"), ("--oauth-client-secret-file", "/run/secret"),
            ("--oauth-auth-method", "basic"), ("--oauth-scope", "a b"), ("--oauth-audience", "x:y"),
            ("--timeout", "2m"), ("--request-timeout", "3s"), ("--connect-timeout", "4s"), ("--max-retries", "6"),
            ("--ca-file", "/ca.pem"), ("--insecure-skip-tls-verify", "true"),
        ]
        let run = ToolRun(["template", system] + values.map { "\($0)=\($1)" })
        #expect(run.code == .success, "\(run.errors)")
        for (flag, value) in values {
            let name = String(flag.dropFirst(2))
            let lines = run.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            let isPlain = !value.contains(":") && !["6", "true"].contains(value)
            let written = isPlain ? value : "\"\(value)\""
            let inline = lines.contains("- {name: \(name), default: \(written)}")
            let index = lines.firstIndex { $0 == "- name: \(name)" || $0 == "\(name):" }
            #expect(inline || index.map { lines[$0 + 2] } == "default: \(written)", "\(flag) in \(run.output)")
        }
    }

    @Test func `templates say how they were printed, without the secret and without breaking their comment`() {
        let first = ToolRun(["template", "argo", "--oauth-client-secret", "hunter2", "--oauth-client-id=ci"]).output
        #expect(
            first.hasPrefix(
                """
                # Printed by: workload-publisher template argo --oauth-client-id ci --oauth-client-secret SECRET
                # To change it, print it again with other parameters.
                # To try connection, credentials and rights before the first run: workload-publisher check
                #
                # OpenChoreo's workflows do not give api-server-url and oauth-token-url, which are empty here:
                # print it with them as parameters, or give them in each call.
                apiVersion: argoproj.io/v1alpha1

                """), "\(first.prefix(400))")
        let whole = ToolRun(["template", "argo"] + Self.urls)
        #expect(whole.errors == "")
        #expect(whole.output.split(separator: "\n")[3] == "apiVersion: argoproj.io/v1alpha1")
        let second = ToolRun(["template", "argo", "--oauth-scope", "it's\n a: b", "--insecure-skip-tls-verify"]).output
        #expect(
            second.hasPrefix(
                """
                # Printed by: workload-publisher template argo --oauth-scope 'it'\\''s\\n a: b' \
                --insecure-skip-tls-verify=true
                # To
                """), "\(second.prefix(200))")
    }

    @Test func `templates print a client's secret where it was asked to stand, with a warning`() {
        let run = ToolRun(["template", "argo", "--oauth-client-secret", "hunter2"] + Self.urls)
        #expect(run.output.contains("- {name: oauth-client-secret, default: hunter2}\n"))
        #expect(run.output.components(separatedBy: "hunter2").count == 2)
        #expect(run.output.contains("{name: CLIENT_SECRET, value: \"{{inputs.parameters.oauth-client-secret}}\"}"))
        #expect(
            run.errors
                == "warning: the client's secret is printed as the default of the input oauth-client-secret, "
                + "where everybody can read it who can read the step definition; keep it among the secrets of "
                + "the CI system\n"
        )
    }

    @Test func `templates write into a file`() throws {
        let folder = try ScratchFolder()
        let run = ToolRun(["template", "tekton", "--output-file", "\(folder.path)/task.yaml"])
        #expect(run.code == .success)
        #expect(run.output == "")
        #expect(folder.read("task.yaml") == ToolRun(["template", "tekton"]).output)
    }

    @Test func `templates warn of an image that means another program at another time`() {
        let run = ToolRun(["template", "gitlab", "--publisher-image=registry.example.com/tools/publisher"])
        #expect(run.code == .success)
        #expect(
            run.errors == "warning: --publisher-image: the image has no tag, so it means 'latest' at any time; "
                + "give it a tag or a digest\n")
    }

    @Test func `templates take Argo's own options`() {
        let run = ToolRun([
            "template", "argo", "--kind=WorkflowTemplate", "--name=publish-it", "--template-name=step-1",
            "--credentials=secret:oauth/client.secret", "--workspace-mount=/space/", "--ca-config-map=trust/ca.crt",
            "--publisher-image=registry.example.com/tools/publisher:1.2",
        ])
        #expect(run.code == .success, "\(run.errors)")
        for line in [
            "kind: WorkflowTemplate", "  name: publish-it", "    - name: step-1",
            "        image: \"registry.example.com/tools/publisher:1.2\"",
            "          - {name: SOURCE_DIR, value: /space/source}",
            "          - {name: oauth-client-secret-name, default: oauth}",
            "          - {name: CLIENT_SECRET, valueFrom: {secretKeyRef: "
                + "{name: \"{{inputs.parameters.oauth-client-secret-name}}\", key: client.secret, optional: true}}}",
            "          - {name: workspace, mountPath: /space, readOnly: true}",
            "          - {name: ca-file, default: /etc/workload-publisher/ca/ca.crt}",
        ] { #expect(run.output.contains("\(line)\n"), "\(line)") }
    }

    @Test(arguments: ["argo", "tekton"])
    func `templates print the account of a step that writes to the Kubernetes API, with its rights`(system: String) {
        let run = ToolRun(["template", system, "--to=kubernetes", "--namespace=team", "--service-account=builds/ci"])
        #expect(run.code == .success, "\(run.errors)")
        #expect(run.errors == "")
        var documents = run.output.components(separatedBy: "---\n")
        let step = documents.removeFirst()
        #expect(step.contains("- {name: PUBLISH_TO, value: kubernetes}\n"))
        #expect(step.contains("{name: NAMESPACE_NAME, value: "))
        #expect(step.contains(system == "argo" ? "- {name: namespace-name, default: team}\n" : "default: team\n"))
        #expect(step.contains("serviceAccountName: ci\n") == (system == "argo"))
        for word in ["API_URL", "OAUTH", "CLIENT_SECRET", "ACCESS_TOKEN"] { #expect(!step.contains(word), "\(word)") }
        #expect(
            Array(documents.prefix(3)) == [
                """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: ci, namespace: builds}

                """,
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: ci, namespace: team}
                rules:
                  - apiGroups: [openchoreo.dev]
                    resources: [workloads]
                    verbs: [get, create, update]
                  - apiGroups: [openchoreo.dev]
                    resources: [workflowruns]
                    verbs: [get, patch]

                """,
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: ci, namespace: team}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ci}
                subjects:
                  - {kind: ServiceAccount, name: ci, namespace: builds}

                """,
            ])
        let executor = documents.dropFirst(3).joined()
        #expect(documents.count == (system == "argo" ? 5 : 3))
        #expect(executor.contains("metadata: {name: ci-executor, namespace: builds}\n") == (system == "argo"))
        #expect(
            executor.contains("resources: [workflowtaskresults]\n    verbs: [create, patch]\n") == (system == "argo"))
        let standard = ToolRun(["template", system, "--to=kubernetes"]).output
        #expect(standard.contains("- {kind: ServiceAccount, name: workload-publisher, namespace: workflows-default}\n"))
        #expect(ToolRun(["template", system, "--to=api"]).output.contains("CLIENT_SECRET"))
    }

    @Test func `templates let requests outlast more where the step is not started again`() {
        func retries(_ arguments: String...) -> Substring? {
            let lines = ToolRun(["template", "argo"] + arguments).output.split(separator: "\n")
            return lines.first { $0.contains("name: max-retries") }?.dropFirst("          - ".count)
        }
        #expect(retries() == "{name: max-retries, default: \"10\"}")
        #expect(retries("--retry-limit=0") == "{name: max-retries, default: \"10\"}")
        #expect(retries("--retry-limit=3") == "{name: max-retries, default: \"5\"}")
        #expect(retries("--max-retries=2") == "{name: max-retries, default: \"2\"}")
        #expect(!ToolRun(["template", "argo"]).output.contains("retryStrategy"))
        #expect(ToolRun(["template", "argo", "--retry-limit=3"]).output.contains("limit: \"3\""))
    }

    @Test(arguments: [
        (["argo", "--workspace-mount=/"], "          - {name: SOURCE_DIR, value: /source}\n"),
        (["tekton", "--source-path=/checkout"], "{name: SOURCE_DIR, value: $(params.source-dir)}\n"),
        (
            ["tekton", "--source-path=app"],
            "{name: SOURCE_DIR, value: $(workspaces.source.path)/$(params.source-dir)}\n"
        ),
    ])
    func `templates say where the checkout is`(arguments: [String], line: String) {
        let run = ToolRun(["template"] + arguments)
        #expect(run.output.contains(line), "\(run.output)")
    }

    @Test func `templates keep a preset's client out where another credential is chosen`() {
        for arguments in [["--credentials=secret:a/b"], ["--oauth-client-secret-file=/f"], ["--access-token-file=/t"]] {
            let run = ToolRun(["template", "argo", "--preset=k3d"] + arguments)
            #expect(run.code == .success)
            #expect(!run.output.contains("openchoreo-workload-publisher-secret"), "\(arguments)")
        }
    }
}

@Suite struct TemplateMistakes {
    private static let oneWord = "template takes one word; write \(Alternatives.list(PipelineSystem.all.map(\.name)))"

    @Test(arguments: [
        ([], oneWord),
        (["jenkins"], oneWord.replacing("template takes one word", with: "unknown word 'jenkins'")),
        (["argo", "tekton"], oneWord),
        (["github", "--kind=WorkflowTemplate"], "--kind: only argo can use this; leave it out"),
        (["gitlab", "--credentials=parameter"], "--credentials: only argo and tekton can use this; leave it out"),
        (["argo", "--kind=Job"], "--kind: unknown value 'Job'; write ClusterWorkflowTemplate or WorkflowTemplate"),
        (["argo", "--preset=kind"], "--preset: unknown value 'kind'; write production or k3d"),
        (
            ["argo", "--template-name=a b"],
            "--template-name: 'a b' is not a template's name: that has 1 to 128 letters, digits and '-', and does not "
                + "begin with '-'"
        ),
        (
            ["argo", "--template-name=a_b"],
            "--template-name: 'a_b' is not a template's name: that has 1 to 128 letters, digits and '-', and does not "
                + "begin with '-'"
        ),
        (["argo", "--name=\(String(repeating: "a", count: 64))"], "--name: it has 64 characters; the systems take 63"),
        (
            ["argo", "--workspace-mount=/tmp/"],
            "--workspace-mount: '/tmp/' is where the step writes; mount the workspace elsewhere"
        ),
        (
            ["argo", "--workspace-mount=//tmp/./outputs/x"],
            "--workspace-mount: '//tmp/./outputs/x' is where the step writes; mount the workspace elsewhere"
        ),
        (["tekton", "--retry-limit=1"], "--retry-limit: only argo can use this; leave it out"),
        (["argo", "--retry-limit=some"], "--retry-limit: 'some' is not a number from 0 to 1000"),
        (["github", "--to=kubernetes"], "--to: only argo and tekton can use this; leave it out"),
        (["argo", "--namespace=a"], "--namespace: only --to kubernetes uses this; leave it out"),
        (
            ["argo", "--to=kubernetes", "--service-account=a"],
            "--service-account: 'a' is not of the form NAMESPACE/NAME"
        ),
        (
            ["tekton", "--to=kubernetes", "--oauth-scope=a"],
            "--oauth-scope: with --to kubernetes the pod's service account takes its place; leave it out"
        ),
        (["github", "--image-pull-secret=a"], "--image-pull-secret: only argo can use this; leave it out"),
        (["argo", "--credentials=x"], "--credentials: write secret:NAME/KEY or parameter"),
        (["argo", "--credentials=secret:x"], "--credentials: 'x' is not of the form NAME/KEY"),
        (
            ["argo", "--credentials=secret:x/a b"],
            "--credentials: 'a b' is not a key: that has letters, digits, '-', '_' and '.', and does not begin with '..'"
        ),
        (
            ["argo", "--ca-config-map=x/..x"],
            "--ca-config-map: '..x' is not a key: that has letters, digits, '-', '_' and '.', and does not begin with "
                + "'..'"
        ),
        (
            ["argo", "--workspace-mount=vol"],
            "--workspace-mount: 'vol' is not an absolute path without ':'; write it like /mnt/vol"
        ),
        (["argo", "--source-path=src"], "--source-path: this is not an absolute path; write it like /mnt/vol/source"),
        (
            ["argo", "--api-server-url=api"],
            "--api-server-url: this is not a URL; write it like https://host/path"
        ),
        (["tekton", "--max-retries=some"], "--max-retries: 'some' is not a number from 0 to 1000"),
        (
            ["argo", "--ca-config-map=a/b", "--ca-file=/c"],
            "--ca-config-map: --ca-file is given as well; give one of them"
        ),
        (
            ["argo", "--credentials=secret:a/b", "--oauth-client-secret-file=/f"],
            "--credentials: --oauth-client-secret-file is given as well; give one of them"
        ),
        (
            ["argo", "--oauth-scope={{workflow.uid}}"],
            "--oauth-scope: Argo Workflows would take '{{' for the start of an expression; write the value without it"
        ),
        (
            ["github", "--oauth-scope=${{ secrets.TOKEN }}"],
            "--oauth-scope: GitHub Actions would take '${{' for the start of an expression; write the value without it"
        ),
        (
            ["tekton", "--source-path=$(params.x)"],
            "--source-path: Tekton would take '$(' for the start of an expression; write the value without it"
        ),
        (
            ["gitlab", "--name=pages"],
            "--name: no step of GitLab CI/CD can have this name, which is a keyword; take another"
        ),
    ])
    func `mistakes in template's parameters are usage errors`(arguments: [String], problem: String) {
        let run = ToolRun(["template"] + arguments)
        #expect(run.code == .usage)
        #expect(run.output == "")
        #expect(
            run.errors == "error: \(problem); see 'workload-publisher template --help' (nothing was done)\n")
    }

    @Test func `mistakes in template's parameters are found as publish would find them`() {
        let run = ToolRun([
            "template", "argo", "--api-server-url=ftp://x", "--timeout=soon", "--max-retries=-1",
            "--oauth-host-header=a b", "--name=No_Good", "--publisher-image=Bad Image",
        ])
        #expect(run.code == .usage)
        for flag in [
            "--api-server-url", "--timeout", "--max-retries", "--oauth-host-header", "--name", "--publisher-image",
        ] { #expect(run.errors.contains("error: \(flag)"), "\(flag) in \(run.errors)") }
    }

    @Test func `mistakes in template's parameters never repeat what may be a secret`() {
        for arguments in [
            ["--oauth-client-secret", "canary", "hunter2"], ["hunter2"], ["argo", "--oauth-client-secrethunter2"],
            ["gitlab", "--oauth-client-secret", "$hunter2"],
        ] {
            let run = ToolRun(["template"] + arguments)
            #expect(run.code == .usage)
            #expect(!run.errors.contains("hunter2"), "\(run.errors)")
        }
    }
}
