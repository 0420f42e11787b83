import JSON
import MockControlPlane
import Testing

@Suite struct ApplyingObjects {
    private let bench: Bench
    private let server: MockControlPlane

    init() throws {
        bench = try Bench(descriptor: nil) {
            $0.kubernetes.kinds = [.init("workspace.example.dev/v1", "Workspace")]
            $0.kubernetes.existingNamespaces = ["shop", "default"]
        }
        server = bench.controlPlane
    }

    private func apply(_ arguments: String..., variables: [String: String] = [:]) -> ToolRun {
        ToolRun(
            ["apply"] + arguments, environment: bench.environment.merging(variables) { _, new in new },
            workingDirectory: bench.checkout.path)
    }

    private func write(_ text: String, to name: String = "m.yaml") throws -> String {
        try bench.checkout.write(text, to: name)
        return "\(bench.checkout.path)/\(name)"
    }

    private let workspace = """
        apiVersion: workspace.example.dev/v1
        kind: Workspace
        metadata: {name: anna}
        spec: {size: 1}

        """
    private let config = """
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: c, namespace: shop}
        data: {a: "1"}

        """

    @Test func `says a line for each object, by kubectl's name`() throws {
        let file = try write(workspace + config)
        let run = apply(file, "-n", "shop")
        #expect(run.code == .success, "\(run.errors)")
        #expect(run.output == "workspace.workspace.example.dev/anna created\nconfigmap/c created\n")
        #expect(apply("-f", file, "-n", "shop").output.split(separator: "\n").allSatisfy { $0.hasSuffix(" unchanged") })
        _ = try write(workspace.replacing("size: 1", with: "size: 2") + config)
        #expect(
            apply(file, "-n", "shop").output
                == "workspace.workspace.example.dev/anna updated\nconfigmap/c unchanged\n")
        #expect(server.kubernetes["workspaces.workspace.example.dev", "shop", "anna"]?["spec"]?["size"] == 2)
    }

    @Test func `is not moved by variables that are meant for publish`() throws {
        let run = apply(try write(workspace), variables: ["NAMESPACE_NAME": "other", "PUBLISH_TO": "api"])
        #expect(run.code == .success, "\(run.errors)")
        #expect(server.kubernetes["workspaces.workspace.example.dev", "default", "anna"] != nil)
    }

    @Test func `hands the results to programs, failures included`() throws {
        server.script(
            .kubernetesApply, [.response(.kubernetesStatus(422, "spec.size: no", reason: "Invalid")), .normal])
        let outputs = "\(bench.checkout.path)/out"
        let run = apply(try write(workspace + config), "-n", "shop", "--output", "json", "--outputs-dir", outputs)
        #expect(run.code == .invalidData)
        let document = try JSONValue(parsing: run.output)
        #expect(document["created"] == 1)
        #expect(document["failed"] == 1)
        let results = try #require(document["results"]?.array)
        #expect(results[0]["action"] == "failed")
        #expect(results[0]["exitCode"] == 65)
        #expect(results[0]["apiVersion"] == "workspace.example.dev/v1")
        #expect(results[0]["kind"] == "Workspace")
        #expect(results[1]["action"] == "created")
        #expect(results[1]["namespace"] == "shop")
        #expect(try JSONValue(parsing: try #require(bench.checkout.read("out/results.json"))) == document)
        #expect(run.lastLine.hasPrefix("error: 1 of 2 objects failed: workspace.workspace.example.dev/anna: PATCH "))
        #expect(server.kubernetes["configmaps", "shop", "c"] != nil)
    }

    @Test func `ends with 75 only where all that failed was temporary`() throws {
        let file = try write(workspace + config)
        let down = MockControlPlane.Fault.error(503)
        server.always(.kubernetesApply, down)
        #expect(apply(file, "-n", "shop").code == .temporaryFailure)
        server.script(.kubernetesApply, [.response(.kubernetesStatus(403, "no", reason: "Forbidden"))])
        #expect(apply(file, "-n", "shop").code == .noPermission)
    }

    @Test func `names field, manager and flag of a conflict`() throws {
        let file = try write(config)
        #expect(apply(file, "--field-manager", "theirs").code == .success)
        _ = try write(config.replacing("\"1\"", with: "\"2\""))
        let run = apply(file)
        #expect(run.code == .unavailable)
        #expect(
            run.lastLine.contains(
                "; .data.a belongs to theirs; leave these fields out, or take them over with --force-conflicts "
                    + "(FORCE_CONFLICTS)"), "\(run.lastLine)")
        #expect(apply(file, "--force-conflicts").output == "configmap/c updated\n")
    }

    @Test func `makes a kind and its first object in one run`() throws {
        let definition = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: things.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Thing, plural: things}
              versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
            ---
            {apiVersion: example.com/v1, kind: Thing, metadata: {name: t}}

            """
        let file = try write(definition)
        let checked = apply(file, "--dry-run=server")
        #expect(checked.code == .success, "\(checked.errors)")
        #expect(
            checked.output.hasSuffix(
                "thing.example.com/t cannot be checked (dry run): this run would make what it needs first\n"))
        let run = apply(file)
        #expect(run.code == .success, "\(run.errors)")
        #expect(
            run.output
                == "customresourcedefinition.apiextensions.k8s.io/things.example.com created\nthing.example.com/t created\n"
        )
    }

    @Test func `cannot check what is in a namespace that the run would make`() throws {
        let text = "{apiVersion: v1, kind: Namespace, metadata: {name: new}}\n" + config.replacing("shop", with: "new")
        let file = try write(text)
        let run = apply(file, "--dry-run=server", "--output", "json")
        #expect(run.code == .success, "\(run.errors)")
        #expect(try JSONValue(parsing: run.output)["results"]?.array?[1]["action"] == "unchecked")
        #expect(apply(file).output == "namespace/new created\nconfigmap/c created\n")
    }

    @Test func `ends a wait when the controller says no after it said yes`() throws {
        let bench = try Bench(descriptor: nil) {
            $0.kubernetes.kinds = [.init("workspace.example.dev/v1", "Workspace")]
            $0.kubernetes.status = { _, _, reads in
                guard reads > 2 else { return ["phase": "Pending"] }
                return [
                    "phase": "Failed", "message": "spec.size: too large", "remediationHint": "ask for less",
                    "conditions": [
                        ["type": "Ready", "status": "False", "reason": "ValidationFailed", "message": "too large"]
                    ],
                ]
            }
        }
        try bench.checkout.write(workspace, to: "m.yaml")
        let run = ToolRun(
            [
                "apply", "\(bench.checkout.path)/m.yaml", "--wait-for", "condition=Ready", "--fail-on",
                ".status.phase=Failed", "--output", "json",
            ], environment: bench.environment, workingDirectory: bench.checkout.path)
        #expect(run.code == .unavailable)
        #expect(
            run.lastLine
                == "error: workspace.workspace.example.dev/anna: .status.phase=Failed holds: .status.phase is Failed; Ready: "
                + "ValidationFailed: too large; message: spec.size: too large; remediationHint: ask for less")
        let result = try JSONValue(parsing: run.output)["results"]?.array?.first
        #expect(result?["action"] == "failed")
        #expect(result?["written"] == "created")
        #expect(result?["exitCode"] == 69)
    }

    @Test func `ends a wait with 75 when the time is up`() throws {
        let run = apply(try write(workspace), "--wait-for", "condition=Ready", "--timeout", "5s")
        #expect(run.code == .temporaryFailure)
        #expect(run.lastLine.contains("the time is up while condition=Ready is awaited: condition Ready is not there"))
        #expect(run.output == "workspace.workspace.example.dev/anna created\n")
    }

    @Test func `changes the object before it is applied`() throws {
        let file = try write(workspace)
        let run = apply(
            file, "--set", "spec.size=3", "--set", "spec.user.id=anna", "--set", #"metadata.labels["a/b"]=c"#, "--set",
            #"spec.ports:=[1]"#)
        #expect(run.code == .success, "\(run.errors)")
        let live = server.kubernetes["workspaces.workspace.example.dev", "default", "anna"]
        #expect(live?["spec"] == ["size": 3, "user": ["id": "anna"], "ports": [1]])
        #expect(live?["metadata"]?["labels"] == ["a/b": "c"])
        #expect(bench.checkout.read("m.yaml") == workspace)
        let list = try write(
            #"{"apiVersion": "v1", "kind": "List", "items": [\#(try JSONValue(parsing: workspaceInJSON).text())]}"#)
        #expect(apply(list, "--set", "spec.size=4").code == .success)
        #expect(server.kubernetes["workspaces.workspace.example.dev", "default", "anna"]?["spec"]?["size"] == 4)
    }

    private let workspaceInJSON =
        #"{"apiVersion": "workspace.example.dev/v1", "kind": "Workspace", "metadata": {"name": "anna"}, "spec": {"size": 1}}"#

    @Test(arguments: [
        ("spec.size.unit=x", 65, "m.yaml:4:14: a scalar stands in the way of 'unit' (nothing was sent)"),
        ("spec.list[3]=x", 65, "m.yaml:4:7: no element of 'list[3]' is there to be changed (nothing was sent)"),
        ("metadata.name=A_b", 65, "'A_b' is not a name for an object"), ("spec", 64, "--set"),
    ])
    func `refuses a change that leads nowhere`(change: String, code: Int32, message: String) throws {
        let run = apply(try write(workspace), "--set", change)
        #expect(run.code.rawValue == code)
        #expect(run.lastLine.contains(message), "\(run.lastLine)")
        #expect(server.requests.isEmpty)
    }

    @Test func `changes one object and not several`() throws {
        let run = apply(try write(workspace + config), "-n", "shop", "--set", "a=b")
        #expect(run.code == .usage)
        #expect(run.lastLine.contains("--set changes one object, and these are 2; apply them one by one"))
    }

    @Test func `shows nothing of what a Secret holds`() throws {
        func secret(_ password: String) -> String {
            "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {password: \(password), pin: x1}}"
        }
        let password = "nightingale-in-berkeley-square"
        let file = try write(secret(password))
        server.script(
            .kubernetesApply, [.response(.kubernetesStatus(422, "\(password) is bad", reason: "Invalid")), .normal])
        let refused = apply(file, "--verbose")
        #expect(refused.lastLine.contains("422 Unprocessable Content: <redacted> is bad;"), "\(refused.lastLine)")
        #expect(apply(file).code == .success)
        _ = try write(secret("another-bird-of-the-square"))
        for dryRun in ["client", "server"] {
            let run = apply(file, "--dry-run", dryRun)
            #expect(run.code == .success)
            for text in [password, "another-bird", "x1"] { #expect(!(run.output + run.errors).contains(text)) }
            #expect(run.output.contains("<redacted>") == (dryRun == "client"))
        }
        // As kubectl leaves it, with all of an older content in an annotation.
        server.kubernetes["secrets", "default", "s"] = [
            "metadata": [
                "annotations": ["kubectl.kubernetes.io/last-applied-configuration": #"{"data":{"p":"b2xk"}}"#]
            ],
            "data": ["pin": "b2xk"],
        ]
        _ = try write(secret(password).replacing("name: s", with: "name: s, annotations: {new: x}"))
        let diff = apply(file, "--dry-run=server", "--force-conflicts")
        #expect(diff.output.contains("new: x"), "\(diff.errors)")
        #expect(!diff.output.contains("b2xk"), "\(diff.output)")
    }

    @Test func `leaves out what a server made, with one warning`() throws {
        let exported = config.replacing("namespace: shop}", with: "namespace: shop, uid: u, resourceVersion: '7'}")
        let run = apply(try write(workspace + "status: {phase: x}\n" + exported), "-n", "shop")
        #expect(run.code == .success, "\(run.errors)")
        #expect(
            run.errors.split(separator: "\n").filter { $0.hasPrefix("warning: ") } == [
                "warning: \(bench.checkout.path)/m.yaml:1:1: left out what a server makes: status, metadata.uid, "
                    + "metadata.resourceVersion"
            ])
    }

    @Test(arguments: [
        ("metadata: {name: a}", 65, "m.yaml:1:1: the object has no apiVersion (nothing was sent)"),
        (
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: A_b}}", 65,
            "'A_b' is not a name for an object; use lower-case letters, digits, '-' and '.' (nothing was sent)"
        ),
        ("{apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}", 65, "give it a name (nothing was sent)"),
        (
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n---\n"
                + "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}", 65, "m.yaml:1:1 already (nothing was sent)"
        ),
        (
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: other}}", 65,
            "the namespace 'other' is not that of --namespace, 'shop' (nothing was sent)"
        ),
        ("a: {{ .Values.b }}", 65, "this is a Helm template; render it first, with 'helm template' (nothing was sent)"),
        ("{{ if .Values.b }}\na: b\n{{ end }}", 65, "with 'helm template' (nothing was sent)"),
    ])
    func `refuses a bad manifest before anything is sent`(text: String, code: Int32, message: String) throws {
        let run = apply(try write(text), "-n", "shop")
        #expect(run.code.rawValue == code)
        #expect(run.lastLine.hasSuffix(message), "\(run.lastLine)")
        #expect(server.requests.isEmpty)
    }

    @Test func `goes on behind a kind that is not served`() throws {
        let run = apply(try write(workspace.replacing("Workspace", with: "Worksapce") + config))
        #expect(run.code == .unavailable)
        #expect(run.output == "configmap/c created\n")
        #expect(
            run.lastLine.hasSuffix(
                "the API serves no kind 'Worksapce' of 'workspace.example.dev/v1'; install its CustomResourceDefinition, or "
                    + "check apiVersion and kind"), "\(run.lastLine)")
    }

    @Test func `wants files that can be read`() throws {
        #expect(apply().code == .usage)
        let folder = apply(bench.checkout.path)
        #expect(folder.code == .noInput)
        #expect(
            folder.lastLine
                == "error: FILE: '\(bench.checkout.path)' cannot be read: Is a directory; name a file (nothing was done)"
        )
        #expect(apply("\(bench.checkout.path)/none.yaml").code == .noInput)
    }

    @Test(arguments: [
        (["--wait-for", "Ready"], "this is not a condition; write condition=Ready"),
        (["--fail-on", "condition=Ready=False"], "say what to wait for with --wait-for"),
        (["--field-manager", "a\u{7}"], "a field manager has 1 to 128 plain characters"),
        (["--context", "x"], "only a kubeconfig has contexts"), (["--to", "api"], "--to"),
    ])
    func `refuses a bad parameter`(arguments: [String], message: String) throws {
        let run = ToolRun(
            ["apply", try write(workspace)] + arguments, environment: bench.environment,
            workingDirectory: bench.checkout.path)
        #expect(run.code == .usage)
        #expect(run.lastLine.contains(message), "\(run.lastLine)")
    }
}
